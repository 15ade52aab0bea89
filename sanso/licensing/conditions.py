"""What must be right on a terminal before it is worth asking for a licence: its clock, and its DNS servers."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from ipaddress import ip_address

from sanso.licensing.wanted import Wanted
from sanso.wsman.client import Client
from sanso.wsman.names import CimClass

CLOCK = CimClass("Win32_OperatingSystem")
ADAPTERS = CimClass("Win32_NetworkAdapterConfiguration")
MOST_SKEW = timedelta(hours=4)
"""A KMS host refuses a client whose clock is further off (0xC004F06C)."""
_DMTF = re.compile(r"(\d{14})\.\d{6}([+-]\d{3})")
_ISO = re.compile(r"\d{4}-\d\d-\d\dT")

Problem = tuple[str, str]
"""Catalogue key below ``licensing.problem``, and what was found."""


class Conditions:
    """What is found on one terminal; each thing is asked once, however many products need it."""

    def __init__(self, client: Client, now: Callable[[], datetime]) -> None:
        self._client = client
        self._now = now
        self._found: dict[str, Problem | None] = {}

    def unfit(self, wanted: Wanted) -> Problem | None:
        """Why an activation would fail for reasons of the terminal's own; None where nothing is wrong."""
        return self._once(self._clock) or (self._once(self._dns) if _needs_dns(wanted) else None)

    def _once(self, look: Callable[[], Problem | None]) -> Problem | None:
        """``cached_property`` of Python 3.11 has one lock for all instances: terminals would wait for each other."""
        if look.__name__ not in self._found:
            self._found[look.__name__] = look()
        return self._found[look.__name__]

    def _clock(self) -> Problem | None:
        instances = self._client.query(CLOCK.select("LocalDateTime"))
        told = str(instances[0].get("LocalDateTime") or "") if instances else ""
        there = read_datetime(told)
        if there is None or abs(there - self._now()) > MOST_SKEW:
            return "clock", told or "-"
        return None

    def _dns(self) -> Problem | None:
        query = ADAPTERS.select("DNSServerSearchOrder", where="IPEnabled = TRUE")
        if any(instance.get("DNSServerSearchOrder") for instance in self._client.query(query)):
            return None
        return "dns", ""


def _needs_dns(wanted: Wanted) -> bool:
    """Whether the terminal has to look up names: every way but a KMS host by its address."""
    try:
        ip_address(wanted.kms_host)
    except ValueError:
        return True
    return False


def read_datetime(text: str) -> datetime | None:
    """A CIM datetime, as WMI writes it (``20261123190000.000000+540``, minutes from UTC) or as XML does."""
    if match := _DMTF.fullmatch(text.strip()):
        zone = timezone(timedelta(minutes=int(match[2])))
        return datetime.strptime(match[1], "%Y%m%d%H%M%S").replace(tzinfo=zone)
    if _ISO.match(text):
        found = datetime.fromisoformat(re.sub(r"\.\d+", "", text.strip()).replace("Z", "+00:00"))
        return found if found.tzinfo else None
    return None
