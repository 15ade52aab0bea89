"""What a platform must know: the seam between sanso and one network OS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from sanso.network.facts import Acl, Entry, Facts, Family, Port, Svi


class ParseError(Exception):
    """Configuration text that this platform cannot read at all; the message names the line."""


class Platform(Protocol):
    """One network OS.

    ``parse`` and ``render`` are inverse within the scope; the command methods give configuration lines that
    take a device from one fact to the next, each list entered and left at the top of configuration mode.
    """

    name: str
    """Name of the folder, and the value of ``sanso_platform``."""
    unmanaged_ports: re.Pattern[str]
    """Interfaces that are never in scope, such as the out-of-band management port."""

    def parse(self, hostname: str, text: str) -> Facts:
        """Read the facts in scope from a running configuration."""

    def render(self, facts: Facts) -> str:
        """Write facts as configuration text, ordered as the device would show them."""

    def entry_text(self, family: Family, entry: Entry) -> str:
        """Write an ACL entry as the device prints it, without its sequence number."""

    def set_vlan(self, vlan: int, name: str) -> list[str]:
        """Create or rename a VLAN."""

    def remove_vlan(self, vlan: int) -> list[str]:
        """Delete a VLAN."""

    def set_port(self, old: Port, new: Port) -> list[str]:
        """Change a port; no line of the result lets more VLANs through than ``old`` or ``new`` does."""

    def set_svi(self, old: Svi | None, new: Svi) -> list[str]:
        """Create or change an SVI: ACLs are bound before addresses and before it comes up."""

    def remove_svi(self, vlan: int) -> list[str]:
        """Delete an SVI."""

    def create_acl(self, acl: Acl) -> list[str]:
        """Write an ACL that does not exist yet."""

    def edit_acl(self, acl: Acl, remove: Sequence[int], add: Sequence[tuple[int, Entry]]) -> list[str]:
        """Delete entries by sequence number, then add entries, in the given orders."""

    def bind_acls(self, old: Svi, new: Svi) -> list[str]:
        """Change only the bound ACLs of an SVI; a binding is replaced, never first removed."""

    def remove_acl(self, acl: Acl) -> list[str]:
        """Delete an ACL that nothing refers to any more."""
