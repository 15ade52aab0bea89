"""Everything a run found and did, gathered as it goes, summed up at its end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sanso.journal import Run as Told
from sanso.messages import Language, text
from sanso.report.columns import columns, padded

STATUSES = ("in_sync", "drift", "changed", "refused", "left", "failed", "unreachable")
GOOD = frozenset({"in_sync", "changed"})


@dataclass
class Run:
    """Records of hosts (see :func:`sanso.report.record`), findings, and facts about the run."""

    started: datetime
    check: bool = False
    records: dict[str, dict[str, Any]] = field(default_factory=dict)
    findings: list[dict[str, Any]] = field(default_factory=list)
    override: dict[str, Any] = field(default_factory=dict)
    """Who works outside maintenance windows, why, and at which hosts; empty where nobody does."""
    situation: str = ""
    """What reminds of the city's state, where it is not the usual one."""
    error: str = ""
    """Why the run broke off, where it did."""
    name: str = ""
    """What the journal calls it; empty where it keeps none."""
    journal: str = ""
    """Hash of the journal's last line, to verify it by later."""
    proof: dict[str, Any] = field(default_factory=dict)
    """What the proof says of the devices as the run left them, by :class:`sanso.report.Separation`."""
    approver: str = ""
    ticket: str = ""
    """Who approved the work and by what, where somebody said so."""
    city: dict[str, Any] = field(default_factory=dict)
    """Its ``name`` and those of its ``sites``, its ``timezone``, and a ``digest`` of all that the inventory says."""
    told: Told | None = None
    """What the journal tells of it, where it keeps one."""
    said: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Language → what is said of the city in it: ``findings``, ``situation`` and ``city``."""

    def hear(self, said: dict[str, dict[str, Any]], lang: Language) -> None:
        """Take in what is said of the city in every language; the run's own is one of them."""
        self.said = said
        self.findings, self.situation, self.city = (said[lang][name] for name in ("findings", "situation", "city"))

    def add(self, records: Iterable[dict[str, Any]]) -> None:
        """Take in the records of a batch of hosts; a later one of the same host replaces the earlier."""
        self.records.update({record["host"]: record for record in records})

    def add_override(self, override: Mapping[str, Any]) -> None:
        """Take in who works outside maintenance windows in a batch of hosts."""
        if override:
            hosts = (*self.override.get("hosts", ()), *override["hosts"])
            self.override = {**override, "hosts": list(dict.fromkeys(hosts))}

    def add_proof(self, proof: dict[str, Any]) -> None:
        """Take in the proof of a wave of hosts, which knows all that earlier waves read."""
        changes = [one for one in (self.proof.get("transition"), proof["transition"]) if one]
        summed = {name: sum(one[name] for one in changes) for name in ("devices", "commands", "states", "errors")}
        holds = all(one["holds"] for one in changes)
        self.proof = {**proof, "transition": {"holds": holds, **summed} if changes else None}

    @property
    def sites(self) -> list[str]:
        """Sites in the order in which they came."""
        return list(dict.fromkeys(record["site"] for record in self.records.values()))

    @property
    def shown_statuses(self) -> list[str]:
        """Statuses that any host has, the best first."""
        return [status for status in STATUSES if self.statuses()[status]]

    def statuses(self, site: str | None = None) -> Counter[str]:
        """Hosts by status, of one site or of all."""
        return Counter(r["status"] for r in self.records.values() if site in (None, r["site"]))

    def layers(self, site: str | None = None) -> Counter[str]:
        """Differences by layer, of one site or of all; what touches two layers counts in both."""
        counts: Counter[str] = Counter()
        for record in self.records.values():
            if site in (None, record["site"]):
                for difference in record["differences"]:
                    counts.update(difference["layers"] or ["other"])
        return counts

    def in_language(self, lang: Language) -> Run:
        """The same run with its words in a language, as far as it was given them."""
        return replace(
            self,
            **self.said.get(lang, {}),
            records={host: _spoken_record(record, lang) for host, record in self.records.items()},
            proof=_spoken(self.proof, lang),
        )

    def as_dict(self, finished: datetime) -> dict[str, Any]:
        """The report as plain data."""
        return {
            "version": 1,
            "mode": "check" if self.check else "apply",
            "started": self.started.isoformat(timespec="seconds"),
            "finished": finished.isoformat(timespec="seconds"),
            "run": self.name,
            "journal": self.journal,
            "window_override": self.override,
            "approver": self.approver,
            "ticket": self.ticket,
            "situation": self.situation,
            "error": self.error,
            "summary": {
                "hosts": dict(self.statuses()),
                "sites": {
                    site: {"hosts": dict(self.statuses(site)), "differences": dict(self.layers(site))}
                    for site in self.sites
                },
            },
            "findings": self.findings,
            "inventory": self.city.get("digest", ""),
            "proof": _plain(self.proof),
            "hosts": [
                {**_plain(record), "differences": [_plain(one) for one in record["differences"]]}
                for record in self.records.values()
            ],
        }


def _spoken(entry: dict[str, Any], lang: Language) -> dict[str, Any]:
    """An entry with its words in a language."""
    return {**entry, **entry.get("said", {}).get(lang, {})}


def _spoken_record(record: dict[str, Any], lang: Language) -> dict[str, Any]:
    """A record with its words in a language, and those of its differences."""
    return {**_spoken(record, lang), "differences": [_spoken(one, lang) for one in record["differences"]]}


def _plain(entry: dict[str, Any]) -> dict[str, Any]:
    """An entry in the language of the run alone."""
    return {name: value for name, value in entry.items() if name != "said"}


def summary(run: Run, lang: Language) -> list[str]:
    """The table at the end of a run, as lines."""
    divider = 2 + len(run.shown_statuses)
    rows = [row if divider == len(row) else [*row[:divider], "|", *row[divider:]] for row in summary_rows(run, lang)]
    title = text("summary.title_check" if run.check else "summary.title_apply", lang)
    return [title, *lined_up(rows)]


def summary_rows(run: Run, lang: Language) -> list[list[str]]:
    """Head, a row for each site and the sum: devices, hosts by status, then differences by layer."""
    statuses = run.shown_statuses
    layers = sorted(run.layers(), key=lambda layer: (layer == "other", layer))
    head = [text("summary.site", lang), text("summary.devices", lang)]
    head += [text(f"summary.{status}", lang) for status in statuses]
    head += [layer if layer != "other" else text("summary.other", lang) for layer in layers]
    rows = [head]
    for site in [*run.sites, None]:
        counts, touched = run.statuses(site), run.layers(site)
        name = text("summary.total", lang) if site is None else site
        rows.append(
            [
                name,
                str(counts.total()),
                *(str(counts[s]) for s in statuses),
                *(str(touched[layer]) for layer in layers),
            ]
        )
    return rows


def lined_up(rows: list[list[str]]) -> list[str]:
    """Rows as lines, in columns; names stand to the left, numbers to the right."""
    widths = [max(columns(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(_pad(cell, width, column) for column, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]


def _pad(cell: str, width: int, column: int) -> str:
    """Names to the left, numbers to the right."""
    return " " * (width - columns(cell)) + cell if column else padded(cell, width)
