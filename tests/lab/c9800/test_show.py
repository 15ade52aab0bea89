"""``show`` commands of WLANs, tags and access points."""

from __future__ import annotations

from tests.lab.c9800.conftest import Controller
from tests.lab.c9800.test_wlan import ENTERPRISE, OPEN, OWE


def values(text: str) -> dict[str, str]:
    """Rows of ``title : value`` by their titles."""
    return {title.strip(): value.strip() for title, _, value in (line.partition(":") for line in text.splitlines())}


def test_wlans_are_listed_by_their_ids(controller: Controller) -> None:
    controller.configure("wlan B 7 GUEST", *OWE, "no shutdown", "wlan A 3 OFFICE", *ENTERPRISE, "exit",
                         "wlan C 5 00000JAPAN", *OPEN, "security web-auth")  # fmt: skip
    text = controller.type("show wlan summary")
    assert "Number of WLANs: 3" in text
    assert [line.split(maxsplit=4) for line in text.splitlines() if line[:1].isdecimal()] == [
        ["3", "A", "OFFICE", "DOWN", "[WPA3][Dot1x-SHA256][AES]"],
        ["5", "C", "00000JAPAN", "DOWN", "[open],[Web Auth]"],
        ["7", "B", "GUEST", "UP", "[WPA3][OWE][AES]"],
    ]


def test_one_wlan_in_detail(controller: Controller) -> None:
    controller.configure(
        "wlan A 3 OFFICE", *ENTERPRISE, "peer-blocking drop", "radio policy dot11 5ghz", "no shutdown"
    )
    found = values(controller.type("show wlan id 3"))
    assert found["Network Name (SSID)"] == "OFFICE"
    assert found["Status"] == found["Dot1x-SHA256"] == found["WPA3 (WPA3 IE)"] == "Enabled"
    assert found["802.1x"] == found["WPA2 (RSN IE)"] == "Disabled"
    assert found["PMF Support"] == "Required"
    assert found["Peer-to-Peer Blocking Action"] == "Drop"
    assert found["Radio Policy"] == "5ghz"
    assert found["802.1x authentication list name"] == "RADIUS"
    assert (
        controller.type("show wlan name A") == controller.type("show wlan all") == controller.type("show wlan id 3")
    )
    assert controller.type("show wlan id 4") == "% WLAN ID 4 not found"


def test_tags_and_policies(controller: Controller) -> None:
    controller.configure("wireless tag policy T", 'description "Hall"', "wlan A policy P")
    controller.configure("wireless profile policy P", "no central switching", "vlan 211", "no shutdown")
    rows = [line.split(maxsplit=1) for line in controller.type("show wireless tag policy summary").splitlines()]
    assert ["T", "Hall"] in rows
    assert "Number of Site Tags: 1" in controller.type("show wireless tag site summary")
    assert "A                                 P" in controller.type("show wireless tag policy detailed T")
    assert any(
        line.split() == ["P", "ENABLED"]
        for line in controller.type("show wireless profile policy summary").splitlines()
    )
    found = values(controller.type("show wireless profile policy detailed P"))
    assert (found["VLAN"], found["Flex Central Switching"], found["Flex Central DHCP"]) == (
        "211",
        "DISABLED",
        "ENABLED",
    )


def test_rf_profiles(controller: Controller) -> None:
    controller.configure("ap dot11 5ghz rf-profile HALL-5", "no shutdown", "ap dot11 24ghz rf-profile HALL-24")
    rows = [line.split() for line in controller.type("show ap rf-profile summary").splitlines() if "HALL" in line]
    assert rows == [["HALL-24", "2.4", "GHz", "Down"], ["HALL-5", "5", "GHz", "Up"]]


def test_access_points(controller: Controller) -> None:
    text = controller.type("show ap summary")
    assert "Number of APs: 2" in text
    assert len([line for line in text.splitlines() if line.startswith("ap-")]) == 2
    assert controller.type("show ap config general").count("Cisco AP Name") == 2
    assert values(controller.type("show ap name ap-2 config general"))["AP Mode"] == "Local"
    assert controller.type("show ap name ap-9 config general") == "% Error: AP ap-9 does not exist"
