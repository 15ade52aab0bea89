"""A city as the texts of its devices, a person's edits to one of them, and what the proof then says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from sanso.city import load_city
from sanso.city.model import City
from sanso.messages import LANGUAGES, Finding, Severity
from sanso.network.facts import Family
from sanso.network.packets import Match, Packet
from sanso.network.snapshot import Line, Neighbour, Snapshot
from sanso.platforms import load_platform, read_snapshot
from sanso.proof.approved import approved
from sanso.proof.edges import ReadEdge
from sanso.proof.filters import bound_list
from sanso.proof.findings import ChainFinding
from sanso.proof.interpreter import judge, matches
from sanso.proof.policy import Policy
from sanso.proof.prove import Crossing, Passed, Proof, prove
from sanso.proof.topology import Topology
from sanso.proof.verdict import prove_network
from sanso.render import intend_city


class Config:
    """The text of a device; lines are counted from 1, as an editor does."""

    def __init__(self, text: str, device: str, platform: str) -> None:
        self.lines = text.splitlines()
        self.device = device
        self.platform = platform

    @property
    def text(self) -> str:
        return "\n".join([*self.lines, ""])

    @property
    def ios(self) -> bool:
        return self.platform == "ios"

    # ----- finding --------------------------------------------------------------------------------------------

    def number(self, head: str, inner: str = "", *, last: bool = False) -> int:
        """The line of a block's head, or the first (last) line in the block that contains words."""
        start = next(n for n, line in enumerate(self.lines) if line == head)
        if not inner:
            return start + 1
        end = next(n for n in range(start + 1, len(self.lines) + 1) if not self.lines[n : n + 1][0].startswith(" "))
        found = [n + 1 for n in range(start + 1, end) if inner in self.lines[n]]
        assert found, f"{inner!r} is not below {head!r} of {self.device}"
        return found[-1 if last else 0]

    def has(self, head: str, inner: str) -> bool:
        """Whether a block contains words."""
        try:
            return bool(self.number(head, inner))
        except (AssertionError, StopIteration):
            return False

    def line(self, number: int) -> str:
        return self.lines[number - 1]

    # ----- editing --------------------------------------------------------------------------------------------

    def change(self, number: int, old: str, new: str) -> int:
        """Put words in the place of others in a line."""
        assert old in self.lines[number - 1], f"{old!r} is not in {self.lines[number - 1]!r}"
        self.lines[number - 1] = self.lines[number - 1].replace(old, new)
        return number

    def insert(self, number: int, *lines: str) -> int:
        """Put lines before one."""
        self.lines[number - 1 : number - 1] = lines
        return number

    def delete(self, number: int) -> None:
        del self.lines[number - 1]

    def append(self, *lines: str) -> int:
        """Put a block at the end; the number of its first line."""
        return self.insert(self.lines.index("end") + 1, *lines, "!")

    # ----- words of the platform ------------------------------------------------------------------------------

    def acl(self, segment: str, family: Family = "ipv4") -> str:
        """The head of a segment's list."""
        extended = "extended " if self.ios and family == "ipv4" else ""
        return f"{_word(family)} access-list {extended}{self.acl_name(segment, family)}"

    def acl_name(self, segment: str, family: Family = "ipv4") -> str:
        return f"SANSO-{segment}-IN-V{'4' if family == 'ipv4' else '6'}"

    def entry(self, sequence: int, words: str, family: Family = "ipv4") -> str:
        """A numbered line of a list."""
        return f" {'sequence ' if self.ios and family == 'ipv6' else ''}{sequence} {words}"

    def bind(self, name: str, family: Family = "ipv4", direction: str = "in") -> str:
        verb = "traffic-filter" if self.ios and family == "ipv6" else "access-group"
        return f" {_word(family)} {verb} {name} {direction}"

    def address(self, address: str, more: str = "") -> str:
        """An address line; ``address`` is IPv4 in a /24, or IPv6 with its length."""
        if ":" in address:
            return f" ipv6 address {address}"
        return f" ip address {address}{' 255.255.255.0' if self.ios else '/24'}{more}"


def _word(family: Family) -> str:
    return "ip" if family == "ipv4" else "ipv6"


Plant = Callable[[Config], int]
"""Edits a configuration and gives the number of the line that is then at fault."""


