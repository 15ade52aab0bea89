"""Many findings made short."""

from __future__ import annotations

import pytest

from sanso.messages.catalogue import Phrase
from sanso.network.snapshot import Line
from sanso.proof.digest import FEW, digest
from sanso.proof.findings import ChainFinding, error, warning


def unread(number: int, why: str) -> ChainFinding:
    line = Line("a.cfg", number, "line")
    return error("PROOF-02", line, {"device": "a", "why": Phrase(f"unread.{why}"), "text": "line"})


def missing(name: str) -> ChainFinding:
    return error("PROOF-03", Line(name, 0, ""), {"device": name, "detail": "gone"})


def heads(lines: list[str]) -> list[str]:
    return [line for line in lines if not line.startswith("    ") or "…" in line]


def test_the_weightiest_come_first_and_a_few_of_each_kind_are_shown() -> None:
    aside = warning("BACKUP-01", Line("x", 0, ""), {"detail": "x"}, "aside")
    found = [aside, *(unread(number, "nat") for number in range(1, 8)), unread(9, "vacl"), missing("b")]
    lines = heads(list(digest(found, "en")))
    assert lines[0].startswith("b:1:1: error PROOF-03")
    assert [line.partition(": ")[0] for line in lines[1 : 1 + FEW]] == ["a.cfg:1:1", "a.cfg:2:1", "a.cfg:3:1"]
    assert lines[1 + FEW].startswith("    … and 4 more of PROOF-02 (")
    assert lines[2 + FEW].startswith("a.cfg:9:1")
    assert "warning BACKUP-01" in lines[-1]


def test_all_are_shown_on_demand() -> None:
    found = [unread(number, "nat") for number in range(1, 8)]
    assert len(heads(list(digest(found, "ja", None)))) == 7
    assert list(digest([], "en")) == []


@pytest.mark.parametrize(
    ("place", "words"), [("report", "report.json has them all"), ("verbose", "-v shows them all")]
)
def test_it_tells_where_the_others_are(place: str, words: str) -> None:
    found = [unread(number, "nat") for number in range(1, 8)]
    *_, last = digest(found, "en", more=f"finding.more.{place}")
    assert "and 4 more of PROOF-02" in last
    assert words in last
