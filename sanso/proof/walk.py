"""The plain way through a firewall: one packet, clause by clause, jump by jump.

It shares nothing with :mod:`sanso.proof.passages`, so that replaying a packet here tells whether that was right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from sanso.network.firewall import Clause, ClauseChain, Firewall, Passage, State
from sanso.network.packets import Packet
from sanso.proof.interpreter import matches

_TCP = 6
_ANSWERED = {(1, 0): 8, (1, 14): 13, (1, 16): 15, (1, 18): 17, (58, 129): 128, (58, 140): 139}
"""Protocol and type of an ICMP answer → type that it answers."""
_BEGINNING = {(1, 8), (1, 13), (1, 15), (1, 17), (58, 128), (58, 139)}
_ERRORS = {(1, 3), (1, 4), (1, 5), (1, 11), (1, 12), (58, 1), (58, 2), (58, 3), (58, 4)}
_NEVER_TRACKED = {(58, number) for number in (*range(130, 138), 143)}

Outcome = Literal["accept", "drop", "end"]


def forwards(firewall: Firewall, passage: Passage, packet: Packet, flows: Iterable[Packet] | None = None) -> bool:
    """Whether a firewall may let a packet through.

    Args:
        firewall: the firewall.
        passage: where the packet comes in, and where it leaves.
        packet: the packet.
        flows: first packets of the connections that there may be, to tell whether an ICMP error belongs to one; by
            default every error does.
    """
    if not firewall.hooks_of(passage.family):
        return True
    return any(
        (state is State.ESTABLISHED and firewall.offload) or _passes(firewall, passage, packet, state)
        for state in _states(firewall, passage, packet, flows)
    )


def _states(firewall: Firewall, passage: Passage, packet: Packet, flows: Iterable[Packet] | None) -> Iterator[State]:
    """What connection tracking may say of a packet."""
    back = Passage(passage.exit, passage.entrance, passage.family)
    kind = (packet.protocol, packet.icmp_type)
    yield State.INVALID
    if packet.protocol not in {1, 58} or kind in _BEGINNING:
        yield State.NEW
    followed = [replace(packet, established=False)] if packet.established else []
    if any(_begins(firewall, back, one) for one in _answered(packet)) or any(
        _begins(firewall, passage, one) for one in followed
    ):
        yield State.ESTABLISHED
    own = packet.protocol == (1 if packet.family == "ipv4" else 58)
    if own and kind in _ERRORS and (flows is None or any(_concerns(firewall, passage, packet, one) for one in flows)):
        yield State.RELATED
    if firewall.untracked or (kind in _NEVER_TRACKED and packet.family == "ipv6"):
        yield State.UNTRACKED


def _begins(firewall: Firewall, passage: Passage, packet: Packet) -> bool:
    tracked = packet.protocol not in {1, 58} or (packet.protocol, packet.icmp_type) in _BEGINNING
    return tracked and _passes(firewall, passage, packet, State.NEW)


def _concerns(firewall: Firewall, passage: Passage, error: Packet, flow: Packet) -> bool:
    """Whether an error goes from one end to the other of a connection that passes, either way."""
    back = Passage(passage.exit, passage.entrance, passage.family)
    ends = (error.source, error.target)
    return ((flow.target, flow.source) == ends and _begins(firewall, back, flow)) or (
        (flow.source, flow.target) == ends and _begins(firewall, passage, flow)
    )


def _answered(packet: Packet) -> Iterator[Packet]:
    """Packets that this one may be the answer to."""
    there = replace(
        packet,
        source=packet.target,
        target=packet.source,
        source_port=packet.target_port,
        target_port=packet.source_port,
    )
    if packet.protocol in {1, 58}:
        kind = _ANSWERED.get((packet.protocol, packet.icmp_type))
        if kind is not None:
            yield from (replace(there, icmp_type=kind, icmp_code=code) for code in range(256))
    elif packet.protocol != _TCP:
        yield there
    elif packet.established:
        yield from (replace(there, established=state) for state in (False, True))


def _passes(firewall: Firewall, passage: Passage, packet: Packet, state: State) -> bool:
    """Whether all hooks may accept a packet that is in a state."""
    reader = _Reader(firewall, passage, packet, state)
    for hook in firewall.hooks_of(passage.family):
        found = {hook.policy if one == "end" else one for one in reader.read(hook)}
        if "accept" not in found:
            return False
    return True


class _Reader:
    """Reads chains with one packet; a clause that may or may not take it has both outcomes."""

    def __init__(self, firewall: Firewall, passage: Passage, packet: Packet, state: State) -> None:
        self.firewall = firewall
        self.passage = passage
        self.packet = packet
        self.state = state

    def read(self, chain: ClauseChain) -> set[Outcome]:
        found: set[Outcome] = set()
        for clause in chain.clauses:
            if not self._fits(clause):
                continue
            outcomes, goes_on = self._does(clause)
            found |= outcomes
            if clause.exact and not goes_on:
                return found
        return found | {"end"}

    def _fits(self, clause: Clause) -> bool:
        entrance, leaving, _ = self.passage
        return any(
            (case.entrances is None or entrance in case.entrances)
            and (case.exits is None or leaving in case.exits)
            and self.state in case.states
            and matches(case.match, self.packet)
            for case in clause.cases
        )

    def _does(self, clause: Clause) -> tuple[set[Outcome], bool]:
        """What may become of the packet, and whether the chain may read it on."""
        match clause.action:
            case "accept" | "drop":
                return {clause.action}, False
            case "return":
                return {"end"}, False
            case "goto":
                return self.read(self.firewall.chains[clause.target]), False
            case _:
                outcomes = self.read(self.firewall.chains[clause.target])
                return outcomes - {"end"}, "end" in outcomes
