"""A platform with an industry-standard command line, made from a dialect."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sanso.network.facts import Acl, Entry, Facts, Family, Port, Svi
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.entries import EntryWriter
from sanso.platforms.industry.port import PortLines
from sanso.platforms.industry.reader import Reader
from sanso.platforms.industry.replay import Replay
from sanso.platforms.industry.svi import SviLines
from sanso.platforms.industry.writer import Writer


class IndustryCli:
    """Implements :class:`sanso.platforms.platform.Platform`; see there for what each method promises."""

    def __init__(self, dialect: Dialect, reader: Reader | None = None) -> None:
        self.name = dialect.name
        self.unmanaged_ports = dialect.unmanaged
        self.stepwise = dialect.stepwise
        self.dialect = dialect
        self._reader = reader or Reader(dialect)
        self._writer = Writer(dialect)
        self._typed = EntryWriter(dialect, named=False)
        self._ports = PortLines(dialect)
        self._svis = SviLines(dialect)

    def parse(self, hostname: str, text: str) -> Facts:
        """Read the facts in scope from a running configuration."""
        return self._reader.read(hostname, text)

    def render(self, facts: Facts) -> str:
        """Write facts as configuration text, ordered as the device would show them."""
        return self._writer.write(facts)

    def entry_text(self, family: Family, entry: Entry) -> str:
        """Write an ACL entry as the device prints it, without its sequence number."""
        return self._writer.entries.write(family, entry)

    def set_vlan(self, vlan: int, name: str) -> list[str]:
        """Create or rename a VLAN."""
        return _block(f"vlan {vlan}", [f"name {name}"])

    def remove_vlan(self, vlan: int) -> list[str]:
        """Delete a VLAN."""
        return [f"no vlan {vlan}"]

    def set_port(self, old: Port, new: Port) -> list[str]:
        """Change a port."""
        return _block(f"interface {new.name}", self._ports.change(old, new))

    def set_svi(self, old: Svi | None, new: Svi) -> list[str]:
        """Create or change an SVI."""
        return _block(f"interface Vlan{new.vlan}", self._svis.change(old, new))

    def remove_svi(self, vlan: int) -> list[str]:
        """Delete an SVI; VLAN 1's, which no device lets go of, loses its addresses."""
        if vlan == 1:
            return _block("interface Vlan1", ["shutdown", "no ip address", "no ipv6 address"])
        return [f"no interface Vlan{vlan}"]

    def create_acl(self, acl: Acl) -> list[str]:
        """Write an ACL that does not exist yet."""
        return self._acl(acl, (), list(acl.entries.items()))

    def edit_acl(self, acl: Acl, remove: Sequence[int], add: Sequence[tuple[int, Entry]]) -> list[str]:
        """Delete entries by sequence number, then add entries."""
        return self._acl(acl, remove, add)

    def bind_acls(self, old: Svi, new: Svi) -> list[str]:
        """Change only the bound ACLs of an SVI."""
        return _block(f"interface Vlan{new.vlan}", [*self._svis.bind(old, new), *self._svis.unbind(old, new)])

    def remove_acl(self, acl: Acl) -> list[str]:
        """Delete an ACL that nothing refers to any more."""
        return [f"no {self._header(acl)}"]

    def replay(self, text: str) -> Replay:
        """A running configuration that takes this platform's commands, as a device does."""
        return Replay(self.dialect, text)

    def _acl(self, acl: Acl, remove: Sequence[int], add: Sequence[tuple[int, Entry]]) -> list[str]:
        mark = self.dialect.sequence[acl.family]
        removed = [f"no {mark}{number}" for number in remove]
        added = [f"{mark}{number} {self._typed.write(acl.family, entry)}" for number, entry in add]
        return _block(self._header(acl), [*removed, *added])

    def _header(self, acl: Acl) -> str:
        return f"{self.dialect.acl_header[acl.family]} {acl.name}"


def _block(header: str, lines: Iterable[str]) -> list[str]:
    """A mode entered, its lines, and the way back to the top of configuration mode."""
    return [header, *(f" {line}" for line in lines), " exit"]
