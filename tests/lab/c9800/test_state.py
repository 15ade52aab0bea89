"""The timer that takes changes back, saving, booting."""

from __future__ import annotations

import pytest

from sanso.lab.state import MemoryStore
from tests.lab.c9800.conftest import Controller
from tests.lab.c9800.test_wlan import ENTERPRISE, OWE

MINUTE = 60
EVERYTHING = (
    "password encryption aes",
    "radius server R", "address ipv4 10.0.0.1 auth-port 1812 acct-port 1813", "key hunter22", "exit",
    "aaa group server radius G", "server name R", "exit",
    "aaa authentication dot1x D group G",
    "parameter-map type webauth P", "type webauth", "redirect for-login https://wifi.example/", "exit",
    "policy-map LIMIT", "class class-default", "police cir 10000000", "exit", "exit", "exit",
    "wireless management interface Vlan520",
    "wlan A 1 A", *ENTERPRISE, "no shutdown", "exit",
    "wlan B 2 B", *OWE, "radio policy dot11 6ghz", "security web-auth", "security web-auth parameter-map P",
    "no shutdown", "exit",
    "wireless profile calender-profile name C", "start 08:00:00 end 17:00:00", "recurrance daily", "exit",
    "wireless profile policy P", "no central switching", "vlan 210", "calender-profile name C", "action wlan_enable",
    "exit", "no shutdown", "exit",
    "wireless profile flex F", "native-vlan-id 520", "vlan-name guest", "vlan-id 410", "exit", "exit",
    "wireless tag policy T", "wlan A policy P", "exit",
    "wireless tag site S", "flex-profile F", "no local-site", "exit",
    "ap dot11 5ghz rf-profile R5", "channel remove 144", "tx-power max 14", "no shutdown", "exit",
    "wireless tag rf R", "5ghz-rf-policy R5", "exit",
    "ap 0253.414e.0001", "policy-tag T", "site-tag S", "rf-tag R", "exit",
)  # fmt: skip


@pytest.fixture
def full(controller: Controller) -> Controller:
    said = controller.configure(*EVERYTHING)
    assert [line for line in said if line.startswith("%")] == []
    return controller


def test_it_boots_the_same_from_what_it_shows(full: Controller) -> None:
    for text in (full.device.saved_text(), full.type("show running-config")):
        assert Controller(startup=text).device.saved_text() == full.device.saved_text()


def test_what_is_shown_can_be_typed_again(full: Controller) -> None:
    """No line is refused while everything is shut; enabled things refuse theirs and stay as they are."""
    before = full.device.saved_text()
    full.configure(*(line for line in before.splitlines() if not line.startswith("!")))
    assert full.device.saved_text() == before


def test_an_unconfirmed_change_is_taken_back(full: Controller) -> None:
    before = full.device.saved_text()
    assert full.type("configure terminal revert timer 5").startswith("Rollback Confirmed Change: Backing up")
    full.type("no wlan A", "wireless profile policy P", "shutdown", "vlan 666", "no shutdown")
    full.type("no wireless tag policy T", "ap 0253.414e.0002", "policy-tag X", "no radius server R", "end")
    assert full.device.saved_text() != before
    full.clock.advance(5 * MINUTE + 1)
    assert full.device.saved_text() == before


def test_a_confirmed_change_stays(full: Controller) -> None:
    full.type("configure terminal revert timer 5", "no wlan A", "end", "configure confirm")
    full.clock.advance(10 * MINUTE)
    assert "wlan A 1 A" not in full.running()


def test_saved_and_booted(full: Controller) -> None:
    before = full.device.saved_text()
    assert full.type("write memory").endswith("[OK]")
    full.configure("no wlan A")
    full.device.reload()
    assert full.device.saved_text() == before


def test_what_ran_is_there_again_after_the_process_ended() -> None:
    store = MemoryStore()
    first = Controller(store=store)
    first.configure("wlan A 1 A", "no shutdown")
    first.clock.advance(1)
    assert Controller(store=store).device.saved_text() == first.device.saved_text()
