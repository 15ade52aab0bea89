"""From facts to configuration text, in the order of a running configuration."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from sanso.network.facts import ALL_VLANS, Acl, Facts, Mode, Port, Svi
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.entries import EntryWriter
from sanso.platforms.industry.port import allowed_lines
from sanso.platforms.industry.svi import SviLines


class Writer:
    """Writes configurations of one network OS; defaults are left out, as devices do."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.entries = EntryWriter(dialect, named=True)
        self._svis = SviLines(dialect)

    def write(self, facts: Facts) -> str:
        """Write the facts."""
        return "\n".join([*self._lines(facts), "end", ""])

    def _lines(self, facts: Facts) -> Iterator[str]:
        yield from (f"hostname {facts.hostname}", "!")
        for vlan, name in sorted(facts.vlans.items()):
            yield from (f"vlan {vlan}", f" name {name}", "!")
        for name in sorted(facts.ports, key=self.dialect.order):
            yield from (f"interface {name}", *_indented(self._port(facts.ports[name])), "!")
        for vlan, svi in sorted(facts.svis.items()):
            yield from (f"interface Vlan{vlan}", *_indented(self._svi(svi)), "!")
        for family in ("ipv4", "ipv6"):
            for (of, _), acl in sorted(facts.acls.items()):
                if of == family:
                    yield from (*self._acl(acl), "!")

    def _port(self, port: Port) -> Iterator[str]:
        if port.description:
            yield f"description {port.description}"
        if port.mode is Mode.ROUTED:
            yield "no switchport"
        else:
            yield from self._switching(port)
        if port.shutdown:
            yield "shutdown"

    def _switching(self, port: Port) -> Iterator[str]:
        if port.access_vlan != 1:
            yield f"switchport access vlan {port.access_vlan}"
        if port.native_vlan != 1:
            yield f"switchport trunk native vlan {port.native_vlan}"
        if port.allowed != ALL_VLANS:
            yield from allowed_lines(port.allowed, self.dialect.vlan_run, self.dialect.wrap or sys.maxsize)
        if port.mode is not self.dialect.default_mode:
            yield f"switchport mode {port.mode}"
        if port.voice_vlan is not None:
            yield f"switchport {self.dialect.voice} vlan {port.voice_vlan}"

    def _svi(self, svi: Svi) -> Iterator[str]:
        if svi.description:
            yield f"description {svi.description}"
        if svi.shutdown:
            yield "shutdown"
        for index, address in enumerate(sorted(svi.ipv4)):
            yield f"ip address {self._svis.address(address)}{' secondary' if index else ''}"
        if not svi.ipv4 and not self.dialect.prefix_length:
            yield "no ip address"
        for address6 in sorted(svi.ipv6):
            yield f"ipv6 address {self._svis.address6(address6)}"
        yield from self._svis.bind(Svi(svi.vlan), svi)

    def _acl(self, acl: Acl) -> Iterator[str]:
        yield f"{self.dialect.acl_header[acl.family]} {acl.name}"
        mark = self.dialect.sequence[acl.family]
        for number, entry in acl.entries.items():
            yield f" {mark}{number} {self.entries.write(acl.family, entry)}"


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f" {line}" for line in lines)
