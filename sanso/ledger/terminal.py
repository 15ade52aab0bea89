"""A terminal as a ledger or a directory tells of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from ipaddress import IPv4Address, IPv6Address, ip_address

from sanso.ledger.sheet import Findings
from sanso.ledger.words import tidy
from sanso.messages.source import Location

Address = IPv4Address | IPv6Address
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9_-]{1,63})*")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u30fc\u2500", "-"))
_MAC = re.compile(r"[0-9a-f]{12}")


@dataclass(slots=True)
class Terminal:
    """What is known of a terminal, and where each of it stands."""

    name: str
    address: Address | None = None
    dns: str | None = None
    site: str | None = None
    layer: str | None = None
    mac: str | None = None
    seen: date | None = None
    stale: bool = False
    words: dict[str, str] = field(default_factory=dict)
    """Number, section, operating system, Office and note, as they are written."""
    told_at: Location | None = None
    """Where the address stands."""
    places: list[Location] = field(default_factory=list)
    """One for each source, the most trusted first."""

    @property
    def key(self) -> str:
        """What two sources have in common for the same terminal: its name without domain and case."""
        return key(self.name)


def key(name: str) -> str:
    """Name of a terminal without its domain, whatever its case."""
    return name.partition(".")[0].casefold()


def host_name(value: str | None, place: Location, findings: Findings) -> str | None:
    """A name that a terminal can have (RFC 1123; Windows takes underscores, too)."""
    if value is None:
        findings.error("LEDGER-04", place, "nameless")
    elif _NAME.fullmatch(value):
        return value
    else:
        mended = tidy(value).translate(_DASHES).replace(" ", "")
        variant = "dash" if _NAME.fullmatch(mended) else "name"
        findings.error("LEDGER-04", place, variant, value=value, mended=mended)
    return None


def address(value: str, place: Location, findings: Findings) -> Address | None:
    """An address that a terminal can have."""
    try:
        found = ip_address(value)
    except ValueError:
        findings.error("LEDGER-04", place, "several" if re.search(r"[/,;、 ]", value) else "address", value=value)
        return None
    if found.is_multicast or found.is_unspecified or str(found) == "255.255.255.255":
        findings.error("LEDGER-04", place, "unusable", value=value)
        return None
    return found


def mac(value: str, place: Location, findings: Findings) -> str | None:
    """A hardware address as ``00:11:22:aa:bb:cc``."""
    digits = re.sub(r"[-:. ]", "", value).lower()
    if not _MAC.fullmatch(digits):
        findings.warning("LEDGER-04", place, "mac", value=value)
        return None
    return ":".join(digits[index : index + 2] for index in range(0, 12, 2))
