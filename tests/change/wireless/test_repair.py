"""What people changed by hand is told, in both languages, and mended without a word left."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sanso.change import Assessment, assess
from sanso.messages import Language
from sanso.network.on_air import on_air
from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Hours,
    RadiusServer,
    WirelessFacts,
)
from sanso.platforms import load_controller
from sanso.render import WirelessIntent
from sanso.report.record import difference_text

NOS = load_controller("c9800")
MAC = "00:11:22:33:44:55"
WPA3 = AirWlan("staff", "STAFF", enabled=True, security="wpa3_enterprise", protection="required", radius=("r1",))
FACTS = WirelessFacts(
    "wlc-1",
    "c9800",
    radius={"r1": RadiusServer("r1", "10.0.0.1")},
    wlans={"staff": replace(WPA3, number=17, isolated=True)},
    policies={
        "staff": AirPolicy(
            "staff",
            enabled=True,
            vlan=110,
            bridged_at_ap=True,
            down_kbps=5000,
            hours=(Hours(("mon", "tue"), "08:00", "18:00"),),
        )
    },
    groups={"hall": AirGroup("hall", {"staff": "staff"})},
    sites={"hall": AirSite("hall", 520)},
    plans={"plan": AirPlan("plan", {"5ghz": AirRadio(frozenset({36}), 40)})},
    aps={MAC: AirAp(MAC, "hall", "hall", "plan", name="ap-hall-1")},
)
INTENT = WirelessIntent(FACTS, {110: "lgwan"}, "city_hall")
TEXT = NOS.render(FACTS)


def repaired(text: str) -> tuple[Assessment, Assessment]:
    """The assessment of a text, and that of what its commands make of it; each command shows no more than both."""
    found = assess(INTENT, text)
    held = NOS.replay(text)
    allowed = on_air(NOS.parse("wlc-1", text)) | on_air(FACTS)
    for command in found.commands:
        held.send(command)
        assert on_air(NOS.parse("wlc-1", held.text)) <= allowed, command
    return found, assess(INTENT, held.text)


def told(found: Assessment, lang: Language = "en") -> list[str]:
    return [difference_text(one, lang) for one in found.differences]


def below(head: str, *lines: str) -> str:
    """The text with lines put into a block."""
    assert f"\n{head}" in TEXT
    at = TEXT.index("\n", TEXT.index(f"\n{head}") + 1)
    return TEXT[:at] + "".join(f"\n {line}" for line in lines) + TEXT[at:]


WLAN, POLICY = "wlan staff 17 STAFF", "wireless profile policy staff"


@pytest.mark.parametrize(
    "text",
    [
        below(WLAN, "mac-filtering default"),
        below(WLAN, "security wpa akm ft dot1x"),
        below(WLAN, "security wpa akm psk"),
        below(WLAN, "security wpa wpa2 ciphers tkip"),
        below(WLAN, "security web-auth", "security web-auth parameter-map global"),
        below(WLAN, "radio policy dot11 24ghz"),
        TEXT.replace(" security wpa akm dot1x-sha256\n", "").replace(" security wpa wpa3\n", " no security wpa\n"),
        TEXT.replace(" security pmf mandatory\n", ""),
        TEXT.replace(" peer-blocking drop\n", " peer-blocking forward-upstream\n"),
        TEXT.replace("list SANSO-staff\n no shutdown", "list default\n no shutdown"),
        TEXT.replace("17 STAFF", "3 Staff"),
        below(POLICY, "fabric city"),
        below(POLICY, "no central authentication"),
        below(POLICY, "aaa-override"),
        below(POLICY, "calender-profile name night"),
        below(POLICY, "service-policy client input gold"),
        TEXT.replace(" vlan 110\n", ""),
        TEXT.replace(" vlan 110\n", " vlan default\n"),
        TEXT.replace(" no central dhcp\n", ""),
        TEXT.replace("police cir 5000000", "police cir 9000000"),
        TEXT.replace("start 18:00:00", "start 20:00:00"),
        TEXT.replace(" no local-site\n", ""),
        TEXT.replace("native-vlan-id 520", "native-vlan-id 1"),
        TEXT.replace("chan-width 40", "chan-width best"),
        TEXT.replace("5ghz-rf-policy SANSO-plan-5", "5ghz-rf-policy Typical_Client_Density_rf_5gh"),
        TEXT.replace(" policy-tag hall\n", ""),
        TEXT.replace("ap 0011.2233.4455", "ap 0011.2233.9999"),
        TEXT.replace("10.0.0.1", "10.0.0.99"),
        TEXT + "policy-map SANSO-old-up\n",
        "end\n",
    ],
)
def test_what_was_changed_is_mended_without_showing_more(text: str) -> None:
    assert text != TEXT
    found, after = repaired(text)
    assert told(found)
    assert told(found, "ja")
    assert after.in_sync, told(after)
    assert after.commands == []


def test_what_is_in_order_is_left_alone() -> None:
    found, _ = repaired(below(WLAN, "dtim dot11 5ghz 2", "session-timeout 1800") + "snmp-server location hall\n")
    assert found.in_sync
    assert found.commands == []


def test_differences_are_told_as_those_of_switches_are() -> None:
    text = TEXT.replace(" security pmf mandatory\n", "").replace(" vlan 110\n", " vlan 120\n")
    text = text.replace(" policy-tag hall\n", "") + "wlan stranger 18 Stranger\n"
    found = assess(INTENT, text)
    assert told(found) == [
        "WLAN staff: protected management frames (802.11w): expected required, found disabled  [lgwan]",
        "WLAN stranger: WLAN: stranger is not in the inventory",
        "policy staff: VLAN: expected 110, found 120  [lgwan]",
        "ap-hall-1: policy tag: expected hall, found default-policy-tag  [lgwan]",
    ]
    assert told(found, "ja")[1:3] == [
        "WLAN stranger: WLAN: stranger はインベントリにありません",
        "policy staff: VLAN: 期待値 110、実際 120  [lgwan]",
    ]


def test_what_a_change_takes_away_is_counted() -> None:
    found = assess(INTENT, TEXT + "wlan stranger 18 Stranger\nwireless tag policy old\n")
    assert (found.removal.removed, found.removal.total) == (2, 8)
