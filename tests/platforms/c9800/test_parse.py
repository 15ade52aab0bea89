"""What people write on a controller by hand: nothing that is half understood may read as safe."""

from __future__ import annotations

import pytest

from sanso.network.wireless import EVERY_BAND, AirRadio, Hours, WirelessFacts
from sanso.platforms import ParseError, load_controller

NOS = load_controller("c9800")


def read(text: str) -> WirelessFacts:
    return NOS.parse("wlc-1", f"{text}\nend\n")


def wlan(*lines: str) -> str:
    return "\n ".join(["wlan staff 17 Town", *lines])


def policy(*lines: str) -> str:
    return "\n ".join(["wireless profile policy staff", *lines])


WPA3 = ("no security wpa wpa2", "no security wpa akm dot1x", "security wpa akm dot1x-sha256", "security wpa wpa3")
OPEN = ("no security wpa", "no security wpa wpa2 ciphers aes", "no security wpa akm dot1x")
SAE = ("no security wpa wpa2", "no security wpa akm dot1x", "security wpa akm sae", "security wpa wpa3")


@pytest.mark.parametrize(
    ("lines", "security"),
    [
        ((), "wpa2_enterprise"),
        (WPA3, "wpa3_enterprise"),
        ((*SAE, "security wpa psk set-key ascii 8 AAbb", "no security ft adaptive"), "wpa3_sae"),
        (OPEN, "open"),
        ((*OPEN, "no security wpa wpa2"), "open"),
        (("security wpa wpa3", "security wpa akm dot1x-sha256"), "wpa2_wpa3_enterprise"),
        (("security wpa wpa1",), "other"),
        (("security wpa wpa2 ciphers tkip",), "other"),
        (("security wpa akm psk",), "other"),
        (("security wpa akm ft dot1x",), "other"),
        (("mac-filtering default",), "other"),
        (("no security wpa wpa2",), "other"),
        (("security web-auth",), "other"),
        (("security web-auth", "security web-auth parameter-map global"), "other"),
        ((*OPEN, "security static-wep-key encryption 104 ascii 0 0123456789abc 1"), "other"),
        (("security wpa akm something-new",), "other"),
    ],
)
def test_security(lines: tuple[str, ...], security: str) -> None:
    assert read(wlan(*lines)).wlans["staff"].security == security


def test_no_secret_becomes_a_fact() -> None:
    lines = (*OPEN, "security static-wep-key encryption 104 ascii 0 0123456789abc 1")
    assert "0123456789abc" not in repr(read(wlan(*lines)))


@pytest.mark.parametrize(
    ("lines", "bands"),
    [
        ((), EVERY_BAND),
        (("radio policy dot11 5ghz",), {"5ghz"}),
        (("radio policy dot11 5ghz slot 1", "radio policy dot11 24ghz"), {"2.4ghz", "5ghz"}),
        (("radio dot11a",), {"5ghz"}),
    ],
)
def test_bands(lines: tuple[str, ...], bands: set[str]) -> None:
    assert read(wlan(*lines)).wlans["staff"].bands == bands


def test_a_wlan_is_off_unless_it_says_otherwise_and_may_have_blanks_in_its_ssid() -> None:
    found = read('wlan staff 17 "Town Wi-Fi"\n no shutdown\nwlan guests 3 Guests').wlans
    assert (found["staff"].ssid, found["staff"].enabled, found["staff"].number) == ("Town Wi-Fi", True, 17)
    assert not found["guests"].enabled


@pytest.mark.parametrize(
    ("lines", "vlan"),
    [
        (("vlan 110",), 110),
        (("vlan VLAN0110",), 110),
        (("vlan staff",), 110),
        (("vlan twice",), None),
        (("vlan a-group",), None),
        (("vlan default",), None),
        (("vlan 1",), None),
        ((), None),
        (("vlan 110", "fabric profile city"), None),
        (("vlan 110", "mobility anchor 10.0.0.9 priority 3"), None),
    ],
)
def test_vlan_of_a_policy(lines: tuple[str, ...], vlan: int | None) -> None:
    names = "vlan 110\n name staff\nvlan 7\n name twice\nwireless profile flex x\n vlan-name twice\n  vlan-id 8\n"
    central = ("no central association", "no central dhcp", "no central switching")
    assert read(names + policy(*central, *lines)).policies["staff"].vlan == vlan


