"""Commands sent one by one to a configuration."""

from __future__ import annotations

from sanso.network.facts import AclKey, Family
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.replay.config import Config, written
from sanso.platforms.industry.replay.interface import InterfaceEdit, members
from sanso.platforms.industry.replay.lines import begins, put, under
from sanso.platforms.industry.replay.lists import edit_list
from sanso.platforms.industry.tree import Line
from sanso.platforms.platform import ReplayError, Touch

_QUIET = ("description", "no description", "name")
"""Lines that say nothing of where packets go."""


class Replay:
    """A configuration in configuration mode.

    Args:
        dialect: of the network OS.
        text: the running configuration, as the session reads it.

    Raises:
        ParseError: a banner of the text never ends.
    """

    def __init__(self, dialect: Dialect, text: str) -> None:
        self._dialect = dialect
        self._config = Config(text)
        self._interfaces = InterfaceEdit(dialect)
        self._block: Line | None = None
        self._touch: Touch | None = None
        self._headers = {header: family for family, header in dialect.acl_header.items()}

    @property
    def text(self) -> str:
        """The configuration as it now is; what does not matter to packets may stand in another order."""
        return self._config.text

    def interface(self, name: str) -> str | None:
        """The lines of an interface, its channel's before it; None where there is none."""
        block = self._config.find(f"interface {name}")
        if block is None:
            return None
        channels = [self._config.find(f"interface {one}") for one in self._channels(block)]
        return "\n".join(written(one for one in (*channels, block) if one is not None))

    def acl(self, key: AclKey) -> str | None:
        """The lines of an ACL; None where there is none."""
        block = self._config.find(f"{self._dialect.acl_header[key[0]]} {key[1]}")
        return None if block is None else "\n".join(written([block]))

    def send(self, command: str) -> tuple[Touch, ...]:
        """Take a command; what it may have changed of where packets go.

        Raises:
            ReplayError: what the command does is not known.
        """
        typed = command.strip()
        if typed == "exit":
            self._block = self._touch = None
            return ()
        if command[:1].isspace():
            return self._inside(typed)
        self._block = self._touch = None
        return self._top(typed)

    # ----- at the top -----------------------------------------------------------------------------------------

    def _top(self, command: str) -> tuple[Touch, ...]:
        words = command.split()
        match words:
            case ["vlan", vlan] if vlan.isdecimal():
                known = self._config.has_vlan(int(vlan))
                return self._enter(self._config.vlan(int(vlan)), Touch("vlan", int(vlan)), changed=not known)
            case ["no", "vlan", vlan] if vlan.isdecimal():
                self._config.remove_vlan(int(vlan))
                return (Touch("vlan", int(vlan)),)
            case ["interface", name]:
                return self._open_interface(name)
            case ["no", "interface", name] if name.startswith("Vlan"):
                self._config.remove(f"interface {name}")
                return (Touch("interface", name),)
        if (key := self._header(command)) is not None:
            found = self._config.find(command)
            return self._enter(found or self._config.add(command), Touch("list", key), changed=found is None)
        if words[0] == "no" and (key := self._header(command.removeprefix("no "))) is not None:
            self._config.remove(command.removeprefix("no "))
            return (Touch("list", key),)
        raise ReplayError(f"{command!r} is no command that is known here")

    def _enter(self, block: Line, touch: Touch, *, changed: bool) -> tuple[Touch, ...]:
        self._block, self._touch = block, touch
        return (touch,) if changed else ()

    def _open_interface(self, name: str) -> tuple[Touch, ...]:
        """Interfaces of VLANs are made by their name; a device has its ports, or refuses."""
        found = self._config.find(f"interface {name}")
        if found is None and not name.startswith("Vlan"):
            raise ReplayError(f"the configuration has no interface {name}")
        block = found or self._config.add(f"interface {name}", "no ip address")
        return self._enter(block, Touch("interface", name), changed=found is None)

    def _header(self, command: str) -> AclKey | None:
        """Family and name of a list, if a command is the header of one."""
        header, _, name = command.rpartition(" ")
        family: Family | None = self._headers.get(header)
        return (family, name) if family is not None and name else None

    # ----- below ----------------------------------------------------------------------------------------------

    def _inside(self, command: str) -> tuple[Touch, ...]:
        block, touch = self._block, self._touch
        if block is None or touch is None:
            raise ReplayError(f"{command!r} stands below no line that is known here")
        match touch.kind:
            case "vlan":
                if not begins(command, "name"):
                    raise ReplayError(f"{command!r} in {block.text!r} is no command that is known here")
                put(block, "name", command)
                return ()
            case "list":
                edit_list(block, command)
                return (touch,)
            case "interface":
                touched = self._change(block, str(touch.key), command)
        return () if any(begins(command, quiet) for quiet in _QUIET) else touched

    def _change(self, block: Line, name: str, command: str) -> tuple[Touch, ...]:
        """What is said to a port channel its members on IOS take over; VLANs that ports need are made."""
        touched = [Touch("interface", name)]
        vlan = self._interfaces.edit(block, command)
        follow = self._dialect.strict_ports and command.removeprefix("no ").startswith(("switchport", "shutdown"))
        for member in self._members(name):
            if follow:
                self._interfaces.edit(member, command)
            touched.append(Touch("interface", member.text.removeprefix("interface ")))
        if vlan is not None and not self._config.has_vlan(vlan):
            self._config.vlan(vlan)
            touched.append(Touch("vlan", vlan))
        return tuple(touched)

    def _members(self, name: str) -> list[Line]:
        if not name.lower().startswith("port-channel"):
            return []
        blocks = (self._config.find(head) for head in self._config.heads("interface "))
        return members((block for block in blocks if block is not None), name)

    def _channels(self, block: Line) -> list[str]:
        """Name of the channel that a port is a member of."""
        kind = next(kind for kind in self._dialect.kinds if kind.lower() == "port-channel")
        return [f"{kind}{line.text.split()[1]}" for line in under(block, "channel-group")]
