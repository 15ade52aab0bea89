"""What opens and closes, in words: below each pair of segments a few lines of traffic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sanso.messages import Language, text
from sanso.network.packets import Range
from sanso.proof.boxes import Box
from sanso.proof.difference import Difference, Shift
from sanso.proof.frame import INTERNET
from sanso.proof.placement import Place
from sanso.proof.services import Services
from sanso.proof.stations import Joined
from sanso.proof.traffic import addresses, words

MOST = 10
"""So many lines are shown below each pair of segments."""


def difference_lines(change: Difference, language: Language, *, most: int = MOST) -> list[str]:
    """Lines as in a diff: ``+`` for what opens and ``-`` for what closes, traffic between layers first."""
    signs = (("+", "opens", change.opens, change.joined), ("-", "closes", change.closes, change.parted))
    found = [line for sign, verb, _, joined in signs for line in _joined(sign, verb, joined, language)]
    for crosses in (True, False):
        for sign, verb, shifts, _ in signs:
            for pair, group in _pairs([one for one in shifts if one.crosses is crosses]):
                inside = "" if crosses else "inside_"
                found.append(text(f"difference.{inside}{verb}", language, source=pair[0], target=pair[1]))
                lines = list(dict.fromkeys(_group(sign, verb, group, change.services, language)))
                found += lines[:most]
                if len(lines) > most:
                    found.append(text("difference.more", language, count=len(lines) - most))
    if found and not change.proved:
        found.append(text("difference.unsure", language))
    return found


def _group(sign: str, verb: str, group: Sequence[Shift], services: Services, lang: Language) -> Iterator[str]:
    for one in group:
        yield from _lines(sign, verb, one, services, lang)


def _joined(sign: str, verb: str, joined: Sequence[Joined], lang: Language) -> Iterator[str]:
    for one in joined:
        ends = {"one": str(one.one), "other": str(one.other), "layer": one.one.layer, "other_layer": one.other.layer}
        yield f"{sign} {text(f'difference.domain_{verb}', lang, **ends)}"


def _pairs(shifts: Sequence[Shift]) -> list[tuple[tuple[str, str], list[Shift]]]:
    """Shifts by the segments at their ends."""
    found: dict[tuple[str, str], list[Shift]] = {}
    for one in shifts:
        ends = (_name(one.source.place, one.source_layer), _name(one.target.place, one.target_layer))
        found.setdefault(ends, []).append(one)
    return sorted(found.items())


def _name(place: Place | None, layer: str) -> str:
    """A segment, at whatever site, and its layer."""
    return f"{place.segment} ({layer})" if place is not None and place.segment else layer


def _lines(sign: str, verb: str, shift: Shift, services: Services, lang: Language) -> list[str]:
    """A line for each box, those of one set of services and targets in one."""
    rows: dict[tuple[int, int, int], list[Range]] = {}
    for s0, s1, t0, t1, bits in _honest(shift):
        rows.setdefault((t0, t1, bits), []).append((s0, s1))
    by = shift.permitted_by if verb == "opens" else shift.denied_by
    found: dict[str, None] = {}
    for (t0, t1, bits), sources in rows.items():
        args = {
            "services": words(services, bits, lang).said(lang),
            "source": addresses(shift.source.family, tuple(sorted(sources))),
            "target": INTERNET if shift.target.outside else addresses(shift.target.family, ((t0, t1),)),
            "at": f"{shift.source.device} {shift.source.interface}",
            "by": str(by) if by is not None else text("difference.no_way", lang),
        }
        found[f"{sign} {text('difference.traffic', lang, **args)}"] = None
    return list(found)


def _honest(shift: Shift) -> list[Box]:
    """The boxes with the addresses that the hosts should have alone, unless nothing but forged ones is left."""
    spans = [(int(one.network_address), int(one.broadcast_address)) for one in shift.source.subnets]
    own = [
        (max(s0, first), min(s1, last), t0, t1, bits)
        for s0, s1, t0, t1, bits in shift.space
        for first, last in spans
        if s0 <= last and first <= s1
    ]
    return own or list(shift.space)
