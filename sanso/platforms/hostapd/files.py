"""The files of an access point, where they lie, and lines of them that are not understood."""

from __future__ import annotations

import re
from typing import NamedTuple

RADIO = "/etc/hostapd/{interface}.conf"
VLANS = "/etc/hostapd/{interface}.vlan"
NETWORK = "/etc/systemd/network/"
UPLINK = NETWORK + "{network}.d/sanso.conf"
"""Beside the machine's own file for its uplink, which has its address and stays as it is."""
FILTER = "/etc/sanso/access-point.nft"
UNITS = "/etc/systemd/system/"
FILTER_UNIT = UNITS + "sanso-filter.service"
RADIO_UNIT = UNITS + "sanso-hostapd@.service"
POWER = UNITS + "sanso-hostapd@{interface}.service.d/power.conf"
FORWARDING = "/etc/sysctl.d/60-sanso-access-point.conf"
ADDRESS = "/sys/class/net/{interface}/address"
"""The MAC address of an interface, as the machine itself has it."""

_SECRET = re.compile(r"(?i)pass|secret|psk|password|pin|wep_key|private_key|keyid")


def is_own(path: str) -> bool:
    """Whether a file is the project's: what :func:`.render.render` does not write there does not stay."""
    return path.startswith("/etc/hostapd/") or "sanso" in path


class File(NamedTuple):
    """A file as it should be; secrets stand in it as placeholders."""

    path: str
    text: str


class Unread(NamedTuple):
    """A line that is not understood, or that is missing (number 0); without its value where that may be secret."""

    path: str
    number: int
    text: str


def is_secret(line: str) -> bool:
    """Whether the value of a line may be a secret."""
    key, sign, _ = line.partition("=")
    return bool(sign and _SECRET.search(key))


def unread(path: str, number: int, line: str) -> Unread:
    """A line that is not understood, without what may be a secret."""
    return Unread(path, number, f"{line.partition('=')[0]}=…" if is_secret(line) else line)
