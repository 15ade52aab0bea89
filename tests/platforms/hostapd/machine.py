"""An access point as its files are: what the reader gets to see."""

from __future__ import annotations

from sanso.network.wireless import WirelessFacts
from sanso.platforms.hostapd import Hardware, render
from sanso.platforms.hostapd.files import ADDRESS


def machine(facts: WirelessFacts, hardware: Hardware) -> dict[str, str]:
    """Path → text of what lies on a machine that was given all its files."""
    address = {ADDRESS.format(interface=hardware.uplink): next(iter(facts.aps)) + "\n"}
    return {file.path: file.text for file in render(facts, hardware)} | address
