"""Write ledgers, and read them as an inventory source does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from sanso.ledger import Fleet, read_fleet, read_sources
from sanso.messages.source import Location

TODAY = date(2026, 11, 23)
CITY = Path(__file__).parents[1] / "errors" / "base"
HEADER = ("端末名", "IPアドレス", "拠点", "系")


def csv(
    folder: Path, *rows: Sequence[Any], name: str = "a.csv", encoding: str = "utf-8", separator: str = ","
) -> str:
    """A file of separated values below a header; returns its name."""
    text = "".join(separator.join(map(str, row)) + "\r\n" for row in (HEADER, *rows))
    (folder / name).write_bytes(text.encode(encoding))
    return name


def xlsx(folder: Path, *rows: Sequence[Any], name: str = "a.xlsx") -> Workbook:
    """A workbook with a header and rows, saved already; save it again after a change."""
    book = Workbook()
    assert book.active is not None
    book.active.title = "端末一覧"
    for row in (HEADER, *rows):
        book.active.append(list(row))
    book.save(folder / name)
    return book


def fleet(folder: Path, *ledgers: str | dict[str, Any], city: Path | None = CITY, **sources: Any) -> Fleet:
    """Read ledgers, by name or by what an inventory source says of them."""
    named = [ledger if isinstance(ledger, dict) else {"file": ledger} for ledger in ledgers]
    told = {"ledgers": named, **({"city": str(city)} if city else {}), **sources}
    return read_fleet(read_sources(told, place), folder, place, TODAY)


def place(path: Sequence[str | int]) -> Location:
    """Place in an inventory source."""
    return Location("a.endpoints.yml", 1 + sum(isinstance(step, int) for step in path), 1)


def found(read: Fleet) -> list[str]:
    """Rule, wording and place of each finding."""
    return [
        " ".join(filter(None, (one.rule, one.variant, str(one.location).rpartition("/")[2]))) for one in read.findings
    ]
