"""What a change of an access list opens and closes, in packets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sanso.network.packets import Match, Packet
from sanso.network.snapshot import AccessList, Rule
from sanso.proof.boxes import Box, merged
from sanso.proof.filters import Filter, Reading, boxes_of, implied_rules, services_of
from sanso.proof.services import Services
from sanso.proof.space import Space, everything, packet_in, union


@dataclass(frozen=True)
class Change:
    """Packets that one list permits and the other denies, by the same pair of lines.

    ``certain`` is False where a line that was not understood decides, so that it may be no change at all.
    """

    space: Space
    packet: Packet
    """One of them."""
    permitted_by: Rule
    denied_by: Rule
    certain: bool


@dataclass(frozen=True)
class Comparison:
    """What opens and what closes; nothing is left out, and where all is ``proved`` nothing is too much."""

    opens: tuple[Change, ...]
    closes: tuple[Change, ...]
    proved: bool


def compare(old: AccessList, new: AccessList, services: Services | None = None) -> Comparison:
    """The difference of two lists of one family.

    Lines that both have, in the same order, decide the rest: only packets that some other line matches are looked at.

    Raises:
        ValueError: the lists are of different families.
    """
    if old.family != new.family:
        raise ValueError(f"{old.name} is a list of {old.family}, {new.name} of {new.family}")
    atoms = services or services_of([old, new])
    within = _touched(old, new, atoms)
    return Comparison(
        tuple(_changes(permitting=new, denying=old, services=atoms, within=within)),
        tuple(_changes(permitting=old, denying=new, services=atoms, within=within)),
        proved=_understood(old) and _understood(new),
    )


def _changes(permitting: AccessList, denying: AccessList, services: Services, within: Space) -> Iterator[Change]:
    """What one list permits and the other denies: first what is sure, then all else that may be."""
    sure = list(
        _between(
            Filter(permitting, services, Reading.MUST), Filter(denying, services, Reading.MAY), within, certain=True
        )
    )
    yield from sure
    if not (_understood(permitting) and _understood(denying)):
        rest = within - Space(box for change in sure for box in change.space)
        yield from _between(
            Filter(permitting, services, Reading.MAY), Filter(denying, services, Reading.MUST), rest, certain=False
        )


def _between(permits: Filter, denies: Filter, within: Space, *, certain: bool) -> Iterator[Change]:
    boxes: dict[tuple[int, int], list[Box]] = {}
    for permitted in permits.permitted(within):
        for decided in denies.decided(Space([permitted.box])):
            if decided.rule.action == "deny":
                boxes.setdefault((permitted.place, decided.place), []).append(decided.box)
    for (permit, deny), parts in sorted(boxes.items()):
        space = Space(merged(parts))
        packet = packet_in(space.boxes[0], permits.acl.family, permits.services)
        yield Change(space, packet, permits.rules[permit], denies.rules[deny], certain)


def _touched(old: AccessList, new: AccessList, services: Services) -> Space:
    """What the lines match that the lists do not have in common; everything, where one was not understood."""
    before, after = ([*acl.rules, *implied_rules(acl)] for acl in (old, new))
    same = SequenceMatcher(None, [_key(rule) for rule in before], [_key(rule) for rule in after], autojunk=False)
    touched: list[Rule] = []
    for tag, i1, i2, j1, j2 in same.get_opcodes():
        if tag != "equal":
            touched += before[i1:i2] + after[j1:j2]
    if not all(rule.understood for rule in touched):
        return everything(old.family, services)
    return union(box for rule in touched for box in boxes_of(rule, old.family, services, Reading.ONLY))


def _key(rule: Rule) -> tuple[str, tuple[Match, ...] | int]:
    """What makes two lines the same; a line that was not understood may mean something else in every list."""
    return rule.action, rule.matches if rule.understood else id(rule)


def _understood(acl: AccessList) -> bool:
    return all(rule.understood for rule in acl.rules)
