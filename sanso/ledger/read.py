"""Terminals from the rows of asset ledgers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from sanso.city.segment import Layer
from sanso.ledger.records import Record, read_records
from sanso.ledger.sheet import Findings
from sanso.ledger.spec import Sources, Terminals
from sanso.ledger.terminal import Address, Terminal, address, host_name, key, mac
from sanso.ledger.words import by_word, fold, folded, well_known
from sanso.messages import Finding, Severity
from sanso.messages.source import Location

WORDS = ("number", "section", "os", "office", "note")


@dataclass
class Found:
    """What a source tells of terminals, by key where they are not whole."""

    terminals: list[Terminal] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    """Those with something wrong; what another source says of them does not mend it."""
    retired: dict[str, Location] = field(default_factory=dict)
    """Those that are no longer in use."""


class Meanings:
    """What words mean: of sites (the source's words, the city's names, ids) and of layers."""

    def __init__(self, sources: Sources, site_words: dict[str, list[str]]) -> None:
        self.known = {"site": sorted(site_words), "layer": [str(layer) for layer in Layer]}
        named: dict[str, Mapping[str, str]] = {"site": sources.sites, "layer": sources.layers}
        words = {"site": by_word(site_words), "layer": by_word(well_known()["layers"])}
        self._words = {
            what: words[what] | {fold(word): str(meaning) for word, meaning in named[what].items()} for what in words
        }
        for what, meanings in self._words.items():
            meanings |= {meaning: meaning for meaning in list(meanings.values()) if what == "site"}
        self._unknown: dict[tuple[str, str], tuple[Location, int]] = {}

    def look_up(self, what: str, word: str, place: Location) -> str | None:
        """What a word means; one that is not known is remembered, and told of once."""
        found = self._words[what].get(fold(word))
        if found is None:
            first, count = self._unknown.get((what, word), (place, 0))
            self._unknown[(what, word)] = (first, count + 1)
        return found

    def unknown(self) -> list[Finding]:
        """A finding for each word that is not known."""
        found = []
        for (what, word), (place, count) in self._unknown.items():
            meanings = sorted(set(self._words[what].values()) | set(self.known[what]))
            near = get_close_matches(fold(word), list(self._words[what]), n=1)
            meaning = self._words[what][near[0]] if near else "…"
            args = {"value": word, "count": count, "known": ", ".join(meanings) or "-", "meaning": meaning}
            found.append(Finding("LEDGER-05", Severity.ERROR, (), place, args, what))
        return found


def read_terminals(ledger: Terminals, meanings: Meanings, folder: Path, findings: Findings) -> Found:
    """Terminals of an asset ledger; each row with something wrong is a finding, and left out."""
    found = Found()
    for record in read_records(ledger, "terminals", folder, findings):
        if fold(record.values.get("status", "")) in folded("retired"):
            found.retired[key(record.values["name"])] = record.place()
            continue
        terminal = None if record.faulty else _terminal(record, ledger, meanings, findings)
        if terminal is not None:
            found.terminals.append(terminal)
        elif (name := record.get("name")) is not None:
            found.left_out.add(key(name))
    return found


def _terminal(record: Record, ledger: Terminals, meanings: Meanings, findings: Findings) -> Terminal | None:
    faults = Findings()
    name = host_name(record.get("name"), record.place(), faults)
    where = _address(record, faults)
    unknown = False
    told: dict[str, str | None] = {"site": ledger.site, "layer": ledger.layer}
    for what in told:
        if (word := record.get(what)) is not None:
            told[what] = meanings.look_up(what, word, record.place(what))
            unknown |= told[what] is None
    hardware = record.get("mac")
    known_mac = mac(hardware, record.place("mac"), faults) if hardware is not None else None
    findings.add(faults.all)
    if name is None or unknown or any(one.severity is Severity.ERROR for one in faults.all):
        return None
    return Terminal(
        name,
        where,
        site=told["site"],
        layer=str(told["layer"]) if told["layer"] else None,
        mac=known_mac,
        words={one: value for one in WORDS if (value := record.get(one)) is not None},
        told_at=record.place("address") if where is not None else None,
        places=[record.place()],
    )


def _address(record: Record, findings: Findings) -> Address | None:
    value = record.get("address")
    if value is None or fold(value) in folded("dynamic"):
        return None
    return address(value, record.place("address"), findings)