@dataclass(frozen=True)
class Outcome:
    """What is said of a changed city."""

    snapshots: Mapping[str, Snapshot]
    topology: Topology
    proof: Proof
    flows: Mapping[str, list[Match]]
    """What the city approves, by the layer it comes from."""
    city: City

    @cached_property
    def errors(self) -> list[Finding]:
        return [one for one in self.topology.findings if one.severity is Severity.ERROR]

    @property
    def silent(self) -> bool:
        """Whether the city is said to be proved."""
        return self.proof.holds and not self.errors

    @cached_property
    def told(self) -> set[tuple[str, int]]:
        """Lines that people are told of."""
        verdict = prove_network(self.snapshots, self.city)
        assert verdict.holds is self.silent
        errors = [one for one in verdict.findings if one.severity is Severity.ERROR]
        assert all(one.lines(lang) for one in errors for lang in LANGUAGES)
        return {place_of(one) for one in errors}

    def replays(self, crossing: Crossing) -> bool:
        """Whether the witness passes all on its way line by line, to its target, and no flow asks for it."""
        packet = crossing.packet
        inside = packet.target in range(
            int(crossing.target.prefix.network_address), int(crossing.target.prefix.broadcast_address) + 1
        )
        bridged = crossing.source.domain == crossing.target.domain  # then it passes no list
        passes = bridged or all(self._passes(one, packet) for one in crossing.way)
        return inside and passes and not self.approves(crossing)

    def approves(self, crossing: Crossing) -> bool:
        return any(matches(match, crossing.packet) for match in self.flows.get(crossing.source_layer, ()))

    def _passes(self, passed: Passed, packet: Packet) -> bool:
        stage = passed.stage
        snapshot = self.snapshots[stage.device]
        interface = snapshot.interfaces.get(stage.interface)
        bindings = interface.bindings if interface is not None else ()
        bound = [one for one in bindings if (one.family, one.direction) == (packet.family, stage.direction)]
        if not bound:
            return passed.line is None and stage.acl is None
        verdict = judge(bound_list(snapshot, bound[-1]), packet)
        return verdict.permitted and (verdict.rule is None or verdict.rule.line == passed.line)


class World:
    """A city, rendered and read once; edits are read again for the one device only."""

    def __init__(self, inventory: Path) -> None:
        self.city = load_city(inventory)
        self.texts = {
            name: load_platform(intent.facts.platform).render(intent.facts)
            for name, intent in intend_city(self.city).items()
        }
        self.snapshots = {name: self._read(name, text) for name, text in self.texts.items()}
        self.flows: dict[str, list[Match]] = {}
        for part in approved(self.city):
            self.flows.setdefault(part.source_layer, []).append(part.match)

    def _read(self, name: str, text: str) -> Snapshot:
        return read_snapshot(text, f"{name}.cfg", self.city.devices[name].platform)

    def config(self, device: str) -> Config:
        return Config(self.texts[device], device, self.city.devices[device].platform)

    def outcome(
        self,
        *changed: Config,
        cables: Mapping[str, Mapping[str, tuple[str, str]]] | None = None,
        edges: Sequence[ReadEdge] = (),
    ) -> Outcome:
        """Prove the city with some devices changed, and with what their neighbour tables tell."""
        snapshots = {**self.snapshots, **{one.device: self._read(one.device, one.text) for one in changed}}
        for name, told in (cables or {}).items():
            neighbours = tuple(Neighbour(port, *far) for port, far in told.items())
            snapshots[name] = replace(snapshots[name], neighbours=neighbours)
        topology = Topology(snapshots, self.city, edges=edges)
        return Outcome(snapshots, topology, prove(topology, Policy.of_city(self.city)), self.flows, self.city)


def lines_of(crossing: Crossing) -> set[tuple[str, int]]:
    """File and number of each line that a crossing shows: what let it pass, and what bound the list there."""
    shown: list[Line | None] = [line for one in crossing.way for line in (one.line, one.stage.line)]
    return {(line.file, line.number) for line in shown if line is not None and line.number}


def place_of(finding: Finding) -> tuple[str, int]:
    """File and number of the line that a finding points at."""
    assert isinstance(finding, ChainFinding)
    assert finding.location is not None
    return finding.location.file, finding.location.line


def assert_crosses(outcome: Outcome, device: str, number: int) -> None:
    """Packets cross, each shows the line at fault, and its witness replays."""
    assert outcome.proof.crossings, "the fault is not found"
    for crossing in outcome.proof.crossings:
        assert (f"{device}.cfg", number) in lines_of(crossing), f"the line is not shown: {crossing.way}"
        assert outcome.replays(crossing), f"the witness does not replay: {crossing.packet}"


def assert_found(outcome: Outcome, rule: str, device: str, number: int, variant: str | None = None) -> None:
    """The topology blames the line, and no other."""
    places = [place_of(one) for one in outcome.errors if one.rule == rule]
    assert places == [(f"{device}.cfg", number)], [(one.rule, one.variant, place_of(one)) for one in outcome.errors]
    if variant is not None:
        assert {one.variant for one in outcome.errors if one.rule == rule} == {variant}
    assert {one.rule for one in outcome.errors} == {rule}, "and nothing else is blamed"
