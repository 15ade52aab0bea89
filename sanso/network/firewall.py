"""Filters of what a device forwards, whose rules look at both interfaces and at the state of a connection.

An access list stands at one interface and is read from the top. A firewall is a few such programs, one for each
*hook*: chains of clauses that may jump to each other, ask where a packet came in and where it leaves, and whether
connection tracking has seen its connection. A packet is forwarded if no hook drops it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import Match
from sanso.network.snapshot import Line

Action = Literal["accept", "drop", "jump", "goto", "return"]


class State(StrEnum):
    """What connection tracking says of a packet."""

    NEW = "new"
    ESTABLISHED = "established"
    RELATED = "related"
    INVALID = "invalid"
    UNTRACKED = "untracked"


ALL_STATES = frozenset(State)


class Passage(NamedTuple):
    """A way through a device, for packets of a family."""

    entrance: str
    exit: str
    family: Family


@dataclass(frozen=True)
class Case:
    """One of the ways to fit a clause; all parts must hold. None stands for any interface."""

    match: Match
    entrances: frozenset[str] | None = None
    exits: frozenset[str] | None = None
    states: frozenset[State] = ALL_STATES

    def enters(self, passage: Passage) -> bool:
        """Whether packets that come in there can fit."""
        return self.match.family == passage.family and (self.entrances is None or passage.entrance in self.entrances)

    def concerns(self, passage: Passage) -> bool:
        """Whether packets that go that way can fit."""
        return (self.exits is None or passage.exit in self.exits) and self.enters(passage)


@dataclass(frozen=True)
class Clause:
    """A rule: what it does with packets that fit one of its cases.

    Where ``exact`` is False the cases hold more than what really fits (a rate limit, a mark): such a clause may or
    may not take a packet that fits a case.
    """

    action: Action
    cases: tuple[Case, ...]
    line: Line
    target: str = ""
    """Chain that is jumped to."""
    exact: bool = True


@dataclass(frozen=True)
class ClauseChain:
    """Clauses in order. ``policy`` is what becomes of packets at the end of a hook's chain, in ``policy_line``."""

    name: str
    clauses: tuple[Clause, ...]
    line: Line
    families: frozenset[Family]
    policy: Literal["accept", "drop"] = "accept"
    policy_line: Line | None = None

    @property
    def last_line(self) -> Line:
        """The line that says the policy."""
        return self.policy_line or self.line


@dataclass(frozen=True, eq=False)
class Firewall:
    """All that decides which packets a device forwards."""

    hooks: tuple[str, ...]
    """Chains that every forwarded packet of their families is read by, in order."""
    chains: Mapping[str, ClauseChain]
    line: Line
    """Where the rules begin; stands for what no rule says."""
    offload: bool = False
    """Whether connections may be taken out of the filter's sight once they are established (flow tables)."""
    untracked: bool = False
    """Whether packets are kept from connection tracking, so that any of them may be untracked."""

    def hooks_of(self, family: Family) -> list[ClauseChain]:
        """Chains that read packets of a family."""
        return [chain for name in self.hooks if family in (chain := self.chains[name]).families]
