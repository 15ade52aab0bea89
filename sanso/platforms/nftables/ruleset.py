"""A ruleset as nft shows it, in the terms of libnftables-json(5), whether it was read from JSON or from text."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sanso.network.snapshot import Line
from sanso.platforms.nftables.sections import Section

Json = dict[str, Any]


@dataclass
class RuleText:
    """A rule: its statements; none where it was not understood."""

    line: Line
    statements: list[Json] | None


@dataclass
class ChainText:
    """A chain; a base chain has a hook."""

    line: Line
    hook: str = ""
    kind: str = ""
    priority: int = 0
    policy: str = "accept"
    policy_line: Line | None = None
    rules: list[RuleText] = field(default_factory=list)


@dataclass
class SetText:
    """A set or map; ``elements`` as in JSON, a map's as pairs. ``fixed`` where packets cannot change it."""

    elements: list[Any] = field(default_factory=list)
    fixed: bool = True


@dataclass
class TableText:
    """A table."""

    family: str
    name: str
    dormant: bool = False
    chains: dict[str, ChainText] = field(default_factory=dict)
    sets: dict[str, SetText] = field(default_factory=dict)


@dataclass
class Ruleset:
    """All tables, and lines that were not understood."""

    tables: dict[tuple[str, str], TableText] = field(default_factory=dict)
    unknown: list[Line] = field(default_factory=list)

    def table(self, family: str, name: str) -> TableText:
        """A table; made where it is met first."""
        return self.tables.setdefault((family, name), TableText(family, name))


def read_json(section: Section) -> Ruleset:
    """Read the output of ``nft -j list ruleset``.

    Raises:
        ValueError: it is not that.
    """
    found = Ruleset()
    for number, item in section.objects('"nftables": ['):
        if not isinstance(item, dict) or len(item) != 1:
            raise ValueError("no object of nft")
        kind, body = next(iter(item.items()))
        match kind:
            case "table":
                flags = body.get("flags", [])
                found.table(body["family"], body["name"]).dormant = "dormant" in _listed(flags)
            case "chain":
                line = section.line(number)._replace(text=f"chain {body['family']} {body['table']} {body['name']}")
                found.table(body["family"], body["table"]).chains[body["name"]] = _chain(body, line)
            case "rule":
                line = section.line(number)._replace(text=_rule_text(body))
                chain = found.table(body["family"], body["table"]).chains[body["chain"]]
                chain.rules.append(RuleText(line, body["expr"]))
            case "set" | "map":
                found.table(body["family"], body["table"]).sets[body["name"]] = _set(body)
            case "metainfo" | "flowtable" | "counter" | "quota" | "limit" | "secmark" | "synproxy":
                pass
            case "ct helper" | "ct timeout" | "ct expectation":
                pass  # only rules put them to use
            case _:
                found.unknown.append(section.line(number)._replace(text=str(item)[:200]))
    return found


def _chain(body: Json, line: Line) -> ChainText:
    hook = body.get("hook", "")
    text = f"{line.text}: hook {hook} priority {body.get('prio')} policy {body.get('policy')}"
    return ChainText(
        line,
        hook,
        body.get("type", ""),
        body.get("prio", 0),
        body.get("policy", "accept"),
        line._replace(text=text) if hook else None,
    )


def _rule_text(body: Json) -> str:
    return f"{body['family']} {body['table']} {body['chain']} handle {body.get('handle')}: {body['expr']}"


def _set(body: Json) -> SetText:
    flags = set(_listed(body.get("flags", [])))
    return SetText(list(body.get("elem", [])), not flags & {"dynamic", "timeout"} and "timeout" not in body)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
