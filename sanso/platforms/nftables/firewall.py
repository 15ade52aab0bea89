"""From a ruleset to what decides on forwarded packets, in the neutral terms of a firewall."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from sanso.network.facts import Family
from sanso.network.firewall import Action, Clause, ClauseChain, Firewall
from sanso.network.snapshot import Line, Unread
from sanso.platforms.nftables.conditions import ANY, Conditions
from sanso.platforms.nftables.cube import Cube, met
from sanso.platforms.nftables.ruleset import ChainText, Json, Ruleset, RuleText, TableText

FAMILIES: dict[str, frozenset[Family]] = {
    "ip": frozenset({"ipv4"}),
    "ip6": frozenset({"ipv6"}),
    "inet": frozenset({"ipv4", "ipv6"}),
}
OWN = frozenset(("input", "output"))
"""Hooks of packets to and from the host itself."""
HARMLESS = frozenset(("counter", "log", "comment", "ct timeout", "secmark", "last"))
DOUBTFUL = frozenset(("limit", "quota", "ct count", "connlimit", "set", "map"))
"""What lets a rule's packets go on now and not then; what these say is not modelled."""
TELLING = {
    **dict.fromkeys(("masquerade", "snat", "dnat", "redirect", "tproxy", "synproxy"), "nat"),
    "queue": "queue",
    "dup": "mirror",
    "fwd": "bridging",
    "ct helper": "inspection",
    "ct expectation": "inspection",
}
"""Statements that do more than a filter does → why they are unread."""
DAMAGE = (ValueError, LookupError, TypeError, AttributeError, RuntimeError)
"""What comes of JSON that has another shape than nft gives it."""
_DEEPEST = 16
"""So many jumps the kernel follows (NFT_JUMP_STACK_SIZE)."""


def read_firewall(ruleset: Ruleset, interfaces: Iterable[str], line: Line) -> tuple[Firewall, list[Unread]]:
    """What a ruleset does with forwarded packets, and what of it could matter and is not understood.

    Args:
        ruleset: the ruleset.
        interfaces: names of all interfaces of the host.
        line: where the ruleset begins.
    """
    tables = [one for one in ruleset.tables.values() if not one.dormant and one.family != "arp"]
    readers = [_Table(table, interfaces) for table in tables]
    hooks = [hook for reader in readers for hook in reader.hooks()]
    chains = {chain.name: chain for reader in readers for chain in reader.chains.values()}
    unread = [one for reader in readers for one in reader.unread]
    unread += [Unread(one, "firewall_rule") for one in ruleset.unknown]
    return (
        Firewall(
            tuple(name for _, name in sorted(hooks)),
            chains,
            line,
            offload=any(reader.offload for reader in readers),
            untracked=any(reader.untracked for reader in readers),
        ),
        unread,
    )


