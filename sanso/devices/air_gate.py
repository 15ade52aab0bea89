"""The separation proof while controllers and access points are worked on: what is on the air, before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from sanso.change import Assessment, assess
from sanso.city import City
from sanso.devices.errors import DeviceError
from sanso.messages import Finding
from sanso.network.on_air import OnAir, on_air
from sanso.network.snapshot import Snapshot
from sanso.network.wireless import WirelessFacts
from sanso.platforms import load_controller
from sanso.proof.air import Air, air_at, read_air, worse_air
from sanso.proof.air_steps import AirCourse, step_findings
from sanso.proof.edges import ReadEdge
from sanso.proof.frame import Frame
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.verdict import Verdict, verdict_of
from sanso.proof.worse import fault
from sanso.render import WirelessIntent, intend_wireless


class AirGate:
    """Knows what every controller and access point of a city puts on the air, and says what may be done to it.

    Args:
        city: the city; what it intends for controllers and access points counts until they were read.
        switches: what its switches hold, or should hold.
    """

    def __init__(self, city: City, switches: Mapping[str, Snapshot]) -> None:
        self.city = city
        self.known = intend_wireless(city)
        self.read: set[str] = set()
        """Hosts whose configuration was read."""
        self.policy = Policy.of_city(city)
        self._switches = switches
        self._texts: dict[str, str] = {}
        self._courses: dict[str, AirCourse] = {}
        self._last: tuple[list[ReadEdge], Frame, Verdict] | None = None

    def note(self, host: str, text: str) -> None:
        """Take in what a controller or access point holds."""
        self._texts[host] = text
        self.known[host] = self._facts(host, text)
        self.read.add(host)

    def verdict(self) -> Verdict:
        """The proof over what is known now."""
        return self._proved(self.known)

    def frame(self) -> Frame:
        """The network that the verdict is of, ready to be asked more."""
        return self._network(read_air(self.known, self.city))[0]

    def at(self, host: str, mac: str) -> list[Finding]:
        """What is wrong at one access point of a controller as it is now."""
        return air_at(self.known[host], self.city, mac)

    def plan(self, commands: Mapping[str, Sequence[str]]) -> dict[str, list[Finding]]:
        """Why a controller may not be changed by the commands that are planned for it.

        Each by itself: what two of them put on the air meets only in VLANs, and those are proved as a whole.
        """
        refused: dict[str, list[Finding]] = {}
        self._courses = {}
        for host, lines in commands.items():
            course = AirCourse(host, self.city.platforms[host], self._texts[host], tuple(lines))
            if found := [*step_findings(course)] or self._worse(host, course):
                refused[host] = found
            else:
                self._courses[host] = course
        return refused

    def end(self) -> list[Finding]:
        """What is found of the network when every change is made that was planned last and not refused."""
        after = {host: course.after for host, course in self._courses.items()}
        return self._proved({**self.known, **after}).findings

    def admit(self, host: str, text: str) -> None:
        """Let a change pass that left nothing on the air but what was planned.

        Raises:
            DeviceError: it left something else.
        """
        held, planned = self._facts(host, text), on_air(self._courses[host].after)
        if surprises := on_air(held) - planned:
            raise DeviceError("separation", f"{host}: {_said(surprises)}")
        self.known[host] = held

    def assess(self, intent: WirelessIntent) -> Assessment | None:
        """A controller as it was read, beside another intent than it is worked on with; None where it was not."""
        text = self._texts.get(intent.facts.hostname)
        return assess(intent, text) if text is not None else None

    def _worse(self, host: str, course: AirCourse) -> list[Finding]:
        """What is found with a controller as planned, and is not with what it holds."""
        found = worse_air(self.known[host], course.after, self.city)
        if on_air(course.after) == on_air(self.known[host]):
            return found
        known = {fault(one) for one in self._network(read_air(self.known, self.city))[1].findings}
        _, after = self._network(read_air({**self.known, host: course.after}, self.city))
        return [*found, *(one for one in after.findings if fault(one) not in known)]

    def _network(self, air: Air) -> tuple[Frame, Verdict]:
        if self._last is None or self._last[0] != air.edges:  # most runs find what was intended
            frame = Frame(Topology(self._switches, self.city, edges=air.edges), self.policy)
            self._last = air.edges, frame, verdict_of(frame)
        return self._last[1:]

    def _proved(self, facts: Mapping[str, WirelessFacts]) -> Verdict:
        air = read_air(facts, self.city)
        _, verdict = self._network(air)
        devices = verdict.devices + len(facts)
        return replace(verdict, findings=[*air.findings, *verdict.findings], devices=devices)

    def _facts(self, host: str, text: str) -> WirelessFacts:
        return load_controller(self.city.platforms[host]).parse(host, text)


def _said(found: frozenset[OnAir]) -> str:
    return ", ".join(sorted({f"{one.ssid} → VLAN {one.vlan or '-'}" for one in found}))
