"""One picture of every terminal from several sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sanso.ledger.read import Found
from sanso.ledger.sheet import Findings
from sanso.ledger.terminal import Terminal
from sanso.messages.catalogue import Phrase
from sanso.messages.source import Location

_COMPARED = ("address", "site", "layer", "mac")
_TAKEN = (*_COMPARED, "told_at", "dns", "seen")


def merge(sources: Iterable[Found], findings: Findings) -> dict[str, Terminal]:
    """Terminals by key; what the first source says of one holds, later ones fill in what it does not say."""
    merged: dict[str, Terminal] = {}
    left_out: set[str] = set()
    gone: dict[str, Location] = {}
    for found in sources:
        left_out |= found.left_out
        for name, terminal in _once(found, left_out, findings).items():
            if name in merged:
                _join(merged[name], terminal, findings)
            elif name in gone:
                findings.warning("LEDGER-06", terminal.places[0], "retired", terminal=terminal.name, first=gone[name])
            else:
                merged[name] = terminal
        for name, place in found.retired.items():
            if name in merged and place.file not in {known.file for known in merged[name].places}:
                first = merged[name].places[0]
                findings.warning("LEDGER-06", place, "disabled", terminal=merged[name].name, first=first)
            else:
                gone.setdefault(name, place)
    kept = {name: terminal for name, terminal in merged.items() if name not in left_out}
    return _apart(kept, findings)


def _once(found: Found, left_out: set[str], findings: Findings) -> dict[str, Terminal]:
    """Terminals of a source; one that stands there twice in different words is left out."""
    once: dict[str, Terminal] = {}
    for terminal in found.terminals:
        first = once.setdefault(terminal.key, terminal)
        if first is terminal:
            continue
        told: dict[str, Any] = {"terminal": terminal.name, "first": first.places[0]}
        differing = [field for field in _COMPARED if getattr(first, field) != getattr(terminal, field)]
        if not differing:
            findings.warning("LEDGER-06", terminal.places[0], "repeated", **told)
            continue
        field = differing[0]
        values = {
            "field": Phrase(f"ledger.field.{field}"),
            "value": _said(terminal, field),
            "other": _said(first, field),
        }
        findings.error("LEDGER-06", terminal.places[0], "twice", **told, **values)
        left_out.add(terminal.key)
    return once


def _join(first: Terminal, later: Terminal, findings: Findings) -> None:
    for field in _COMPARED:
        ours, theirs = getattr(first, field), getattr(later, field)
        if ours is not None and theirs is not None and ours != theirs:
            told = {"terminal": first.name, "first": first.places[0], "field": Phrase(f"ledger.field.{field}")}
            findings.warning("LEDGER-06", later.places[0], "conflict", value=theirs, other=ours, **told)
    for field in _TAKEN:
        if getattr(first, field) is None:
            setattr(first, field, getattr(later, field))
    first.stale |= later.stale
    first.words = {**later.words, **first.words}
    first.places += later.places


def _apart(terminals: dict[str, Terminal], findings: Findings) -> dict[str, Terminal]:
    """Terminals of which no two have the same address; the second is left out."""
    owners: dict[Any, Terminal] = {}
    kept = {}
    for name, terminal in terminals.items():
        owner = owners.setdefault(terminal.address, terminal) if terminal.address is not None else terminal
        if owner is terminal:
            kept[name] = terminal
            continue
        told = {"terminal": terminal.name, "other": owner.name, "first": owner.told_at}
        findings.error("LEDGER-07", terminal.told_at, address=terminal.address, **told)
    return kept


def _said(terminal: Terminal, field: str) -> Any:
    value = getattr(terminal, field)
    return "-" if value is None else value