def test_a_policy_that_works_partly_at_the_controller_is_no_policy_of_ours() -> None:
    found = read(policy("no central switching", "vlan 110", "no shutdown")).policies["staff"]
    assert (found.bridged_at_ap, found.vlan, found.other) == (True, None, ("central association", "central dhcp"))


def test_radius_servers_are_those_of_the_list_and_others_are_told() -> None:
    text = """
aaa group server radius SANSO-staff
 server name SANSO-r1
 server name ise
aaa authentication dot1x SANSO-staff group SANSO-staff
aaa authentication dot1x local-list local
radius server ise
 address ipv4 10.9.9.9 auth-port 1812 acct-port 1813
radius server SANSO-r1
 address ipv6 2001:DB8::5 auth-port 1812 acct-port 1813
 key 7 0822455D0A16
wlan staff 17 Staff
 security dot1x authentication-list SANSO-staff
wlan other 18 Other
 security dot1x authentication-list local-list"""
    found = read(text)
    assert list(found.radius) == ["r1"]
    assert found.radius["r1"].address == "2001:db8::5"
    assert found.wlans["staff"].radius == ("r1", "server ise")
    assert found.wlans["other"].radius == ("list local-list",)


def test_caps_and_hours_that_are_not_ours_are_told() -> None:
    found = read(policy("service-policy client input gold", "calender-profile name night\n  action deny-client"))
    assert found.policies["staff"].other == ("calender-profile name night", "service-policy client input gold")


def test_hours_are_what_the_calendars_leave() -> None:
    text = """
wireless profile calender-profile name SANSO-staff-1
 day saturday
 day sunday
 recurrance weekly
 start 00:00:00 end 23:59:59
wireless profile policy staff
 calender-profile name SANSO-staff-1
  action deny-client"""
    found = read(text).policies["staff"]
    assert found.hours == (Hours(("mon", "tue", "wed", "thu", "fri"), "00:00", "00:00"),)
    assert found.other == ()


def test_an_access_point_without_tags_has_the_controllers_own() -> None:
    found = read("ap 00A1.b2c3.d4e5\n rf-tag one\nap dot11 5ghz rf-profile one\nap profile default-ap-profile").aps
    ap = found["00:a1:b2:c3:d4:e5"]
    assert (ap.group, ap.site, ap.plan) == ("default-policy-tag", "default-site-tag", "one")
    assert len(found) == 1


def test_what_is_the_controllers_own_is_not_in_scope() -> None:
    text = """
wireless profile policy default-policy-profile
 no shutdown
wireless tag policy default-policy-tag
 wlan staff policy default-policy-profile
wireless tag site default-site-tag
wireless tag rf default-rf-tag
wireless profile flex default-flex-profile
ap dot11 5ghz rf-profile Typical_Client_Density_rf_5gh
 tx-power max 20"""
    found = read(text)
    assert found == WirelessFacts("wlc-1", "c9800")
    assert found.presets is not None
    assert found.presets.groups["default-policy-tag"].policies == {"staff": "default-policy-profile"}


def test_a_radio_profile_of_somebody_else_says_nothing() -> None:
    text = "wireless tag rf hall\n 5ghz-rf-policy Typical_Client_Density_rf_5gh"
    assert read(text).plans["hall"].radios == {"5ghz": AirRadio(frozenset())}


def test_strays_are_what_nothing_names_and_what_only_strays_name() -> None:
    text = """
aaa group server radius SANSO-gone
 server name SANSO-r1
aaa authentication dot1x SANSO-gone group SANSO-gone
policy-map SANSO-gone-up
policy-map somebody-elses
wireless profile flex SANSO-hall
wireless tag site hall
 no local-site
 flex-profile SANSO-hall"""
    gone = "aaa authentication dot1x SANSO-gone group SANSO-gone"
    assert read(text).strays == {gone, "aaa group server radius SANSO-gone", "policy-map SANSO-gone-up"}


@pytest.mark.parametrize(
    "text",
    [
        "wlan staff",
        "wlan two words 17 Town",
        "radius server SANSO-r1\n address ipv4 10.0.0.1 auth-port x acct-port 1813",
        "wireless profile flex theirs\n vlan-name staff\n  vlan-id 1-4",
    ],
)
def test_what_no_device_shows_is_refused(text: str) -> None:
    with pytest.raises(ParseError, match="nobody knows"):
        read(text)


def test_a_text_without_end_is_refused() -> None:
    with pytest.raises(ParseError, match="no 'end'"):
        NOS.parse("wlc-1", "wlan staff 17 Staff\n")
