"""What a device holds after each command of a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import cast

from sanso.network.facts import AclKey
from sanso.network.snapshot import AccessList, Interface, Snapshot
from sanso.platforms import Replay, Touch, load_platform
from sanso.platforms.reading import load_reader
from sanso.proof.transition.essence import of_interface

_SWITCH = "vlan 1\n"
"""Tells a reader of one interface that the whole text is a switch's."""


@dataclass(frozen=True)
class Course:
    """A change of one device: the commands in the order in which they are sent.

    ``text`` is the running configuration as the session read it; it decides what the commands lead to.
    """

    hostname: str
    platform: str
    text: str
    commands: tuple[str, ...]

    @property
    def stepwise(self) -> bool:
        """Whether each command is in force at once; a configuration session commits all of them in one step."""
        return load_platform(self.platform).stepwise

    @cached_property
    def before(self) -> Snapshot:
        """What the device holds."""
        return self._read(self.text, self.hostname)

    @cached_property
    def after(self) -> Snapshot:
        """What it will hold.

        Raises:
            ReplayError: what a command does is not known.
        """
        replay = self.replay()
        for command in self.commands:
            replay.send(command)
        return self._end(self._read(replay.text, f"{self.hostname} (after)"))

    def replay(self) -> Replay:
        """The configuration before the first command."""
        return load_platform(self.platform).replay(self.text)

    def states(self, numbers: Sequence[int]) -> Iterator[Snapshot]:
        """The whole device after some of the commands, counted from 1."""
        replay = self.replay()
        for number, command in enumerate(self.commands, 1):
            replay.send(command)
            if number in numbers:
                yield self._end(self._read(replay.text, f"{self.hostname} (after command {number})"))

    def _end(self, snapshot: Snapshot) -> Snapshot:
        """A later state: where a text does not tell which VLANs there are, commands that make some do not either."""
        return replace(snapshot, vlans=None) if self.before.vlans is None else snapshot

    def _read(self, text: str, file: str) -> Snapshot:
        return load_reader(self.platform).read(text, file)


class Walk:
    """A course being gone through: interfaces and lists are read again as commands touch them.

    An interface is read by itself, which is much less than all of the text; one that means something else there, both
    at the beginning and at the end, makes ``true`` False.

    Args:
        course: what is to be gone through.
        whole: whether the whole text is read each time.
    """

    def __init__(self, course: Course, *, whole: bool = False) -> None:
        self._course = course
        self._whole = whole
        self._origin, self._replay = course.replay(), course.replay()
        self._reader = load_reader(course.platform)
        self._acls: dict[AclKey, AccessList | None] = {}
        self._seen: set[str] = set()
        self.interfaces: dict[str, Interface] = dict(course.before.interfaces)
        self.true = True

    def send(self, command: str) -> tuple[Touch, ...]:
        """Take a command."""
        touched = self._replay.send(command)
        for touch in touched:
            if touch.kind == "interface":
                self._read_again(str(touch.key))
            elif touch.kind == "list":
                self._acls.pop(cast("AclKey", touch.key), None)
        return touched

    def end(self) -> None:
        """See whether the end is that of the whole text."""
        after = self._course.after.interfaces
        self.true = self.true and self.interfaces.keys() == after.keys()
        self.true = self.true and all(_alike(self.interfaces.get(name), after.get(name)) for name in self._seen)

    def acl(self, key: AclKey) -> AccessList | None:
        """A list as it now is; None where there is none."""
        if key not in self._acls:
            lines = self._replay.acl(key)
            found = self._reader.read(lines, self._course.hostname).acls if lines is not None else {}
            self._acls[key] = found.get(key)
        return self._acls[key]

    def _read_again(self, name: str) -> None:
        if self._whole:
            self.interfaces = dict(self._reader.read(self._replay.text, self._course.hostname).interfaces)
            return
        if name not in self._seen:
            self._seen.add(name)
            self.true = self.true and _alike(
                self._alone(self._origin, name), self._course.before.interfaces.get(name)
            )
        found = self._alone(self._replay, name)
        if found is None:
            self.interfaces.pop(name, None)
        else:
            self.interfaces[name] = found

    def _alone(self, replay: Replay, name: str) -> Interface | None:
        """An interface from its own lines; ports of one kind that say the same are read once, whatever the device."""
        lines = replay.interface(name)
        if lines is None:
            return None
        kind = _PORT.fullmatch(name)
        if kind is None or lines.count("\ninterface ") or lines.startswith("interface Vlan"):
            return _read_alone(self._course.platform, lines, name)
        common = f"{kind[1]}1"
        below = "\n".join(line for line in lines.split("\n")[1:] if not line.startswith(" description"))
        found = _read_alone(self._course.platform, f"interface {common}\n{below}", common)
        return found and replace(found, name=name)


_PORT = re.compile(r"([A-Za-z-]+)[\d/]+")


@lru_cache(maxsize=2**14)
def _read_alone(platform: str, lines: str, name: str) -> Interface | None:
    return load_reader(platform).read(_SWITCH + lines, "").interfaces.get(name)


def _alike(one: Interface | None, other: Interface | None) -> bool:
    if one is None or other is None:
        return one is other
    return of_interface(one) == of_interface(other)
