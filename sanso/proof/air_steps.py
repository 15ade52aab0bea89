"""Whether a change of a controller puts anything on the air on its way that neither of its ends does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from sanso.messages import Finding
from sanso.network.on_air import OnAir, asked, on_air
from sanso.network.snapshot import Line
from sanso.network.wireless import WirelessFacts
from sanso.platforms import ReplayError, WirelessPlatform, WirelessReplay, load_controller
from sanso.platforms.wireless import EVERYWHERE, NOWHERE
from sanso.proof.findings import error


@dataclass(frozen=True)
class AirCourse:
    """A change of one controller: the commands in the order in which they are sent."""

    hostname: str
    platform: str
    text: str
    """The running configuration before."""
    commands: tuple[str, ...]

    @cached_property
    def controller(self) -> WirelessPlatform:
        """What the controller runs."""
        return load_controller(self.platform)

    @cached_property
    def before(self) -> WirelessFacts:
        """What it holds."""
        return self.controller.parse(self.hostname, self.text)

    @cached_property
    def after(self) -> WirelessFacts:
        """What it will hold.

        Raises:
            ReplayError: what a command does is not known.
        """
        replay = self.controller.replay(self.text)
        for command in self.commands:
            replay.send(command)
        return self.controller.parse(self.hostname, replay.text)

    def on_the_way(self) -> Iterator[tuple[int, WirelessFacts]]:
        """Numbers of commands, from 1, with what the controller holds after each, as far as it matters on the air.

        Raises:
            ReplayError: what a command does is not known.
        """
        replay, facts = self.controller.replay(self.text), self.before
        head = ""
        for number, command in enumerate(self.commands, 1):
            head = head if command.startswith(" ") else command
            replay.send(command)
            match self.controller.reach(head):
                case reach if reach == NOWHERE:
                    continue
                case reach if reach == EVERYWHERE:
                    facts = self.controller.parse(self.hostname, replay.text)
                    yield number, facts
                case mac:
                    facts = self._with_point(facts, replay, head, mac)
                    yield number, replace(facts, aps={mac: facts.aps[mac]} if mac in facts.aps else {})

    def _with_point(self, facts: WirelessFacts, replay: WirelessReplay, head: str, mac: str) -> WirelessFacts:
        """Facts in which one access point is as the configuration now has it; all else is as it was."""
        found = self.controller.parse(self.hostname, replay.block(head)).aps
        others = {name: ap for name, ap in facts.aps.items() if name != mac}
        return replace(facts, aps={**others, **found})


def step_findings(course: AirCourse) -> Iterator[Finding]:
    """The first command that opens something, or whose effect is not known."""
    number = 0
    try:
        allowed = on_air(course.before) | on_air(course.after)
        allowed |= _untagged(course, allowed)
        servers = asked(course.before) | asked(course.after)
        for number, facts in course.on_the_way():
            if opened := sorted(on_air(facts) - allowed, key=str):
                yield _finding(course, number, "opens", ssid=opened[0].ssid, vlan=opened[0].vlan or "-")
                return
            if others := sorted(one for one in asked(facts) - servers if one.server):
                yield _finding(course, number, "asks", ssid=others[0].ssid, server=others[0].server)
                return
    except ReplayError as problem:
        yield _finding(course, number + 1, "unknown", problem=str(problem))


def _untagged(course: AirCourse, heard: frozenset[OnAir]) -> frozenset[OnAir]:
    """What access points that are new put on the air as long as nobody gave them anything."""
    new = course.after.aps.keys() - course.before.aps.keys()
    return frozenset(one._replace(mac=mac) for one in heard if not one.mac for mac in new)


def _finding(course: AirCourse, number: int, variant: str, **args: object) -> Finding:
    command = course.commands[number - 1].strip()
    line = Line(course.hostname, 0, command)
    return error("AIR-06", line, {"device": course.hostname, "number": number, "command": command, **args}, variant)
