"""Replay every command of random changes and look at what is on the air after each."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from sanso.change.plan import commands
from sanso.change.wireless import plan
from sanso.change.wireless.plan import PARK
from sanso.network.on_air import on_air
from sanso.network.wireless import AirAp, AirGroup, AirPolicy, AirSite, AirWlan, WirelessFacts
from sanso.platforms import load_controller
from tests.change.wireless.strategies import facts

NOS = load_controller("c9800")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts(), facts())
def test_no_command_puts_on_the_air_what_neither_state_does(old: WirelessFacts, new: WirelessFacts) -> None:
    held = NOS.replay(NOS.render(old))
    allowed = on_air(old) | on_air(new)
    for command in commands(plan(NOS, old, new)):
        held.send(command)
        now = NOS.parse("wlc-1", held.text)
        assert on_air(now) <= allowed, command
    reached = NOS.parse("wlc-1", held.text)
    assert reached == new
    assert plan(NOS, reached, new) == []


MAC = "00:11:22:33:44:55"
STAFF = AirWlan("staff", "STAFF", enabled=True, security="wpa3_enterprise", protection="required", number=17)
BASE = WirelessFacts(
    "wlc-1",
    "c9800",
    wlans={"staff": STAFF},
    policies={
        name: AirPolicy(name, enabled=True, vlan=vlan, bridged_at_ap=True) for name, vlan in (("a", 1), ("b", 2))
    },
    groups={"left": AirGroup("left", {"staff": "a"}), "right": AirGroup("right", {"staff": "b"})},
    sites={"hall": AirSite("hall", 520)},
    aps={MAC: AirAp(MAC, "left", "hall", "default-rf-tag")},
)


def planned(new: WirelessFacts, old: WirelessFacts = BASE) -> list[str]:
    return [line.strip() for line in commands(plan(NOS, old, new))]


def test_an_access_point_is_silent_while_its_site_begins_to_tunnel() -> None:
    lines = planned(replace(BASE, sites={"hall": AirSite("hall", None, local=True)}))
    parked, tunnels, back = map(lines.index, (f"policy-tag {PARK}", "local-site", "policy-tag left"))
    assert parked < tunnels < back
    assert f"no wireless tag policy {PARK}" in lines[back:]


def test_an_access_point_is_silent_while_it_moves_between_groups_that_change() -> None:
    swapped = {"left": AirGroup("left", {"staff": "b"}), "right": AirGroup("right", {"staff": "a"})}
    lines = planned(replace(BASE, groups=swapped, aps={MAC: replace(BASE.aps[MAC], group="right")}))
    assert lines.index(f"policy-tag {PARK}") < lines.index("no wlan staff policy a") < lines.index("policy-tag right")


def test_an_access_point_moves_between_groups_that_stay_without_silence() -> None:
    assert planned(replace(BASE, aps={MAC: replace(BASE.aps[MAC], group="right")})) == [
        "ap 0011.2233.4455",
        "policy-tag right",
        "exit",
    ]


def test_a_group_left_over_from_a_change_is_not_parked_in() -> None:
    left = replace(BASE, groups={**BASE.groups, PARK: AirGroup(PARK, {"staff": "b"})})
    lines = planned(replace(BASE, sites={"hall": AirSite("hall", None, local=True)}), left)
    assert f"policy-tag {PARK}2" in lines
    assert f"policy-tag {PARK}" not in lines


def test_a_wlan_is_shut_while_its_security_changes() -> None:
    lines = planned(replace(BASE, wlans={"staff": replace(STAFF, security="wpa3_sae")}))
    assert lines.index("shutdown") < lines.index("security wpa akm sae") < lines.index("no shutdown")


def test_a_wlan_with_another_ssid_is_made_anew_by_its_number() -> None:
    lines = planned(replace(BASE, wlans={"staff": replace(STAFF, ssid="Town Staff")}))
    steps = [
        "shutdown",
        "no wlan staff policy a",
        "no wlan staff",
        'wlan staff 17 "Town Staff"',
        "wlan staff policy a",
    ]
    assert [line for line in lines if line in steps] == steps


def test_a_new_wlan_takes_the_lowest_free_number_that_no_default_offers() -> None:
    lines = planned(replace(BASE, wlans={**BASE.wlans, "guests": replace(STAFF, name="guests", number=0)}))
    assert "wlan guests 18 STAFF" in lines


def test_strays_go_first() -> None:
    stray = "aaa group server radius SANSO-gone"
    assert planned(BASE, replace(BASE, strays=frozenset({stray}))) == [f"no {stray}"]
