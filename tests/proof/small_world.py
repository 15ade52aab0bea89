"""A world small enough to try every packet: 16 blocks of addresses at each end, and a few services.

The blocks are the sixteenths of the whole address space, so that whatever a list says about an address it says about
some block, and nothing lies outside the world.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from hypothesis import settings
from hypothesis import strategies as st

from sanso.network.facts import Family
from sanso.network.packets import ANY_BYTE, ANY_PORT, BITS, Match, Packet, Ranges, joined
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.proof.boxes import Box
from sanso.proof.interpreter import matches as asks
from sanso.proof.services import Services

THOROUGH = settings(max_examples=60, deadline=None)
SLOW = settings(max_examples=30, deadline=None)

BLOCKS = 16
PORT_SETS: tuple[Ranges, ...] = (
    ((22, 22),),
    ((80, 443),),
    ((0, 1023),),
    ((443, 443), (1024, 65535)),
    ((8080, 8080),),
)
PORTS = (0, 22, 80, 443, 1024, 8080)
"""One port of everything that the sets above tell apart."""
TYPE_SETS: tuple[Ranges, ...] = (((0, 0),), ((8, 8),), ((3, 4),), ((135, 136),))
TYPES = (0, 3, 8, 135, 200)
CODE_SETS: tuple[Ranges, ...] = (((0, 0),), ((1, 4),))
CODES = (0, 1, 9)
TCP, UDP, SCTP, ICMP, ICMP6, GRE = (((number, number),) for number in (6, 17, 132, 1, 58, 47))
PROTOCOL_SETS: tuple[Ranges, ...] = (ANY_BYTE, TCP, UDP, GRE, ((6, 17),), ((0, 57),))

Fields = tuple[int, int, int, int, int, bool]
"""Protocol, source port, target port, ICMP type, ICMP code, ACK or RST set."""

SERVICES: tuple[Fields, ...] = (
    *((6, source, target, 0, 0, state) for source, target, state in product(PORTS, PORTS, (False, True))),
    *((number, source, target, 0, 0, False) for number, source, target in product((17, 132), PORTS, PORTS)),
    *((number, 0, 0, kind, code, False) for number, kind, code in product((1, 58), TYPES, CODES)),
    *((number, 0, 0, 0, 0, False) for number in (0, 10, 20, 47, 100, 200)),
)


CELLS = BLOCKS * BLOCKS * len(SERVICES)
Grid = list[int]
"""The line that decides each packet of the world; 0 where no line does."""


def block(family: Family, first: int, last: int | None = None) -> tuple[int, int]:
    """Addresses from one block to another."""
    size = 2 ** (BITS[family] - 4)
    return first * size, ((first if last is None else last) + 1) * size - 1


def blocks(family: Family, addresses: tuple[int, int]) -> range:
    """The blocks that a range of addresses is made of."""
    size = 2 ** (BITS[family] - 4)
    assert addresses[0] % size == 0
    assert (addresses[1] + 1) % size == 0
    return range(addresses[0] // size, (addresses[1] + 1) // size)


def packet(family: Family, source: int, target: int, fields: Fields) -> Packet:
    """The packet of a cell of the world: from the first address of a block to the last of another."""
    return Packet(family, block(family, source)[0], block(family, target)[1], *fields)


@st.composite
def addresses(draw: st.DrawFn, family: Family) -> Ranges:
    """Any, one range of blocks, or two."""
    if draw(st.integers(0, 3)) == 0:
        return (block(family, 0, BLOCKS - 1),)
    pairs = draw(st.lists(st.tuples(st.integers(0, BLOCKS - 1), st.integers(0, BLOCKS - 1)), min_size=1, max_size=2))
    return joined(block(family, min(pair), max(pair)) for pair in pairs)


@st.composite
def matches(draw: st.DrawFn, family: Family = "ipv4") -> Match:
    """A match that asks for ports, for ICMP types or for a state, of protocols that have none, too."""
    sides = draw(addresses(family)), draw(addresses(family))
    ports = st.sampled_from((ANY_PORT, *PORT_SETS))
    match draw(st.sampled_from(["protocol", "tcp", "ports", "icmp"])):
        case "protocol":
            return Match(family, *sides, draw(st.sampled_from(PROTOCOL_SETS)))
        case "tcp":
            state = draw(st.sampled_from((None, True, False)))
            return Match(family, *sides, TCP, draw(ports), draw(ports), established=state)
        case "ports":
            protocols = draw(st.sampled_from((TCP, UDP, SCTP, ((6, 17),), ANY_BYTE)))
            return Match(family, *sides, protocols, draw(ports), draw(ports))
    types, codes = draw(st.sampled_from((ANY_BYTE, *TYPE_SETS))), draw(st.sampled_from((ANY_BYTE, *CODE_SETS)))
    return Match(family, *sides, draw(st.sampled_from((ICMP, ICMP6, ANY_BYTE))), icmp_types=types, icmp_codes=codes)


@st.composite
def rules(draw: st.DrawFn, family: Family = "ipv4", *, understood: bool = True) -> Rule:
    """A rule of one or two matches; where ``understood`` is False, now and then one that was not."""
    action = draw(st.sampled_from(("permit", "deny")))
    if not understood and draw(st.integers(0, 5)) == 0:
        return Rule(action, (), Line("device.cfg", 1, f"{action} what nobody knows"), understood=False)
    found = draw(st.lists(matches(family), min_size=1, max_size=2))
    return Rule(action, tuple(found), Line("device.cfg", 1, action))


@st.composite
def access_lists(draw: st.DrawFn, family: Family = "ipv4", *, most: int = 7, understood: bool = True) -> AccessList:
    """A list of some rules, each with a line number of its own; without any, now and then."""
    found = draw(st.lists(rules(family, understood=understood), max_size=most))
    return access_list(*found, family=family)


def access_list(*found: Rule, family: Family = "ipv4") -> AccessList:
    """A list of rules, numbered by their lines."""
    numbered = tuple(
        Rule(rule.action, rule.matches, Line("device.cfg", number, rule.line.text), number, rule.understood)
        for number, rule in enumerate(found, 2)
    )
    return AccessList(family, "LIST", numbered, Line("device.cfg", 1, "ip access-list extended LIST"))


def painted(acl: AccessList) -> Grid:
    """Who decides each cell: each line painted over those after it, from the last one up."""
    coats = [(rule.line.number, match) for rule in reversed(acl.rules) for match in rule.matches]
    sources, targets = ([touched(acl.family, ranges) for ranges in sides] for sides in _sides(coats))
    found = [_services(match) for _, match in coats]
    rows: dict[tuple[int, ...], Grid] = {}
    grid: Grid = []
    for source, target in product(range(BLOCKS), repeat=2):
        here = tuple(n for n in range(len(coats)) if source in sources[n] and target in targets[n])
        if here not in rows:
            rows[here] = [0] * len(SERVICES)
            for number in here:
                for service in found[number]:
                    rows[here][service] = coats[number][0]
        grid += rows[here]
    return grid


def _sides(coats: list[tuple[int, Match]]) -> tuple[list[Ranges], list[Ranges]]:
    return [match.sources for _, match in coats], [match.targets for _, match in coats]


def _services(match: Match) -> list[int]:
    """Services that a match asks, wherever."""
    ends = match.sources[0][0], match.targets[0][0]
    return [n for n, fields in enumerate(SERVICES) if asks(match, Packet(match.family, *ends, *fields))]


def permitting(acl: AccessList) -> Grid:
    """The line that permits each cell; -1 where what no line says permits, 0 where the cell is denied."""
    grid = painted(acl)
    permits = {rule.line.number for rule in acl.rules if rule.action == "permit"}
    discovery = [acl.family == "ipv6" and fields[0] == 58 and fields[3] in (135, 136) for fields in SERVICES]
    return [
        line if line in permits else -1 if not line and (not acl.rules or discovery[cell % len(SERVICES)]) else 0
        for cell, line in enumerate(grid)
    ]


def touched(family: Family, ranges: Ranges) -> set[int]:
    """Blocks of some ranges of addresses."""
    return {one for one in range(BLOCKS) for first, last in ranges if first <= block(family, one)[0] <= last}


def cells(box: Box, family: Family, services: Services) -> list[int]:
    """The cells of a box."""
    s0, s1, t0, t1, bits = box
    inside = [number for number, atom in enumerate(_atoms(services)) if atom & bits]
    pairs = product(blocks(family, (s0, s1)), blocks(family, (t0, t1)))
    return [(source * BLOCKS + target) * len(SERVICES) + one for source, target in pairs for one in inside]


@lru_cache(maxsize=4)
def _atoms(services: Services) -> list[int]:
    return [services.atom_of(Packet("ipv4", 0, 0, *fields)) for fields in SERVICES]
