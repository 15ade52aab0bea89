"""WLANs: what a new one is, what is printed of it, and what the controller refuses."""

from __future__ import annotations

import pytest

from tests.lab.c9800.conftest import Controller

INVALID = "% Invalid input detected at '^' marker."
ENTERPRISE = (
    "no security wpa wpa2", "no security wpa akm dot1x", "security wpa akm dot1x-sha256", "security wpa wpa3",
    "security pmf mandatory", "security dot1x authentication-list RADIUS",
)  # fmt: skip
OWE = (
    "no security ft adaptive", "no security wpa wpa2", "no security wpa akm dot1x", "security wpa akm owe",
    "security wpa wpa3", "security pmf mandatory",
)  # fmt: skip
OPEN = (
    "no security ft adaptive", "no security wpa", "no security wpa wpa2", "no security wpa wpa2 ciphers aes",
    "no security wpa akm dot1x",
)  # fmt: skip
SAE = (
    "no security ft adaptive", "no security wpa wpa2", "security wpa psk set-key ascii 0 correct-horse",
    "no security wpa akm dot1x", "security wpa akm sae", "security wpa wpa3", "security pmf mandatory",
)  # fmt: skip
NEW = "wlan W 1 SSID"


def test_a_new_wlan_prints_nothing_and_is_down(controller: Controller) -> None:
    assert controller.configure(NEW) == []
    assert controller.running(NEW) == []
    assert "[WPA2][802.1x][AES]" in controller.type("show wlan summary")
    assert "DOWN" in controller.type("show wlan summary")


@pytest.mark.parametrize("lines", [ENTERPRISE, OWE, OPEN, SAE], ids=["enterprise", "owe", "open", "sae"])
def test_what_is_valid_is_enabled_and_printed_line_by_line(controller: Controller, lines: tuple[str, ...]) -> None:
    assert controller.configure(NEW, *lines, "no shutdown") == []
    assert sorted(controller.running(NEW)) == sorted([*lines, "no shutdown"])
    assert controller.running(NEW)[-1] == "no shutdown"


def test_lines_are_printed_in_the_device_s_order(controller: Controller) -> None:
    controller.configure(NEW, *reversed(ENTERPRISE), "peer-blocking drop", "radio policy dot11 5ghz")
    assert controller.running(NEW) == [
        "peer-blocking drop", "radio policy dot11 5ghz", "no security wpa wpa2", "no security wpa akm dot1x",
        "security wpa akm dot1x-sha256", "security wpa wpa3", "security dot1x authentication-list RADIUS",
        "security pmf mandatory",
    ]  # fmt: skip


def test_a_line_and_its_opposite_leave_nothing(controller: Controller) -> None:
    controller.configure(NEW, *OPEN, *(line.removeprefix("no ") for line in OPEN))
    controller.configure(NEW, "security pmf optional", "no security pmf", "shutdown", "peer-blocking drop",
                         "default peer-blocking", "security ft", "security ft adaptive")  # fmt: skip
    assert controller.running(NEW) == []


@pytest.mark.parametrize(
    "line",
    ["security pmf mandatory", "radio policy dot11 5ghz", "peer-blocking drop", "security wpa wpa3",
     "no broadcast-ssid", "security dot1x authentication-list OTHER", "security web-auth", "security pmf optional"],
)  # fmt: skip
def test_an_enabled_wlan_is_not_changed(controller: Controller, line: str) -> None:
    controller.configure(NEW, "security pmf optional", "no shutdown")
    before = controller.running(NEW)
    assert controller.configure(NEW, line) == ["% WLAN needs to be disabled before performing this operation."]
    assert controller.running(NEW) == before
    assert controller.configure(NEW, "shutdown", line, "no shutdown") in ([], ["% " + WPA3], ["% " + PMF])


