"""What a platform must know: the seam between sanso and one network OS."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from sanso.network.facts import Acl, AclKey, Entry, Facts, Family, Port, Svi


class ParseError(Exception):
    """Configuration text that this platform cannot read at all; the message names the line."""


class ReplayError(Exception):
    """What a command does to a configuration is not known; the message has the command and why."""


class Touch(NamedTuple):
    """What a command changed: an interface by name, a list by key, a VLAN by id."""

    kind: Literal["interface", "list", "vlan"]
    key: str | AclKey | int


class Replay(Protocol):
    """A configuration in configuration mode, which takes the commands that its platform's methods give."""

    @property
    def text(self) -> str:
        """The configuration as it now is; what does not matter to packets may stand in another order."""

    def interface(self, name: str) -> str | None:
        """The lines of an interface, its channel's before it; None where there is none."""

    def acl(self, key: AclKey) -> str | None:
        """The lines of an ACL; None where there is none."""

    def send(self, command: str) -> tuple[Touch, ...]:
        """Take a command; what it may have changed of where packets go.

        Raises:
            ReplayError: what the command does is not known.
        """


class Platform(Protocol):
    """One network OS.

    ``parse`` and ``render`` are inverse within the scope; the command methods give configuration lines that
    take a device from one fact to the next, each list entered and left at the top of configuration mode.
    """

    name: str
    """Name of the folder, and the value of ``sanso_platform``."""
    unmanaged_ports: re.Pattern[str]
    """Interfaces that are never in scope, such as the out-of-band management port."""
    stepwise: bool
    """Whether each command is in force at once; else all of a change are, when it is committed."""

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

    def replay(self, text: str) -> Replay:
        """A running configuration that takes this platform's commands, as a device does."""
