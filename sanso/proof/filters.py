"""What an access list permits, and which of its lines decides what.

First match wins, and what no line matches is denied; an IPv6 list permits neighbour discovery before that.  A list
that is bound but does not exist, or has no rules, lets everything through: so do IOS and EOS.

A rule that was not understood is read in one of three ways, so that a proof always errs on the safe side.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from sanso.network.facts import Family
from sanso.network.packets import Match, any_address
from sanso.network.snapshot import AccessList, Binding, Line, Rule, Snapshot
from sanso.proof.boxes import Box, Cut, carved, first_match, merged, overlap
from sanso.proof.index import Index
from sanso.proof.services import ICMP6, Services
from sanso.proof.space import Space, everything, matched

_NEIGHBOURS = {"nd-na": 136, "nd-ns": 135}
"""ICMPv6 types of neighbour advertisement and solicitation (RFC 4861)."""


class Reading(Enum):
    """What rules that were not understood are taken for: the actions that then match every packet.

    ``MAY`` finds all that a list may permit, ``MUST`` what it permits for sure, ``ONLY`` leaves those rules out.
    """

    MAY = frozenset({"permit"})
    MUST = frozenset({"deny"})
    ONLY = frozenset[str]()


class Piece(NamedTuple):
    """Packets, and the rule that decides them."""

    box: Box
    rule: Rule
    place: int
    """Of the rule, among the filter's rules."""


class Filter:
    """An access list, ready to be asked.

    ``rules`` are the written and then the implied ones, whose lines have number 0.
    """

    def __init__(self, acl: AccessList, services: Services, reading: Reading = Reading.MAY) -> None:
        self.acl = acl
        self.services = services
        self.rules: tuple[Rule, ...] = (*acl.rules, *implied_rules(acl))
        self.cuts: list[Cut] = []
        """Everything that the rules match, in order; a cut's number is its place here."""
        self.rule_of: list[int] = []
        """Place in ``rules``, for each cut."""
        for number, rule in enumerate(self.rules):
            for box in boxes_of(rule, acl.family, services, reading):
                self.cuts.append((*box, len(self.cuts)))
                self.rule_of.append(number)
        self.index = Index(self.cuts)

    @property
    def proved(self) -> bool:
        """Whether every rule was understood."""
        return all(rule.understood for rule in self.acl.rules)

    def permitted(self, within: Space | None = None) -> list[Piece]:
        """What the list lets through, each piece with the rule that permits it; pieces are disjoint."""
        return self._pieces(part for box in self._asked(within) for part in self._permitted(box))

    def decided(self, within: Space | None = None) -> list[Piece]:
        """All packets, each piece with the rule that permits or denies it; pieces are disjoint."""
        return self._pieces(
            part for box in self._asked(within) for part in first_match(box, self.index.touching(box))
        )

    def space(self, within: Space | None = None) -> Space:
        """What the list lets through."""
        return Space(merged(piece.box for piece in self.permitted(within)))

    def beyond(self, within: Space, but: Space) -> Space:
        """What the list lets through of some packets, less others: ``(space() & within) - but``.

        Where that is nothing, as for nearly every list of a network that keeps its layers apart, it is found out
        line by line, and what the list lets through as a whole is never put together.
        """
        found: list[Box] = []
        for cut in self.cuts:
            own, place = cut[:5], cut[5]
            if self.rules[self.rule_of[place]].action == "permit" and within.index.touching(own):
                less = (*but.index.touching(own), *self.index.touching(own, before=place))
                for part in carved(own, less):
                    found += filter(None, (overlap(part, one) for one in within.index.touching(part)))
        return Space(merged(found))

    def _asked(self, within: Space | None) -> Space:
        return everything(self.acl.family, self.services) if within is None else within

    def _permitted(self, box: Box) -> Iterator[Cut]:
        """Each permitting line less the lines before it; lines that deny need no look of their own."""
        for cut in self.index.touching(box):
            place = cut[5]
            if self.rules[self.rule_of[place]].action == "permit" and (own := overlap(box, cut)):
                for part in carved(own, self.index.touching(own, before=place)):
                    yield (*part, place)

    def _pieces(self, parts: Iterable[Cut]) -> list[Piece]:
        by_rule: dict[int, list[Box]] = {}
        for part in parts:
            by_rule.setdefault(self.rule_of[part[5]], []).append(part[:5])
        return [Piece(box, self.rules[place], place) for place in sorted(by_rule) for box in merged(by_rule[place])]


def implied_rules(acl: AccessList) -> tuple[Rule, ...]:
    """What no line of a list says; the permit of a list without rules carries the line that names the list."""
    if not acl.rules:
        return (Rule("permit", (_whole(acl.family),), acl.line),)
    return _implied(acl.family, acl.line.file)


@lru_cache(maxsize=4096)
def _implied(family: Family, file: str) -> tuple[Rule, ...]:
    whole = _whole(family)
    deny = Rule("deny", (whole,), Line(file, 0, f"deny {'ip' if family == 'ipv4' else 'ipv6'} any any"))
    if family == "ipv4":
        return (deny,)
    discovery = (
        (word, replace(whole, protocols=((ICMP6, ICMP6),), icmp_types=((number, number),)))
        for word, number in _NEIGHBOURS.items()
    )
    return (
        *(Rule("permit", (match,), Line(file, 0, f"permit icmp any any {word}")) for word, match in discovery),
        deny,
    )


def _whole(family: Family) -> Match:
    return Match(family, any_address(family), any_address(family))


def boxes_of(rule: Rule, family: Family, services: Services, reading: Reading) -> list[Box]:
    """What a rule matches, or is taken to match."""
    if rule.understood:
        return [box for match in rule.matches if match.family == family for box in matched(match, services)]
    return list(everything(family, services)) if rule.action in reading.value else []


def bound_list(snapshot: Snapshot, binding: Binding) -> AccessList:
    """The list that an interface names; one without rules, in the binding's line, where there is none."""
    found = snapshot.acls.get((binding.family, binding.name))
    return found or AccessList(binding.family, binding.name, (), binding.line)


def services_of(lists: Iterable[AccessList], others: Iterable[Match] = ()) -> Services:
    """Atoms fine enough for all rules of some lists, and for other matches such as approved flows."""
    rules = (rule for acl in lists for rule in (*acl.rules, *implied_rules(acl)))
    return Services((*(match for rule in rules for match in rule.matches), *others))
