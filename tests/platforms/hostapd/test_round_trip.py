"""What was written is read again."""

from __future__ import annotations

from hypothesis import assume, given, settings

from sanso.network.wireless import WirelessFacts
from sanso.platforms.hostapd import Hardware, as_read, read
from tests.platforms.hostapd.machine import machine
from tests.platforms.hostapd.strategies import access_points, hardware

HARMLESS = ("logger_", "ctrl_interface")


@given(access_points(), hardware)
def test_facts_that_were_written_are_read(facts: WirelessFacts, box: Hardware) -> None:
    found = read(facts.hostname, machine(facts, box), box)
    assert found.unread == ()
    assert found.facts == as_read(facts)


@given(access_points(), hardware)
@settings(max_examples=20, deadline=None)  # each example reads hundreds of texts
def test_no_line_goes_unnoticed(facts: WirelessFacts, box: Hardware) -> None:
    """Whichever line of a file is lost, the access point no longer reads as it should, or what it lacks is told."""
    assume(as_read(facts).wlans)
    files = machine(facts, box)
    for path, text in files.items():
        lines = text.splitlines(keepends=True)
        for number, line in enumerate(lines):
            if line.strip() and not line.startswith(HARMLESS):
                rest = "".join(lines[:number] + lines[number + 1 :])
                found = read(facts.hostname, {**files, path: rest}, box)
                assert found.unread or found.facts != as_read(facts), f"{path} without {line}"
