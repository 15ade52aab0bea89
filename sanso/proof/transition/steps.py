"""Every state of a device between two commands, held to the states before the first and after the last.

For each interface that a command touched: the frames that it takes, its addresses, and the packets that pass its
lists must be among those of one of the ends.  Where an interface is shut, or has no address of a family, nothing
passes; a list that is bound and does not exist, or is empty, lets everything through.

VLANs that a device does not have are not taken into account: a port opens what its own lines let through.  So a new
device's ports, which are all in VLAN 1 and may become trunks, do not open anything when its VLANs are made.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from sanso.network.facts import ALL_VLANS, AclKey, Direction, Family, Mode
from sanso.network.packets import Packet
from sanso.network.snapshot import AccessList, Interface, Line, Switching
from sanso.network.vlans import write_vlans
from sanso.platforms import ReplayError
from sanso.proof.filters import Filter, Reading, services_of
from sanso.proof.interpreter import judge
from sanso.proof.replay import ProofError
from sanso.proof.space import everything, pick
from sanso.proof.transition.course import Course, Walk
from sanso.proof.transition.envelope import WAYS, bound, live, told


@dataclass(frozen=True)
class Opened:
    """What a state lets through that neither end does; ``number`` counts commands from 1."""

    device: str
    number: int
    command: str
    interface: str
    kind: str
    """``port``: VLANs; ``address``; ``list`` and ``unlisted``: a packet; ``unknown``: it cannot be told."""
    what: str
    line: Line
    """The line of the state that lets it through, or of the command."""


@dataclass(frozen=True)
class Passage:
    """A course that was gone through."""

    course: Course
    opened: tuple[Opened, ...]
    states: int


def walk(course: Course) -> Passage:
    """Look at every state of a course; where a command is not known the course ends, not proved."""
    try:
        _ = course.after
    except ReplayError as error:
        line = Line(course.hostname, 0, str(error))
        return Passage(course, (Opened(course.hostname, 0, "", "", "unknown", str(error), line),), 0)
    if not course.stepwise:
        return Passage(course, (), 1)
    for whole in (False, True):
        steps = _Steps(course, Walk(course, whole=whole))
        opened = tuple(steps.run())
        if steps.walk.true:
            break
    return Passage(course, opened, len(course.commands))


class _Steps:
    def __init__(self, course: Course, state: Walk) -> None:
        self.course = course
        self.walk = state
        self.ends = (course.before, course.after)
        self._users: dict[AclKey, set[str]] = {}
        self._told: set[tuple[str, str, str]] = set()
        for name, interface in state.interfaces.items():
            self._use(name, interface)

    def run(self) -> Iterator[Opened]:
        """What opens, each thing once: with the command that opens it."""
        for number, command in enumerate(self.course.commands, 1):
            touched = self.walk.send(command)
            names = [str(touch.key) for touch in touched if touch.kind == "interface"]
            for name in names:
                self._use(name, self.walk.interfaces.get(name))
            for touch in touched:
                if touch.kind == "list":
                    names += sorted(self._users.get(cast("AclKey", touch.key), ()))
            for name in dict.fromkeys(names):
                if (interface := self.walk.interfaces.get(name)) is not None:
                    for kind, what, line in self._of(interface):
                        if (name, kind, what) not in self._told:
                            self._told.add((name, kind, what))
                            said = Line(self.course.hostname, 0, line.text)
                            yield Opened(self.course.hostname, number, command.strip(), name, kind, what, said)
        self.walk.end()

    def _use(self, name: str, interface: Interface | None) -> None:
        """Keep in mind which interfaces a list is bound to."""
        for users in self._users.values():
            users.discard(name)
        for one in interface.bindings if interface is not None else ():
            self._users.setdefault((one.family, one.name), set()).add(name)

    def _of(self, now: Interface) -> Iterator[tuple[str, str, Line]]:
        """What an interface opens: kind, what, and the line."""
        ends = [end.interfaces.get(now.name) for end in self.ends]
        untagged, tagged = frames(now)
        for one in ends:
            if one is not None:
                untagged, tagged = untagged & ~frames(one)[0], tagged & ~frames(one)[1]
        if (untagged or tagged) and now.switching is not None:
            yield "port", vlan_text(untagged | tagged), (now.switching.lines or (now.line,))[0]
        if now.shutdown or not (now.addresses or now.bindings):
            return
        addresses = {(one.vrf, had.interface) for one in ends if one and not one.shutdown for had in one.addresses}
        for address in now.addresses:
            if (now.vrf, address.interface) not in addresses:
                yield "address", str(address.interface), address.line
        yield from self._lists(now, ends)

    def _lists(self, now: Interface, ends: list[Interface | None]) -> Iterator[tuple[str, str, Line]]:
        known = told(now, *ends)
        for way in WAYS:
            if not live(now, way[0], told=known):
                continue
            before = [
                bound(snapshot, one, way)
                for snapshot, one in zip(self.ends, ends, strict=True)
                if one is not None and live(one, way[0], told=known)
            ]
            if None in before or (known and not before):
                continue  # an end lets everything through; or its address is none of either end, which was told
            acl = self._bound(now, way)
            packet = beyond(acl, [one for one in before if one is not None], way[0])
            if packet is not None:
                line = now.line if acl is None else acl.line
                yield ("unlisted" if acl is None or not acl.rules else "list"), str(packet), line

    def _bound(self, now: Interface, way: tuple[Family, Direction]) -> AccessList | None:
        found = [one for one in now.bindings if (one.family, one.direction) == way]
        if not found:
            return None
        acl = self.walk.acl((way[0], found[-1].name))
        return acl or AccessList(way[0], found[-1].name, (), found[-1].line)


def beyond(acl: AccessList | None, others: list[AccessList], family: Family) -> Packet | None:
    """A packet that a list may permit (without one, any) and none of some others does for sure.

    Raises:
        ProofError: the naive interpreter takes it otherwise.
    """
    if acl is not None and any(_words(acl) == _words(one) for one in others):
        return None
    whole = AccessList(family, "", (), Line("", 0, "")) if acl is None else acl
    services = services_of([whole, *others])
    left = everything(family, services)
    for one in others:
        left = left - Filter(one, services, Reading.MUST).space(left)
    left = Filter(whole, services).space(left)
    if not left:
        return None
    packet = pick(left, family, services)
    verdicts = [judge(one, packet) for one in others]
    if not judge(whole, packet).permitted or any(one.permitted and one.certain for one in verdicts):
        raise ProofError(f"{packet} was taken to pass {whole.name} alone, which is not so line by line")
    return packet


def _words(acl: AccessList) -> object:
    """What a list says, whatever the numbers of its lines."""
    return [(one.action, one.matches, "" if one.understood else one.line.text) for one in acl.rules]


# ----- frames ---------------------------------------------------------------------------------------------------


def frames(port: Interface) -> tuple[int, int]:
    """Untagged and tagged VLANs whose frames a port takes, as bits; one that negotiates may become a trunk."""
    if port.shutdown or port.switching is None:
        return 0, 0
    return _frames(port.switching.mode, *_numbers(port.switching))


def _numbers(port: Switching) -> tuple[int, int, frozenset[int], int]:
    return port.access_vlan, port.native_vlan, port.allowed, port.voice_vlan or 0


@lru_cache(maxsize=4096)
def _frames(mode: Mode, access: int, native: int, allowed: frozenset[int], voice: int) -> tuple[int, int]:
    untagged = tagged = 0
    if mode in (Mode.ACCESS, Mode.DYNAMIC):
        untagged, tagged = 1 << access, 1 << access | (1 << voice if voice else 0)
    if mode in (Mode.TRUNK, Mode.DYNAMIC):
        carried = _bits(allowed)
        untagged, tagged = untagged | carried & 1 << native, tagged | carried
    return untagged, tagged


@lru_cache(maxsize=4096)
def _bits(vlans: frozenset[int]) -> int:
    return sum(1 << vlan for vlan in vlans)


def vlan_text(bits: int) -> str:
    """VLANs as people write them."""
    return write_vlans(vlan for vlan in ALL_VLANS if bits >> vlan & 1)
