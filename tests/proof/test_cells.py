"""More than a million cells of random lists: the algebra against painting lines on a grid, last line first."""

from __future__ import annotations

import random
from itertools import product

import pytest

from sanso.network.facts import Family
from sanso.network.packets import ANY_BYTE, ANY_PORT, Match
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.filters import Filter, services_of
from tests.proof.small_world import (
    BLOCKS,
    CELLS,
    CODE_SETS,
    ICMP,
    ICMP6,
    PORT_SETS,
    PROTOCOL_SETS,
    TCP,
    TYPE_SETS,
    UDP,
    Grid,
    access_list,
    block,
    cells,
    permitting,
)

LISTS = 7
"""Of each family and length."""
LENGTHS = ((4, 16), (20, 8), (160, 2))
"""Lines, and blocks that a line spans at most: the last lines of long lists matter only if all are narrow."""


@pytest.mark.parametrize(("length", "widest"), LENGTHS)
def test_no_cell_differs(length: int, widest: int) -> None:
    compared = 0
    for seed, family in product(range(LISTS), ("ipv4", "ipv6")):
        acl = random_list(random.Random(f"{family} {length} {seed}"), family, length, widest)  # noqa: S311
        assert permitting(acl) == by_algebra(acl), (family, seed)
        compared += CELLS
    assert compared * len(LENGTHS) > 1_000_000


def random_list(chance: random.Random, family: Family, length: int, widest: int) -> AccessList:
    return access_list(*(random_rule(chance, family, widest) for _ in range(length)), family=family)


def random_rule(chance: random.Random, family: Family, widest: int) -> Rule:
    firsts = [chance.randrange(BLOCKS) for _ in range(2)]
    sides = [(block(family, first, min(BLOCKS, first + chance.randint(1, widest)) - 1),) for first in firsts]
    ports = [chance.choice((ANY_PORT, *PORT_SETS)) for _ in range(2)]
    match = chance.choice(
        (
            Match(family, *sides, chance.choice(PROTOCOL_SETS)),
            Match(family, *sides, chance.choice((TCP, UDP, ((6, 132),))), *ports),
            Match(family, *sides, TCP, ports[0], established=chance.random() < 0.5),
            Match(family, *sides, chance.choice((ICMP, ICMP6)), icmp_types=chance.choice((ANY_BYTE, *TYPE_SETS))),
            Match(family, *sides, ICMP, icmp_codes=chance.choice(CODE_SETS)),
        )
    )
    return Rule(chance.choice(("permit", "deny")), (match,), Line("", 1, ""))


def by_algebra(acl: AccessList) -> Grid:
    grid: Grid = [0] * CELLS
    services = services_of([acl])
    for box, rule, _ in Filter(acl, services).permitted():
        for cell in cells(box, acl.family, services):
            assert not grid[cell], "two pieces hold the same packet"
            grid[cell] = rule.line.number or -1
    return grid
