"""What people do by hand, and what the access point then reads as."""

from __future__ import annotations

import pytest

from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Hours,
    WirelessFacts,
    with_secrets,
)
from sanso.platforms.hostapd import Hardware, Reading, UnsupportedError, as_read, file_differences, read, render
from sanso.platforms.hostapd.files import FILTER, FORWARDING, NETWORK, RADIO
from tests.platforms.hostapd.machine import machine
from tests.platforms.hostapd.strategies import SERVERS

BOX = Hardware()
MAC = "02:53:41:4e:00:01"
STAFF = AirWlan("staff", "CITY-LGWAN", True, "wpa3_enterprise", "required", ("radius_hall",), frozenset({"5ghz"}))
PUBLIC = AirWlan("public", "CITY-FREE", True, "owe", "required", (), frozenset({"5ghz"}), isolated=True)
SIGNS = AirWlan("signs", "SIGNS", True, "wpa2_psk", "optional", (), frozenset({"5ghz"}))
FACTS = WirelessFacts(
    hostname="ap-1",
    platform="hostapd",
    radius=SERVERS,
    wlans={wlan.name: wlan for wlan in (STAFF, PUBLIC, SIGNS)},
    policies={
        "staff": AirPolicy("staff", True, 210, True, vlan_by_radius=True, radius_vlans=frozenset({210, 220})),
        "public": AirPolicy("public", True, 610, True, down_kbps=10_000),
        "signs": AirPolicy("signs", True, 310, True),
    },
    groups={"all": AirGroup("all", {name: name for name in ("staff", "public", "signs")})},
    sites={"hall": AirSite("hall", 520)},
    plans={"plan": AirPlan("plan", {"5ghz": AirRadio(frozenset({36}), 80)})},
    aps={MAC: AirAp(MAC, "all", "hall", "plan")},
)
CONF = RADIO.format(interface="wlan1")


def changed(path: str, line: str, other: str) -> Reading:
    files = machine(FACTS, BOX)
    assert line in files[path]
    return read("ap-1", {**files, path: files[path].replace(line, other, 1)}, BOX)


def test_an_ssid_that_was_bridged_elsewhere_is_there() -> None:
    found = changed(CONF, "bridge=br-210", "bridge=br-310").facts
    assert found.policies["CITY-LGWAN"].vlan == 310


def test_a_bridge_is_where_its_tagged_interface_leads_and_not_what_it_is_called() -> None:
    found = changed(f"{NETWORK}20-sanso-vlan210.netdev", "Id=210", "Id=610").facts
    assert found.policies["CITY-LGWAN"].vlan == 610


def test_a_bridge_that_leads_to_two_vlans_leads_to_none_that_is_known() -> None:
    found = changed(f"{NETWORK}20-sanso-vlan310.network", "Bridge=br-310", "Bridge=br-210")
    assert found.facts.policies["CITY-LGWAN"].vlan is None


def test_another_file_of_the_machine_that_joins_a_bridge_counts() -> None:
    files = machine(FACTS, BOX)
    foreign = "[Match]\nName=eth1\n\n[Network]\nBridge=br-210\n"
    found = read("ap-1", {**files, f"{NETWORK}50-printer.network": foreign}, BOX)
    assert found.facts.policies["CITY-LGWAN"].vlan is None


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("wpa=2", "wpa=3"),
        ("rsn_pairwise=CCMP", "rsn_pairwise=TKIP CCMP"),
        ("ieee8021x=1", "ieee8021x=1\nwps_state=2"),
        ("channel=36", "channel=36\nnoscan=1"),
        ("wpa_passphrase=", "wpa_psk_file=/etc/hostapd/psk\nwpa_passphrase="),
    ],
)
def test_what_is_not_understood_is_no_security_that_anybody_intends(line: str, other: str) -> None:
    found = changed(CONF, line, other)
    assert found.unread
    assert "other" in {wlan.security for wlan in found.facts.wlans.values()}


def test_enterprise_that_became_a_passphrase_reads_as_one() -> None:
    found = changed(CONF, "wpa_key_mgmt=WPA-EAP-SHA256", "wpa_key_mgmt=OWE")
    assert found.facts.wlans["CITY-LGWAN"].security == "other"
    assert any(one.text.startswith("ieee8021x") for one in found.unread)


def test_a_radius_server_that_is_held_to_nothing_may_say_any_vlan() -> None:
    files = machine(FACTS, BOX)
    found = read("ap-1", {**files, "/etc/hostapd/wlan1.vlan": "* wlan1.#\n"}, BOX)
    assert found.facts.policies["CITY-LGWAN"].radius_vlans is None


def test_isolation_needs_hostapd_and_the_filter() -> None:
    assert not changed(CONF, "ap_isolate=1", "ap_isolate=0").facts.wlans["CITY-FREE"].isolated
    assert not changed(FILTER, "} drop", "} accept").facts.wlans["CITY-FREE"].isolated


def test_a_machine_that_forwards_is_told() -> None:
    assert changed(FORWARDING, "ip_forward = 0", "ip_forward = 1").unread


def test_two_ssids_alike_that_differ_are_two() -> None:
    files = machine(FACTS, BOX)
    other = files[CONF].replace("interface=wlan1", "interface=wlan0").replace("wpa=2", "wpa=0")
    found = read("ap-1", {**files, RADIO.format(interface="wlan0"): other}, BOX)
    assert len([name for name in found.facts.wlans if name.startswith("CITY-LGWAN")]) == 2


def test_differences_of_files_show_no_secret() -> None:
    def fill(text: str) -> str:
        return with_secrets(text, {"signs": "right one"}, dict.fromkeys(SERVERS, "shared"))

    found = {file.path: fill(file.text).replace("right one", "wrong one") for file in render(FACTS, BOX)}
    [difference] = file_differences(render(FACTS, BOX), found, fill)
    assert difference.path == CONF
    assert "wrong one" not in difference.found
    assert "wpa_passphrase=<another secret>" in difference.found
    assert "auth_server_shared_secret=<secret of radius_hall>" in difference.found


def test_a_secret_that_is_missing_is_named() -> None:
    with pytest.raises(LookupError, match="<passphrase of signs>"):
        with_secrets("wpa_passphrase=<passphrase of signs>", {}, {})


def test_what_hostapd_cannot_do_is_refused() -> None:
    policies = {
        **FACTS.policies,
        "signs": AirPolicy("signs", True, 310, True, hours=(Hours(("mon",), "08:00", "18:00"),)),
    }
    wide = {"plan": AirPlan("plan", {"5ghz": AirRadio(frozenset({132}), 160)})}
    facts = WirelessFacts(**{**vars(FACTS), "policies": policies, "plans": wide})
    with pytest.raises(UnsupportedError) as refused:
        render(facts, Hardware(radios={"2.4ghz": "wlan0"}))
    assert [one.variant for one in refused.value.findings] == ["radio", "channel", "hours"]


def test_names_of_the_inventory_are_not_known_to_an_access_point() -> None:
    assert set(as_read(FACTS).wlans) == {"CITY-LGWAN", "CITY-FREE", "SIGNS"}
