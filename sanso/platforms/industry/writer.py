"""From facts to configuration text, in the order of a running configuration."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sanso.network.facts import ALL_VLANS, Acl, Facts, Family, Mode, Port, Svi
from sanso.platforms.industry.dialect import Dialect, PortPart, SviPart
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
        parts: dict[PortPart, Iterable[str]] = {
            "description": _if(port.description, f"description {port.description}"),
            "shutdown": _if(port.shutdown, "shutdown"),
            "mode": ["no switchport"] if port.mode is Mode.ROUTED else self._mode(port),
        }
        if port.mode is not Mode.ROUTED:
            parts |= {
                "access": _if(port.access_vlan != 1, f"switchport access vlan {port.access_vlan}"),
                "native": _if(port.native_vlan != 1, f"switchport trunk native vlan {port.native_vlan}"),
                "allowed": self._allowed(port),
                "voice": _if(port.voice_vlan, f"switchport {self.dialect.voice} vlan {port.voice_vlan}"),
            }
        for part in self.dialect.port_order:
            yield from parts.get(part, ())

    def _mode(self, port: Port) -> Iterable[str]:
        return _if(port.mode is not self.dialect.default_mode, f"switchport mode {port.mode}")

    def _allowed(self, port: Port) -> Iterable[str]:
        if port.allowed is ALL_VLANS or port.allowed == ALL_VLANS:  # equal sets are compared one by one
            return ()
        return allowed_lines(port.allowed, self.dialect.vlan_run, self.dialect.wrap or sys.maxsize)

    def _svi(self, svi: Svi) -> Iterator[str]:
        bare = Svi(svi.vlan)
        parts: dict[SviPart, Iterable[str]] = {
            "description": _if(svi.description, f"description {svi.description}"),
            "shutdown": _if(svi.shutdown, "shutdown"),
            "ipv4": self._svis.addresses(svi),
            "ipv6": self._svis.addresses6(svi),
        }
        families: tuple[Family, Family] = ("ipv4", "ipv6")
        for family in families:
            own = {key: name for key, name in svi.acls.items() if key[0] == family}
            parts["acl_ipv4" if family == "ipv4" else "acl_ipv6"] = self._svis.bind(bare, replace(svi, acls=own))
        for part in self.dialect.svi_order:
            yield from parts[part]

    def _acl(self, acl: Acl) -> Iterator[str]:
        yield f"{self.dialect.acl_header[acl.family]} {acl.name}"
        mark = self.dialect.sequence[acl.family]
        for number, entry in acl.entries.items():
            told = f"{mark}{number} " if number > 0 else ""
            yield f" {told}{self.entries.write(acl.family, entry)}"


def _if(wanted: object, line: str) -> Iterable[str]:
    return (line,) if wanted else ()


def _indented(lines: Iterator[str]) -> Iterator[str]:
    return (f" {line}" for line in lines)