class _Table:
    """Reads the chains of one table."""

    def __init__(self, table: TableText, interfaces: Iterable[str]) -> None:
        self.table = table
        self.conditions = Conditions(interfaces, table.sets)
        self.unread: list[Unread] = []
        self.offload = self.untracked = False
        for chain in table.chains.values():
            for rule in chain.rules:
                for statement in rule.statements or []:
                    self._changed(statement)
        self.chains = {name: self._chain(name, table.chains[name]) for name in self._reached()}

    def _changed(self, statement: Json) -> None:
        """A set that a packet may change is not known."""
        if "set" in statement and str(statement["set"].get("set", "")).startswith("@"):
            found = self.table.sets.get(statement["set"]["set"][1:])
            if found is not None:
                found.fixed = False

    def hooks(self) -> Iterator[tuple[int, str]]:
        """Priority and name of the chains that forwarded packets are read by."""
        if self.table.family in FAMILIES:
            for name in self.chains:
                chain = self.table.chains[name]
                if chain.hook == "forward" and chain.kind == "filter":
                    yield chain.priority, self._name(name)

    def _name(self, chain: str) -> str:
        return f"{self.table.family} {self.table.name} {chain}"

    def _reached(self) -> list[str]:
        """Chains that packets meet which are not the host's own."""
        found = [name for name, one in self.table.chains.items() if one.hook and one.hook not in OWN]
        for name in found:
            targets = (_targets(rule, self.conditions) for rule in self.table.chains[name].rules)
            found += dict.fromkeys(
                one for own in targets for one in own if one in self.table.chains and one not in found
            )
        return found

    def _deep(self, name: str, above: tuple[str, ...] = ()) -> bool:
        """Whether jumps from a chain go round or deeper than the kernel follows."""
        if name in above or len(above) > _DEEPEST:
            return True
        chain = self.table.chains.get(name)
        if chain is None:
            return True
        targets = {one for rule in chain.rules for one in _targets(rule, self.conditions)}
        return any(self._deep(one, (*above, name)) for one in targets)

    def _chain(self, name: str, chain: ChainText) -> ClauseChain:
        families: frozenset[Family] = FAMILIES.get(self.table.family, frozenset())
        clauses = tuple(clause for rule in chain.rules for clause in self._understood(rule, families))
        policy: Literal["accept", "drop"] = "drop" if chain.policy == "drop" else "accept"
        return ClauseChain(self._name(name), clauses, chain.line, families, policy, chain.policy_line)

    def _understood(self, rule: RuleText, families: frozenset[Family]) -> list[Clause]:
        """The clauses of a rule; one of a strange shape lets everything through, and is told of."""
        try:
            return list(self._clauses(rule, families))
        except DAMAGE:
            return list(self._clauses(RuleText(rule.line, None), families))

    def _clauses(self, rule: RuleText, families: frozenset[Family]) -> Iterator[Clause]:
        cubes = [Cube(families=families)] if families else [ANY]
        if rule.statements is None:
            self.unread.append(Unread(rule.line, "firewall_rule"))
            yield from _made("accept", cubes, rule.line)
            return
        for statement in rule.statements:
            kind, body = next(iter(statement.items()))
            if kind == "match":
                cubes = met(cubes, self.conditions.of_match(body))
            elif kind in DOUBTFUL:
                cubes = [cube.doubtful for cube in cubes]
            elif kind == "vmap":
                yield from self._mapped(body, cubes, rule.line)
            elif kind in ("accept", "drop", "reject", "return", "jump", "goto"):
                yield from self._verdict(kind, body, cubes, rule.line)
                return
            elif kind == "continue":
                return
            elif not self._known(kind, body, rule.line):
                self.unread.append(Unread(rule.line, "firewall_rule"))
                yield from _made("accept", cubes, rule.line)
                return
            elif kind == "queue":
                yield from _made("accept", cubes, rule.line)
                return

    def _known(self, kind: str, body: Any, line: Line) -> bool:
        """Take in a statement that is no condition and no verdict."""
        if kind in TELLING:
            self.unread.append(Unread(line, TELLING[kind]))
        elif kind == "mangle":
            if _moves(body["key"]):
                self.unread.append(Unread(line, "nat"))
        elif kind == "flow":
            self.offload = True
        elif kind == "notrack":
            self.untracked = True
        else:
            return kind in HARMLESS
        return True

    def _mapped(self, body: Json, cubes: list[Cube], line: Line) -> Iterator[Clause]:
        """A clause for each verdict of a map."""
        elements = self.conditions.elements(body["data"])
        if elements is None or not all(isinstance(one, list) and len(one) == 2 for one in elements):
            self.unread.append(Unread(line, "firewall_rule"))
            yield from _made("accept", cubes, line)
            return
        for element, verdict in elements:
            kind, target = next(iter(verdict.items()))
            if kind != "continue":
                found = met(cubes, self.conditions.of_element(body["key"], element))
                yield from self._verdict(kind, target, found, line)

    def _verdict(self, kind: str, body: Any, cubes: list[Cube], line: Line) -> Iterator[Clause]:
        if kind in ("jump", "goto"):
            target = body["target"]
            if self._deep(target):
                self.unread.append(Unread(line, "firewall_rule"))
                yield from _made("accept", cubes, line)
            else:
                yield from _made("jump" if kind == "jump" else "goto", cubes, line, self._name(target))
        elif kind in ("accept", "return"):
            yield from _made("accept" if kind == "accept" else "return", cubes, line)
        elif kind in ("drop", "reject"):
            yield from _made("drop", cubes, line)
        else:
            self.unread.append(Unread(line, "firewall_rule"))
            yield from _made("accept", cubes, line)


def _made(action: Action, cubes: list[Cube], line: Line, target: str = "") -> Iterator[Clause]:
    """Clauses of one rule: what it takes for sure, and what it may take."""
    for exact in (True, False):
        cases = tuple(case for cube in cubes if cube.exact is exact for case in cube.cases())
        if cases:
            yield Clause(action, cases, line, target, exact)


def _targets(rule: RuleText, conditions: Conditions) -> Iterator[str]:
    """Chains that a rule jumps to."""
    for statement in rule.statements or []:
        kind, body = next(iter(statement.items()))
        if kind in ("jump", "goto"):
            yield body["target"]
        elif kind == "vmap":
            for element in conditions.elements(body["data"]) or []:
                if isinstance(element, list) and isinstance(element[-1], dict):
                    yield from (one["target"] for one in element[-1].values() if one)


def _moves(key: Json) -> bool:
    """Whether to write something changes where a packet goes."""
    payload = key.get("payload") if isinstance(key, dict) else None
    return payload is not None and payload.get("field") not in ("dscp", "ecn", "ttl", "hoplimit", "flowlabel")