WPA3 = (
    "WPA3 security valid combinations: 1. GCMP cipher, 2. Dot1x-SHA256/FT-Dot1x AKM and AES cipher, "
    "3. SAE/FT-SAE/OWE AKM and AES cipher"
)
PMF = (
    "Valid pmf-options values are: 1. apf-vap-pmf-required in WPA3 WLAN, "
    "2. either apf-vap-pmf-optional or apf-vap-pmf-required in WPA2+WPA3 WLAN"
)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (("security wpa wpa3", "no shutdown"), WPA3),
        ((*ENTERPRISE, "no security wpa wpa2 ciphers aes", "no shutdown"), WPA3),
        ((*ENTERPRISE, "no security pmf", "no shutdown"), PMF),
        ((*ENTERPRISE, "security pmf optional", "no shutdown"), PMF),
        ((*ENTERPRISE, "security wpa akm dot1x", "no shutdown"), "Dot1x AKM is not allowed in WPA3 only WLAN"),
        ((*SAE, "security ft adaptive", "no shutdown"), "FT adaptive is not allowed with SAE AKM in WPA3 only WLAN"),
        ((*OWE, "security ft adaptive", "no shutdown"), "FT must be disabled in OWE WLAN"),
        ((*OWE, "no security wpa wpa3", "no shutdown"), "WPA3 must be enabled if SAE/FT-SAE/OWE AKM is configured"),
        (("no security wpa akm dot1x", "security wpa akm psk", "no shutdown"),
         "AKM PSK can be enabled only when PSK key is set or Easy-PSK is enabled or mPSK is enabled and at least one "
         "mPSK key is configured"),
        (("security wpa akm sae",), "PSK passphrase must be configured when SAE is configured"),
        (("security wpa psk set-key ascii 0 correct-horse", "security wpa akm sae"),
         "WEP/TKIP/WPA1-AES/802.1x/CCKM and SAE cannot be enabled simultaneously"),
        (("no security wpa akm dot1x", "security wpa akm owe"), "WPA2 and OWE cannot be enabled simultaneously"),
        (("security wpa akm owe",), "WEP/TKIP/WPA1-AES/PSK/802.1x/CCKM and OWE cannot be enabled simultaneously"),
        (("radio policy dot11 6ghz",),
         "6GHz is allowed only when WPA2 is disabled and WPA3, PMF, dot11ax is enabled."),
        (("security wpa transition-mode-wlan-id 2",), "Transition mode WLAN ID cannot be set in non OWE/Open WLAN"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_undone(controller: Controller, lines: tuple[str, ...], words: str) -> None:
    assert controller.configure(NEW, *lines[:-1]) == []
    before = controller.running(NEW)
    assert controller.configure(NEW, lines[-1]) == [f"% {words}"]
    assert controller.running(NEW) == before


def test_the_transition_mode_takes_both(controller: Controller) -> None:
    both = ("security wpa akm dot1x-sha256", "security wpa wpa3", "security pmf optional", "no shutdown")
    assert controller.configure(NEW, *both) == []
    assert "[WPA2 + WPA3][802.1x + Dot1x-SHA256][AES]" in controller.type("show wlan summary")


def test_six_gigahertz_is_for_wpa3(controller: Controller) -> None:
    assert controller.configure(NEW, *OWE, "radio policy dot11 6ghz", "no shutdown") == []
    again = Controller(startup=controller.device.saved_text())
    assert again.device.saved_text() == controller.device.saved_text()


@pytest.mark.parametrize(
    "line",
    [
        "wlan W 0 SSID",
        "wlan W 4097 SSID",
        f"wlan W 1 {'x' * 33}",
        "wlan W 1 緑川市公共無線緑川市公",
        f"wlan {'x' * 33} 1 S",
    ],
)
def test_an_id_or_a_name_out_of_bounds_is_no_command(controller: Controller, line: str) -> None:
    assert INVALID in controller.configure(line)[0]


def test_names_as_long_as_may_be(controller: Controller) -> None:
    assert controller.configure(f"wlan {'x' * 32} 4096 緑川市公共無線緑川市") == []


def test_an_id_belongs_to_one_profile(controller: Controller) -> None:
    controller.configure(NEW)
    assert controller.configure("wlan X 1 OTHER") == ["% WLAN ID 1 is already in use by another WLAN profile"]
    assert controller.configure("wlan W 2 SSID") == ["% WLAN profile W exists with WLAN ID 1"]
    assert controller.configure("wlan W 1 OTHER") == ["% WLAN profile W exists with SSID SSID"]
    assert controller.configure("wlan Y") == ["% Incomplete command."]
    assert controller.configure("wlan W", "peer-blocking drop") == []
    assert controller.running(NEW) == ["peer-blocking drop"]


def test_one_profile_may_have_another_s_ssid(controller: Controller) -> None:
    assert controller.configure(NEW, "wlan X 2 SSID") == []


def test_a_name_with_blanks_stands_in_quotes(controller: Controller) -> None:
    controller.configure('wlan "W" 1 "Free Wi-Fi"')
    assert controller.running('wlan W 1 "Free Wi-Fi"') == []
    assert "Free Wi-Fi " in controller.type("show wlan summary")


@pytest.mark.parametrize("line", ["no wlan W", "no wlan W 1 SSID"])
def test_a_wlan_is_removed_enabled_or_not(controller: Controller, line: str) -> None:
    controller.configure(NEW, "no shutdown", line)
    assert NEW not in controller.running()


def test_a_passphrase_is_printed_clear_or_encrypted(controller: Controller) -> None:
    controller.configure(NEW, "security wpa psk set-key ascii 0 correct-horse")
    assert controller.running(NEW) == ["security wpa psk set-key ascii 0 correct-horse"]
    controller.configure("password encryption aes", NEW, "security wpa psk set-key ascii 0 correct-horse")
    (kept,) = controller.running(NEW)
    assert kept.startswith("security wpa psk set-key ascii 8 ")
    assert "correct-horse" not in kept
    again = Controller(startup=controller.device.saved_text())
    assert again.running(NEW) == [kept]


@pytest.mark.parametrize("key", ["ascii 0 short", f"ascii 0 {'x' * 64}", "hex 0 abc"])
def test_a_passphrase_has_a_length(controller: Controller, key: str) -> None:
    said = controller.configure(NEW, f"security wpa psk set-key {key}")
    assert said == ["% Hex keys need to be 64 characters. ASCII keys need to be 8 to 63 characters"]
    assert controller.running(NEW) == []
