"""An answer to a question in words, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sanso.messages import Language, text
from sanso.network.facts import Family
from sanso.proof.passages import NUMBER
from sanso.proof.question import Answer, Approval, Pair
from sanso.proof.traffic import words
from sanso.proof.trips import Hop, Journey, Reach, Trip
from sanso.rules.words import some

FAMILY_NAMES: dict[Family, str] = {"ipv4": "IPv4", "ipv6": "IPv6"}
_FEW = 6
"""So many pairs, doubts or addresses are listed."""


class Words:
    """Says an answer in one language.

    Args:
        answer: the answer.
        lang: the language.
        today: day on which flows are taken to be asked for; those that ended before are told so.
        whole: whether each pair is shown with its ways, and not one pair for each kind of answer.
    """

    def __init__(self, answer: Answer, lang: Language, today: date | None = None, *, whole: bool = False) -> None:
        self.answer = answer
        self.lang = lang
        self.today = today
        self.whole = whole

    def say(self, key: str, **args: object) -> str:
        """A text of the question's part of the catalogue."""
        return text(f"question.{key}", self.lang, **args)

    # ----- text -----------------------------------------------------------------------------------------------

    def headline(self) -> str:
        """One line: the answer."""
        answer = self.answer
        if not answer.pairs:
            return self.say("head.family", source=answer.source, target=answer.target)
        key = str(answer.reach)
        one_way = [pair.reply is not None and pair.reply.reach is Reach.NO for pair in answer.pairs]
        if all(one_way):
            key = "one_way"
        families = " + ".join(FAMILY_NAMES[one] for one in FAMILY_NAMES if one in self._families())
        said = self.say(
            f"head.{key}",
            source=answer.source,
            target=answer.target,
            service=answer.asked.text,
            families=families,
        )
        return said if answer.sure else self.say("head.unsure", answer=said)

    def lines(self) -> list[str]:
        """The whole answer as people read it."""
        found = [self.headline(), *self._doubts()]
        groups = self._groups()
        if len(groups) > 1:
            found += self._overview(groups)
        shown = groups if self.whole else _first_of_each(groups)
        for pairs in shown:
            for pair in pairs:
                found += ["", *self._pair(pair)]
        return found

    def _families(self) -> set[Family]:
        return {pair.source.family for pair in self.answer.pairs}

    def _doubts(self) -> Iterator[str]:
        doubts = self.answer.doubts
        if doubts:
            yield self.say("doubts", count=len(doubts))
        yield from (f"  {doubt.say(self.lang)}" for doubt in doubts[:_FEW])
        if len(doubts) > _FEW:
            yield "  " + self.say("more", count=len(doubts) - _FEW)

    def _groups(self) -> list[list[Pair]]:
        """Pairs of one name on each side together: the families of the same ends."""
        groups: dict[tuple[str, str], list[Pair]] = {}
        for pair in self.answer.pairs:
            groups.setdefault((pair.source.name, pair.target.name), []).append(pair)
        return list(groups.values())

    def _overview(self, groups: list[list[Pair]]) -> Iterator[str]:
        for reach in Reach:
            found = [pairs for pairs in groups if _reach(pairs) is reach]
            if not found:
                continue
            yield self.say(f"overview.{reach}", count=len(found), total=len(groups))
            listed = found if self.whole else found[:_FEW]
            yield from (f"  {pairs[0].source.name} → {pairs[0].target.name}" for pairs in listed)
            if len(found) > len(listed):
                yield "  " + self.say("more", count=len(found) - len(listed))

    def _pair(self, pair: Pair) -> Iterator[str]:
        yield self.say(
            "pair",
            family=FAMILY_NAMES[pair.source.family],
            source=_named(pair.source.name, pair.source.addresses),
            target=_named(pair.target.name, pair.target.addresses),
        )
        yield f"  {self._approval(pair.approval, pair.request)}"
        yield from self._trip("request", pair.request)
        if pair.reply is not None and pair.reply.why != "switched":
            yield from self._trip("reply", pair.reply)

    def _trip(self, direction: str, trip: Trip) -> Iterator[str]:
        if trip.why:
            yield f"  {self.say(f'{direction}.{trip.reach}')} {self.say(f'why.{trip.why}', **trip.args)}"
            return
        if trip.reach is Reach.PARTLY:
            yield f"  {self.say(f'{direction}.partly', traffic=self._traffic(trip))}"
        for key, journey in (("yes", trip.through), ("no", trip.stopped)):
            if journey is not None:
                yield f"  {self.say(f'{direction}.{key}')} {journey.packet}"
                yield from (f"    {self._hop(hop)}" for hop in journey.hops)

    def _traffic(self, trip: Trip) -> str:
        bits = 0
        for box in trip.space:
            bits |= box[4]
        return words(self.answer.frame.services, bits, self.lang).said(self.lang)

    def _hop(self, hop: Hop) -> str:
        stage = hop.stage
        where = f"{stage.device} {stage.place}"
        if stage.direction != "route":
            where += f" {stage.direction}"
        acl = (stage.acl or "-").partition(NUMBER)[0]
        args = {"where": where, "acl": acl, "line": str(hop.rule.line if hop.rule else stage.line)}
        return self.say(f"hop.{_kind(hop)}", **args)

    def _approval(self, approval: Approval, request: Trip) -> str:
        if approval.why in {"layer", "egress"}:
            return self.say(f"approval.{approval.why}")
        flows = ", ".join(map(self._flow, approval.flows))
        if approval.why == "via":
            nodes = self.answer.frame.policy.nodes
            return self.say(
                "approval.via", flows=flows, nodes=some(dict.fromkeys(nodes[one] for one in approval.flows))
            )
        there = "open" if request.reach is not Reach.NO else "closed"
        return self.say(f"approval.{approval.reach}.{there}", flows=flows)

    def _flow(self, name: str) -> str:
        last = self.answer.frame.policy.expires.get(name)
        if last is None:
            return name
        over = self.today is not None and last < self.today
        return self.say("flow.over" if over else "flow.until", name=name, date=last.isoformat())

    # ----- data -----------------------------------------------------------------------------------------------

    def as_dict(self) -> dict[str, Any]:
        """The answer as plain data, for Ansible and for programs."""
        answer = self.answer
        return {
            "answer": str(answer.reach),
            "sure": answer.sure,
            "from": answer.source,
            "to": answer.target,
            "service": answer.asked.text,
            "summary": self.headline(),
            "doubts": [doubt.say(self.lang) for doubt in answer.doubts],
            "paths": [self._pair_dict(pair) for pair in answer.pairs],
        }

    def _pair_dict(self, pair: Pair) -> dict[str, Any]:
        expires = self.answer.frame.policy.expires
        return {
            "family": pair.source.family,
            "from": {"name": pair.source.name, "addresses": pair.source.addresses, "layer": pair.source.layer},
            "to": {"name": pair.target.name, "addresses": pair.target.addresses, "layer": pair.target.layer},
            "answer": str(pair.reach),
            "sure": pair.sure,
            "approval": {
                "answer": str(pair.approval.reach),
                "flows": {name: str(expires[name]) if name in expires else None for name in pair.approval.flows},
                "text": self._approval(pair.approval, pair.request),
            },
            "request": self._trip_dict(pair.request),
            "reply": None if pair.reply is None else self._trip_dict(pair.reply),
        }

    def _trip_dict(self, trip: Trip) -> dict[str, Any]:
        return {
            "answer": str(trip.reach),
            "why": self.say(f"why.{trip.why}", **trip.args) if trip.why else None,
            "traffic": self._traffic(trip) if trip.space else None,
            "through": self._journey_dict(trip.through),
            "stopped": self._journey_dict(trip.stopped),
        }

    def _journey_dict(self, journey: Journey | None) -> dict[str, Any] | None:
        if journey is None:
            return None
        way = [
            {
                "device": hop.stage.device,
                "interface": hop.stage.interface,
                "direction": hop.stage.direction,
                "acl": hop.stage.acl,
                "permitted": hop.permitted,
                "line": str(hop.rule.line) if hop.rule is not None else None,
            }
            for hop in journey.hops
        ]
        return {"packet": str(journey.packet), "way": way}


def _kind(hop: Hop) -> str:
    """What is said of a place, a key below ``question.hop``."""
    if hop.stage.direction == "route":
        return "route"
    if hop.stage.acl is None:
        return "free"
    if hop.missing:
        return "missing"
    if hop.stage.exit and not hop.permitted:
        return "dropped"
    if hop.rule is None:
        return "implied_permit" if hop.permitted else "implied_deny"
    return "permit" if hop.permitted else "deny"


def _reach(pairs: Iterable[Pair]) -> Reach:
    found = {pair.reach for pair in pairs}
    return found.pop() if len(found) == 1 else Reach.PARTLY


def _first_of_each(groups: list[list[Pair]]) -> list[list[Pair]]:
    """The first pair of each kind of answer."""
    found: dict[Reach, list[Pair]] = {}
    for pairs in groups:
        found.setdefault(_reach(pairs), pairs)
    return list(found.values())


def _named(name: str, addresses: str) -> str:
    return name if addresses in {*name.split(), "-"} else f"{name} ({addresses})"
