"""PORT: the entries of a device's port list."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from sanso.city.device import ApPort, Device, HypervisorPort, TrunkPort, UplinkPort
from sanso.city.links import ap_wlans
from sanso.messages import Finding, Severity
from sanso.rules.index import LONGEST_RANGE, port_names
from sanso.rules.rule import Rule

_RANGE = re.compile(r"^(?P<stem>.*?)(?P<first>\d+)-(?P<last>\d+)$")
_NAME = re.compile(r"^(?P<kind>[A-Za-z-]*)\s*(?P<number>.*)$")


class DuplicatePort(Rule):
    """No port stands in two entries, by two ranges or by two spellings of its name."""

    id = "PORT-01"

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            entries = {name: entry for entry in reversed(device.ports) for name in reversed(port_names(entry))}
            told: set[str] = set()
            for port, entry, other in self._clashes(device, entries):
                if entry not in told:
                    told.add(entry)
                    variant = "range" if port == other else "spelling"
                    path = device.at("ports", entry)
                    args = {"device": device.hostname, "port": port, "entry": entry}
                    yield self.finding(path, variant, **args, other=other if port != other else entries[port])

    def _clashes(self, device: Device, first_entries: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        """Port, the later entry it is in, and the port's name in the earlier entry."""
        spelled: dict[str, list[tuple[str, str]]] = {}
        for entry in device.ports:
            for port in port_names(entry):
                if first_entries[port] != entry:
                    yield port, entry, port
                    continue
                kind, number = _split(port)
                same = spelled.setdefault(number, [])
                other = next((name for stem, name in same if stem.startswith(kind) or kind.startswith(stem)), port)
                if other != port:
                    yield port, entry, other
                same.append((kind, port))


def _split(port: str) -> tuple[str, str]:
    match = _NAME.match(port)
    return (match["kind"].lower(), match["number"]) if match else ("", port)


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
