"""PORT: the entries of a device's port list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from sanso.city.device import ApPort, Device, HypervisorPort, TrunkPort, UplinkPort
from sanso.city.links import ap_wlans
from sanso.messages import Finding, Severity
from sanso.rules.index import LONGEST_RANGE
from sanso.rules.rule import Rule

_RANGE = re.compile(r"^(?P<stem>.*?)(?P<first>\d+)-(?P<last>\d+)$")
_LETTERS = re.compile(r"[A-Za-z-]*")


class DuplicatePort(Rule):
    """No port stands in two entries, by two ranges or by two spellings of its name."""

    id = "PORT-01"

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            told: set[str] = set()
            for variant, clash in (("range", self._ranges(device)), ("spelling", self._spellings(device))):
                for entry, port, other in clash:
                    if entry not in told:
                        told.add(entry)
                        path = device.at("ports", entry)
                        yield self.finding(path, variant, device=device.hostname, port=port, entry=entry, other=other)

    def _ranges(self, device: Device) -> Iterator[tuple[str, str, str]]:
        """Each port that an earlier entry holds too: its entry, itself, the earlier entry."""
        first: dict[str, str] = {}
        for entry, ports in self.index.entries[device.hostname].items():
            for port in ports:
                other = first.setdefault(port, entry)
                if other != entry:
                    yield entry, port, other

    def _spellings(self, device: Device) -> Iterator[tuple[str, str, str]]:
        """Each port that an earlier entry holds by a longer or shorter name: its entry, itself, the other name."""
        entries = self.index.entries[device.hostname]
        kinds = sorted({_kind(entry) for entry in entries}, key=str.lower)
        if not any(_same_kind(one, two) for one, two in pairwise(kinds)):
            return
        first: dict[str, list[str]] = {}
        for entry, ports in entries.items():
            for port in ports:
                same = first.setdefault(port[len(_kind(port)) :].strip(), [])
                other = next((name for name in same if name != port and _same_kind(_kind(name), _kind(port))), None)
                if other is not None:
                    yield entry, port, other
                same.append(port)


def _kind(port: str) -> str:
    """The letters in front of a port's number."""
    match = _LETTERS.match(port)
    return match[0] if match else ""


def _same_kind(one: str, two: str) -> bool:
    """Whether one kind of port abbreviates the other, as `Gi` does `GigabitEthernet`."""
    shorter, longer = sorted((one.lower(), two.lower()), key=len)
    return bool(shorter) and longer.startswith(shorter)


class PortRangeOrder(Rule):
    """A range of ports runs forwards and is not longer than a chassis."""

    id = "PORT-02"

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            for entry in device.ports:
                match = _RANGE.match(entry)
                if match is None:
                    continue
                first, last = int(match["first"]), int(match["last"])
                args = {"device": device.hostname, "entry": entry}
                if last < first:
                    mended = f"{match['stem']}{last}-{first}"
                    yield self.finding(device.at("ports", entry), "backwards", **args, mended=mended)
                elif last - first >= LONGEST_RANGE:
                    count = last - first + 1
                    yield self.finding(device.at("ports", entry), "long", **args, count=count, limit=LONGEST_RANGE)


class RepeatedSegment(Rule):
    """A trunk's list names a segment once, and not the one that is untagged."""

    id = "PORT-03"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            for port in device.ports.values():
                if isinstance(port, TrunkPort | UplinkPort | HypervisorPort):
                    yield from self._port(port)

    def _port(self, port: TrunkPort | UplinkPort | HypervisorPort) -> Iterator[Finding]:
        seen: Counter[str] = Counter()
        for index, segment in enumerate(port.segments or []):
            seen[segment] += 1
            if seen[segment] == 2:
                yield self.finding(port.at("segments", index), "twice", segment=segment)
            elif segment == port.native:
                yield self.finding(port.at("segments", index), "native", segment=segment)


class SilentAccessPoint(Rule):
    """An access point's port offers at least one WLAN."""

    id = "PORT-04"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            for port in device.ports.values():
                if isinstance(port, ApPort) and not ap_wlans(self.city, device, port):
                    path = port.at("wlans") if port.wlans is not None else port.at()
                    yield self.finding(path, device=device.hostname, site=device.site)
