"""Which loaner tablets are out, until when and with whom, from ledgers of loans (貸出簿)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sanso.ledger.dates import read_date
from sanso.ledger.records import Record, read_records
from sanso.ledger.sheet import Findings
from sanso.ledger.spec import Loans
from sanso.ledger.terminal import Terminal, host_name, key
from sanso.messages.source import Location


@dataclass(frozen=True)
class Loan:
    """A row: a tablet that went out, and came back if it did."""

    tablet: str
    out: date
    until: date | None
    returned: date | None
    to: str
    place: Location

    def open(self, today: date) -> bool:
        """Whether the tablet is out today; one that is booked for later is not."""
        return self.out <= today and (self.returned is None or self.returned > today)

    def state(self, today: date) -> dict[str, Any]:
        """What a host's ``sanso_endpoint_loan`` says."""
        if not self.open(today):
            return {"state": "in", "until": None, "to": None}
        overdue = self.until is not None and self.until < today
        until = self.until.isoformat() if self.until else None
        return {"state": "out", "until": until, "to": self.to or None, "overdue": overdue}


def read_loans(ledgers: Iterable[Loans], folder: Path, findings: Findings) -> list[Loan]:
    """Loans of all ledgers; each row with something wrong is a finding, and left out."""
    records = (record for ledger in ledgers for record in read_records(ledger, "loans", folder, findings))
    return [loan for record in records if not record.faulty and (loan := _loan(record, findings)) is not None]


def lend(
    loans: Iterable[Loan], terminals: dict[str, Terminal], today: date, findings: Findings
) -> dict[str, dict[str, Any]]:
    """State of each tablet that a ledger of loans names, by the terminal's key."""
    current: dict[str, Loan] = {}
    unclear = set()
    for loan in loans:
        name = key(loan.tablet)
        if name not in terminals:
            findings.warning("LEDGER-09", loan.place, "unknown", tablet=loan.tablet)
            continue
        other = current.setdefault(name, loan)
        if other is loan:
            continue
        if loan.open(today) and other.open(today):
            findings.error("LEDGER-09", loan.place, "twice", tablet=loan.tablet, first=other.place)
            unclear.add(name)
        elif loan.open(today):
            current[name] = loan
    for loan in current.values():
        if loan.open(today) and loan.until is not None and loan.until < today:
            told = {
                "tablet": loan.tablet,
                "until": loan.until,
                "to": loan.to or "-",
                "days": (today - loan.until).days,
            }
            findings.warning("LEDGER-09", loan.place, "overdue", **told)
    return {name: loan.state(today) for name, loan in current.items() if name not in unclear}


def _loan(record: Record, findings: Findings) -> Loan | None:
    faults = Findings()
    tablet = host_name(record.get("name"), record.place(), faults)
    out = _day(record, "out", faults)
    until = _day(record, "until", faults)
    returned = _day(record, "returned", faults)
    if out is None and not faults.all:
        faults.error("LEDGER-09", record.place("out"), "undated", tablet=tablet)
    for field, day in (("until", until), ("returned", returned)):
        if out is not None and day is not None and day < out:
            faults.error("LEDGER-09", record.place(field), "backwards", tablet=tablet, out=out, day=day)
    findings.add(faults.all)
    if tablet is None or out is None or faults.all:
        return None
    to = " ".join(filter(None, (record.get("section"), record.get("to"))))
    return Loan(tablet, out, until, returned, to, record.place())


def _day(record: Record, field: str, findings: Findings) -> date | None:
    value = record.get(field)
    if value is None:
        return None
    try:
        return read_date(value)
    except ValueError:
        findings.error("LEDGER-04", record.place(field), "date", value=value)
        return None
