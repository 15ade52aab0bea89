"""All terminals of a city from its ledgers and directories, as hosts of an inventory."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sanso.ledger.directory import read_directory
from sanso.ledger.grounds import read_grounds, settle
from sanso.ledger.loans import lend, read_loans
from sanso.ledger.merge import merge
from sanso.ledger.read import Found, Meanings, read_terminals
from sanso.ledger.sheet import Findings
from sanso.ledger.spec import Sources
from sanso.ledger.terminal import Terminal
from sanso.messages import Finding
from sanso.messages.source import Location
from sanso.messages.source import Path as Steps


@dataclass(frozen=True)
class Fleet:
    """Variables of each host, what was found on the way, and how many terminals are no longer in use."""

    hosts: Mapping[str, Mapping[str, Any]]
    findings: list[Finding]
    retired: int


def read_fleet(sources: Sources, folder: Path, find: Callable[[Steps], Location | None], today: date) -> Fleet:
    """Read everything that the sources name; ``folder`` is the one that their paths are seen from."""
    findings = Findings()
    at = find(("city",)) if sources.city else find(())
    grounds = read_grounds(folder / (sources.city or ""), at, findings, asked=sources.city is not None)
    meanings = Meanings(sources, grounds.site_words() if grounds else {})
    ledgers = [read_terminals(ledger, meanings, folder, findings) for ledger in sources.ledgers]
    directories = [
        read_directory(spec, folder, find(("directories", index)), today, findings)
        for index, spec in enumerate(sources.directories)
    ]
    findings.add(meanings.unknown())
    in_order: list[Found] = [*directories, *ledgers] if sources.directories_first else [*ledgers, *directories]
    terminals = merge(in_order, findings)
    if grounds is not None:
        settle(terminals, grounds, findings)
    _complete(terminals, findings)
    loans = lend(read_loans(sources.loans, folder, findings), terminals, today, findings)
    hosts = {terminal.name: _variables(terminal, loans.get(name)) for name, terminal in terminals.items()}
    return Fleet(hosts, findings.all, len({name for found in in_order for name in found.retired} - set(terminals)))


def _complete(terminals: dict[str, Terminal], findings: Findings) -> None:
    """Leave out terminals of which no source says the site or the layer."""
    for name, terminal in list(terminals.items()):
        lacking = [what for what in ("site", "layer") if getattr(terminal, what) is None]
        for what in lacking:
            findings.error("LEDGER-05", terminal.places[0], f"no_{what}", terminal=terminal.name)
        if lacking:
            del terminals[name]


def _variables(terminal: Terminal, loan: Mapping[str, Any] | None) -> dict[str, Any]:
    """What a host says of its terminal; only what is known."""
    reached = terminal.address or terminal.dns
    told = {
        "ansible_host": str(reached) if reached else None,
        "sanso_endpoint_site": terminal.site,
        "sanso_endpoint_layer": terminal.layer,
        "sanso_endpoint_ledger": [str(place) for place in terminal.places],
        "sanso_endpoint_dns": terminal.dns,
        "sanso_endpoint_mac": terminal.mac,
        "sanso_endpoint_seen": terminal.seen.isoformat() if terminal.seen else None,
        "sanso_endpoint_stale": terminal.stale or None,
        "sanso_endpoint_loan": loan,
        **{f"sanso_endpoint_{name}": value for name, value in terminal.words.items()},
    }
    return {name: value for name, value in told.items() if value is not None}
