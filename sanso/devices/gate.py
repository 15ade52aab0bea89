"""The separation proof while devices are worked on: told what each of them holds, it says what may be done."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

from sanso.city import City
from sanso.devices.errors import DeviceError
from sanso.messages import Finding, Severity
from sanso.network.snapshot import Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.difference import Difference, difference
from sanso.proof.frame import Frame
from sanso.proof.policy import Policy
from sanso.proof.replay import ProofError
from sanso.proof.topology import Topology
from sanso.proof.transition.course import Course
from sanso.proof.transition.essence import of_snapshot
from sanso.proof.transition.proof import Transition, prove_transition
from sanso.proof.verdict import Verdict, prove_topology, verdict_of
from sanso.proof.worse import unread_more, worsened

BROKEN_OFF = frozenset({"unknown", "moved"})
"""Variants of a finding after which the order of the devices was not looked at."""


@dataclass
class Known:
    """What is known of the devices of a city: as intended, until they were read."""

    snapshots: dict[str, Snapshot] = field(default_factory=dict)
    """By host name."""
    read: set[str] = field(default_factory=set)
    """Hosts whose configuration was read."""
    told: set[Hashable] = field(default_factory=set)
    """Findings that were told of them, by :func:`sanso.proof.worse.fault`."""


class Gate:
    """Knows what every device of a city holds, and says what may be done to it.

    Args:
        city: the city.
        known: what is known of its devices so far; snapshots of what they should hold, where none was read.
    """

    def __init__(self, city: City, known: Known) -> None:
        self.city = city
        self.known = known.snapshots
        self.read = known.read
        self.told = known.told
        self.policy = Policy.of_city(city)
        self.transition: Transition | None = None
        """The proof of the change, where there is one."""
        self._texts: dict[str, str] = {}
        self._courses: dict[str, Course] = {}
        self._before: dict[str, Snapshot] = {}
        self._proved: tuple[dict[str, Snapshot], Frame, Verdict] | None = None
        self._lock = Lock()

    def note(self, host: str, text: str) -> None:
        """Take in what a device holds."""
        self._texts[host] = text
        self.known[host] = self._snapshot(host, text)
        self.read.add(host)

    def verdict(self) -> Verdict:
        """The proof over what is known of all devices now."""
        return self._now()[1]

    def frame(self) -> Frame:
        """What the verdict is of, ready to be asked more."""
        return self._now()[0]

    def _now(self) -> tuple[Frame, Verdict]:
        known = dict(self.known)
        if self._proved is None or self._proved[0] != known:
            frame = Frame(Topology(known, self.city), self.policy)
            self._proved = known, frame, verdict_of(frame)
        return self._proved[1:]

    def handed(self, told: set[Hashable]) -> Known:
        """What the next gate has to know: of devices that were read, with what was told now."""
        return Known(
            {host: self.known[host] for host in self.known if host in self.read}, self.read, self.told | told
        )

    # ----- before a change ------------------------------------------------------------------------------------

    def plan(self, commands: Mapping[str, Sequence[str]]) -> dict[str, list[Finding]]:
        """Prove that nothing opens on the way, whatever the order of the devices and however far each of them comes.

        Args:
            commands: what is to be sent, by host name; every one of them was read.

        Returns:
            Why a device may not be changed, by host name. The others may be: each of them alone, or all.
        """
        if not commands:
            return {}
        self._before = dict(self.known)
        courses = {host: self._course(host, lines) for host, lines in commands.items()}
        refused: dict[str, list[Finding]] = {}
        network = Topology(self.known, self.city)
        while courses:
            self.transition = prove_transition(courses, network, self.policy)
            for finding in filter(_is_error, self.transition.findings):
                for host in _parts(finding, courses):
                    refused.setdefault(host, []).append(finding)
            courses = {host: course for host, course in courses.items() if host not in refused}
            if not any(finding.variant in BROKEN_OFF for finding in self.transition.findings):
                break
        self._courses = courses
        return refused

    def end(self) -> list[Finding]:
        """What is found of the network when every change is made that was planned last and not refused."""
        after = {host: course.after for host, course in self._courses.items()}
        return prove_topology(Topology({**self.known, **after}, self.city), self.policy).findings

    def difference(self) -> Difference | None:
        """What the change opens and closes that was planned and not refused; None where there is none."""
        if not self._courses:
            return None
        after = {**self._before, **{host: course.after for host, course in self._courses.items()}}
        one, other = (Frame(Topology(snapshots, self.city), self.policy) for snapshots in (self._before, after))
        return difference(one, other)

    # ----- after a change -------------------------------------------------------------------------------------

    def admit(self, host: str, text: str) -> None:
        """Let a change pass that left nothing but what was planned.

        Raises:
            DeviceError: it left something else, and with that more crosses between layers, or is not understood.
        """
        held, planned = self._snapshot(host, text), self._courses[host].after
        if _surprises(held, planned):
            with self._lock:  # one proof at a time: it needs a core for itself
                self._compare(host, planned, held)
        self.known[host] = held

    def _compare(self, host: str, planned: Snapshot, held: Snapshot) -> None:
        """Refuse what is found with one snapshot of a device and was not with the other."""
        was = Topology({**self.known, host: planned}, self.city)
        try:
            new = worsened(was, was.anew({**was.snapshots, host: held}), self.policy)
        except ProofError as error:
            raise DeviceError("separation", str(error)) from error
        if new:
            raise DeviceError("separation", host, findings=new)

    # ----- texts ----------------------------------------------------------------------------------------------

    def _course(self, host: str, commands: Sequence[str]) -> Course:
        return Course(host, self.city.devices[host].platform, self._texts[host], tuple(commands))

    def _snapshot(self, host: str, text: str) -> Snapshot:
        return read_snapshot(text, f"{host} (running)", self.city.devices[host].platform)


def _surprises(held: Snapshot, planned: Snapshot) -> bool:
    """Whether a device holds anything that decides where packets go and was not planned; less unread is none."""
    if unread_more(planned, held):
        return True
    one, other = (of_snapshot(replace(snapshot, unread=())) for snapshot in (held, planned))
    return one != other


def _parts(finding: Finding, courses: Iterable[str]) -> list[str]:
    """The devices that have a part in what opens; all, where it names none."""
    named = {str(finding.args.get("device", "")), *str(finding.args.get("devices", "")).split(", ")}
    return [host for host in courses if host in named] or list(courses)


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR
