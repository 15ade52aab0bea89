"""The sites of a generated city: kind, name, and how many segments and switches each gets."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from sanso.generate.plan import Data, plan
from sanso.generate.size import BRANCH_SEGMENTS, SITE_SWITCHES, Size

HALL_SHARE = 0.25
"""Part of the switches that stand at the city hall."""


@dataclass(frozen=True)
class SitePlan:
    """A site before its addresses and ports are worked out."""

    id: str
    host: str
    """What the names of its devices begin with."""
    kind: str
    name: str
    name_ja: str
    number: int
    line: Data
    segments: tuple[str, ...]
    switches: int


def plan_sites(size: Size, random: Random) -> list[SitePlan]:
    """The city hall and its branches, by number."""
    names = [_hall(size), *_branches(size.sites - 1, random)]
    segments = _shares(size)
    switches = _switches(size, random)
    return [
        SitePlan(
            number=number,
            segments=_segments(kind, segments[number]),
            switches=switches[number],
            line=kind["line"],
            **identity,
        )
        for number, (kind, identity) in enumerate(names)
    ]


def _hall(size: Size) -> tuple[Data, Data]:
    hall = {**plan()["hall"], "segments": size.hall_segments}
    names = {"name": hall["name"], "name_ja": hall["name_ja"]}
    return hall, {"id": "city_hall", "host": hall["host"], "kind": "city_hall", **names}


def _branches(count: int, random: Random) -> list[tuple[Data, Data]]:
    """Branches of every kind in turn, each kind at the places in an order of its own."""
    kinds, places = plan()["kinds"], plan()["places"]
    orders = {kind: random.sample(places, len(places)) for kind in kinds}
    branches = []
    for index in range(count):
        kind = list(kinds)[index % len(kinds)]
        again, turn = divmod(index // len(kinds), len(places))
        branches.append((kinds[kind], _branch_identity(kind, orders[kind][turn], again)))
    return branches


def _branch_identity(kind: str, place: Data, again: int) -> Data:
    """Names of a branch; where every place has such a branch already, with a number."""
    words = plan()["kinds"][kind]
    number = str(again + 1) if again else ""
    host = f"{words['host']}-{place['id']}{number}"
    return {
        "id": f"branch_{host.replace('-', '_')}",
        "host": host,
        "kind": kind,
        "name": words["name"].format(place=f"{place['name']} {number}".strip()),
        "name_ja": words["name_ja"].format(place=f"{place['name_ja']}{f'第{number}' if number else ''}"),
    }


def _shares(size: Size) -> list[int]:
    """Site-segments of each site: the least, and of the rest an even share, the city hall last."""
    branches = size.sites - 1
    hall = len(size.hall_segments)
    rest = size.segments - size.least_segments
    if not branches:
        return [hall + rest]
    goal = max(0, -(-(size.segments - hall) // size.sites) - BRANCH_SEGMENTS)
    extra = min(rest, goal * branches)
    each, over = divmod(extra, branches)
    return [hall + rest - extra, *(BRANCH_SEGMENTS + each + (index < over) for index in range(branches))]


def _segments(kind: Data, count: int) -> tuple[str, ...]:
    """The first segments of a kind of site, then numbered ones."""
    own = list(kind["segments"][:count])
    families = kind["numbered"]
    numbered = [f"{families[i % len(families)]}_{i // len(families) + 1}" for i in range(count - len(own))]
    return (*own, *numbered)


def _switches(size: Size, random: Random) -> list[int]:
    """Switches of each site: one, and of the rest a quarter at the city hall, the others anywhere."""
    counts = [1] * size.sites
    rest = size.switches - size.sites
    hall = rest if size.sites == 1 else min(round(rest * HALL_SHARE), SITE_SWITCHES - 1)
    counts[0] += hall
    rest -= hall
    while rest:
        index = random.randrange(1, size.sites)
        if counts[index] == SITE_SWITCHES:
            index = next((i for i, count in enumerate(counts) if count < SITE_SWITCHES))
        counts[index] += 1
        rest -= 1
    return counts
