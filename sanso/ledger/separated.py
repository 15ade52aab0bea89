"""Files of separated values (CSV, TSV): as spreadsheets write them in Japan, and as programs do."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path

from sanso.ledger.sheet import Findings, Row, Sheet
from sanso.ledger.words import tidy
from sanso.messages.source import Location

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_SEPARATORS = ",\t;"


def read_separated(file: Path, shown: str, encoding: str | None, findings: Findings) -> list[Sheet]:
    """The one sheet of a file, once for each separator that its text has; none where it cannot be read.

    Which separator is meant shows where the headers are looked for.
    """
    data = file.read_bytes()
    text = _decode(data, shown, encoding, findings)
    if text is None:
        return []
    sheets = []
    for separator in [one for one in _SEPARATORS if one in text] or [","]:
        problems = Findings()
        sheets.append(Sheet(shown, list(_rows(text, separator, shown, problems)), problems=problems))
    return sheets


def _decode(data: bytes, shown: str, encoding: str | None, findings: Findings) -> str | None:
    """Text in the encoding that is named or marked, else UTF-8, else Windows-31J."""
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    known = marked or encoding
    problems = []
    for name in [known] if known else ["utf-8", "cp932"]:
        try:
            return data.decode(name)
        except LookupError:
            findings.error("LEDGER-02", Location(shown, 1, 1), "codec", encoding=name)
            return None
        except UnicodeDecodeError as error:
            problems.append(error)
    problem = max(problems, key=lambda error: error.start)  # of the encoding that comes furthest
    before = data[: problem.start]
    line, column = before.count(b"\n") + 1, problem.start - before.rfind(b"\n")
    found = f"{data[problem.start]:#04x}"
    findings.error("LEDGER-02", Location(shown, line, column), "encoding", byte=found, encoding=problem.encoding)
    return None


def _rows(text: str, separator: str, shown: str, findings: Findings) -> Iterator[Row]:
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True)
    begin = 1
    try:
        for cells in reader:
            yield Row(begin, [tidy(cell) for cell in cells])
            begin = reader.line_num + 1
    except csv.Error as error:
        findings.error("LEDGER-02", Location(shown, begin, 1), "quotes", problem=str(error))
