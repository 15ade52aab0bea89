"""Policy, calendar, flex and RF profiles; rate limits and portals."""

from __future__ import annotations

import pytest

from tests.lab.c9800.conftest import Controller

POLICY = "wireless profile policy P"
SHUT_FIRST = "% Policy profile needs to be disabled before performing this operation."


def test_a_policy_profile_prints_what_is_not_usual(controller: Controller) -> None:
    controller.configure(
        POLICY, "vlan 210", "no central switching", "no central dhcp", "no central association",
        "central authentication",
        "aaa-override", "session-timeout 1800", "idle-timeout 600", "accounting-list A",
        "service-policy client output DOWN", "service-policy client input UP", "no shutdown",
    )  # fmt: skip
    assert controller.running(POLICY) == [
        "aaa-override", "accounting-list A", "no central association", "no central dhcp", "no central switching",
        "idle-timeout 600", "service-policy client input UP", "service-policy client output DOWN", "vlan 210",
        "no shutdown",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "line", ["vlan 220", "central switching", "aaa-override", "session-timeout 600", "calender-profile name C"]
)
def test_an_enabled_policy_profile_is_not_changed(controller: Controller, line: str) -> None:
    controller.configure(POLICY, "vlan 210", "no central switching", "no shutdown")
    before = controller.running(POLICY)
    assert controller.configure(POLICY, line) == [SHUT_FIRST]
    assert controller.running(POLICY) == before
    assert controller.configure(POLICY, "shutdown", line) == []
    assert controller.running(POLICY) != before


def test_a_refused_block_is_not_entered(controller: Controller) -> None:
    controller.configure(POLICY, "no shutdown")
    controller.type("configure terminal", POLICY, "calender-profile name C")
    assert controller.shell.prompt == "wlc1(config-wireless-policy)#"


def test_a_vlan_may_be_named(controller: Controller) -> None:
    controller.configure(POLICY, "vlan lgwan_wifi")
    assert controller.running(POLICY) == ["vlan lgwan_wifi"]


def test_a_schedule(controller: Controller) -> None:
    calendar = "wireless profile calender-profile name OFFICE"
    controller.configure(
        calendar, "start 08:30:00 end 17:15:00", "recurrance weekly", "day monday", "day friday", "exit",
        POLICY, "calender-profile name OFFICE", "action wlan_enable",
    )  # fmt: skip
    assert controller.running(calendar) == [
        "day monday", "day friday", "recurrance weekly", "start 08:30:00 end 17:15:00"
    ]  # fmt: skip
    assert controller.running(POLICY, "calender-profile name OFFICE") == ["action wlan_enable"]
    controller.configure(POLICY, "no calender-profile name OFFICE")
    assert controller.running(POLICY) == []


@pytest.mark.parametrize(
    "line", ["start 24:00:00 end 25:00:00", "start 8:00 end 9:00", "recurrence weekly", "day mon tue"]
)
def test_a_schedule_has_the_device_s_spelling(controller: Controller, line: str) -> None:
    said = controller.configure("wireless profile calender-profile name C", line)
    assert "% Invalid input" in said[0]


def test_five_calendars_and_no_more(controller: Controller) -> None:
    names = [f"calender-profile name C{number}" for number in range(6)]
    (said,) = controller.configure(
        POLICY, *(line for name in names for line in (name, "action deny-client", "exit"))
    )[:1]
    assert said == "% Maximum of 5 calender profiles can be associated to a policy profile"


def test_a_flex_profile(controller: Controller) -> None:
    flex = "wireless profile flex F"
    controller.configure(flex, "native-vlan-id 520", "vlan-name lgwan_wifi", "vlan-id 211", "exit", "vlan-name guest",
                         "vlan-id 410")  # fmt: skip
    assert controller.running(flex) == [
        "native-vlan-id 520", "vlan-name lgwan_wifi", "vlan-id 211", "vlan-name guest", "vlan-id 410"
    ]  # fmt: skip
    assert controller.running(flex, "vlan-name guest") == ["vlan-id 410"]


def test_an_rf_profile(controller: Controller) -> None:
    radio = "ap dot11 5ghz rf-profile HALL-5"
    controller.configure(radio, "channel chan-width 40", "channel remove 144", "channel add 36", "tx-power max 14",
                         "tx-power min -1", "rate RATE_6M disable", "no shutdown")  # fmt: skip
    assert controller.running(radio) == [
        "channel add 36", "channel remove 144", "channel chan-width 40", "rate RATE_6M disable", "tx-power max 14",
        "tx-power min -1", "no shutdown",
    ]  # fmt: skip
    controller.configure(radio, "channel add 144", "channel remove 36", "no channel remove 52")
    assert controller.running(radio)[:2] == ["channel add 144", "channel remove 36"]
    assert controller.configure(radio, "tx-power min 20") == [
        "% tx-power-min must be less than or equal to tx-power-max"
    ]
    controller.configure(radio, "channel chan-width best", "tx-power max 30")
    assert "channel chan-width 40" not in controller.running(radio)
    assert "tx-power max 14" not in controller.running(radio)


@pytest.mark.parametrize(
    ("band", "line"),
    [("24ghz", "channel add 36"), ("5ghz", "channel add 6"), ("5ghz", "channel add 38"), ("6ghz", "channel remove 2"),
     ("24ghz", "channel chan-width 40"), ("5ghz", "tx-power max 31"), ("5ghz", "tx-power min -11")],
)  # fmt: skip
def test_an_rf_profile_holds_to_its_band(controller: Controller, band: str, line: str) -> None:
    assert "% Invalid input" in controller.configure(f"ap dot11 {band} rf-profile R", line)[0]


def test_a_rate_limit(controller: Controller) -> None:
    controller.configure("policy-map DOWN", "class class-default", "police cir 10000000")
    assert controller.running("policy-map DOWN", "class class-default") == [
        "police cir 10000000", "conform-action transmit", "exceed-action drop"
    ]  # fmt: skip
    controller.configure("policy-map DOWN", "class class-default", "police cir 5000000")
    assert controller.running("policy-map DOWN", "class class-default")[0] == "police cir 5000000"


def test_a_portal(controller: Controller) -> None:
    portal = "parameter-map type webauth PORTAL"
    controller.configure(portal, "redirect portal ipv4 10.42.0.9", "redirect for-login https://wifi.example/login",
                         "type webauth")  # fmt: skip
    assert controller.running(portal) == [
        "type webauth", "redirect for-login https://wifi.example/login", "redirect portal ipv4 10.42.0.9"
    ]  # fmt: skip


@pytest.mark.parametrize(
    "head",
    ["wireless profile policy default-policy-profile", "wireless profile flex default-flex-profile",
     "wireless tag policy default-policy-tag", "wireless tag site default-site-tag", "wireless tag rf default-rf-tag",
     "ap profile default-ap-profile"],
)  # fmt: skip
def test_what_a_controller_is_born_with_stays(controller: Controller, head: str) -> None:
    assert controller.configure(f"no {head}") == [f"% {head.split()[-1]} cannot be deleted"]
    assert head in controller.running()
    assert head in Controller(startup="hostname empty\nend\n").running()
