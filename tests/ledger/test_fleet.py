"""What becomes of terminals that several sources tell of; loans; dates."""

from __future__ import annotations

from datetime import date
from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.city import load_city
from sanso.ledger.dates import read_date
from sanso.ledger.grounds import Grounds
from sanso.ledger.words import tidy
from tests.ledger.ledgers import CITY, csv, fleet, found


def test_the_first_source_is_believed_and_later_ones_fill_in(tmp_path: Path) -> None:
    csv(tmp_path, ("PC-001", "10.20.0.101", "", ""))
    (tmp_path / "b.csv").write_text("端末名,系,管理番号\npc-001.city.example,LGWAN系,77\n", encoding="utf-8")
    read = fleet(tmp_path, "a.csv", "b.csv")
    assert found(read) == []
    host = dict(read.hosts["PC-001"])
    assert [place.rpartition("/")[2] for place in host.pop("sanso_endpoint_ledger")] == ["a.csv:2:1", "b.csv:2:1"]
    assert host == {
        "ansible_host": "10.20.0.101",
        "sanso_endpoint_site": "hall",
        "sanso_endpoint_layer": "lgwan",
        "sanso_endpoint_number": "77",
    }


def test_what_is_wrong_in_one_ledger_is_not_taken_from_another(tmp_path: Path) -> None:
    csv(tmp_path, ("PC-001", "10.20.0.999", "役場", "LGWAN系"))
    csv(tmp_path, ("PC-001", "10.20.0.101", "役場", "LGWAN系"), name="b.csv")
    read = fleet(tmp_path, "a.csv", "b.csv")
    assert read.hosts == {}
    assert found(read) == ["LEDGER-04 address a.csv:2:2"]


def test_a_name_that_was_given_to_a_new_terminal(tmp_path: Path) -> None:
    text = "端末名,拠点,系,状態\nPC-001,役場,LGWAN系,廃棄\nPC-001,役場,LGWAN系,使用中\nPC-002,役場,LGWAN系,廃棄\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    read = fleet(tmp_path, "a.csv")
    assert (list(read.hosts), read.retired, found(read)) == (["PC-001"], 1, [])


def test_states_of_loans(tmp_path: Path) -> None:
    csv(tmp_path, *((f"TAB-{number}", "", "役場", "LGWAN系") for number in range(1, 6)))
    rows = [
        "TAB-1,福祉課,A1,2026/11/1,2026/12/1,",
        "TAB-2,福祉課,A1,2026/11/1,2026/11/10,2026/11/09",
        "TAB-2,税務課,A2,2026/11/20,,",
        "TAB-3,福祉課,A1,2026/12/1,2026/12/10,",
        "TAB-4,福祉課,A1,2026/11/1,2026/11/22,",
    ]
    header = "タブレット,所属,借用者,貸出日,返却期限,返却日"
    (tmp_path / "loans.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    read = fleet(tmp_path, "a.csv", loans=[{"file": "loans.csv"}])
    out = {"state": "out", "overdue": False}
    back = {"state": "in", "until": None, "to": None}
    assert {name: host.get("sanso_endpoint_loan") for name, host in read.hosts.items()} == {
        "TAB-1": {**out, "until": "2026-12-01", "to": "福祉課 A1"},
        "TAB-2": {**out, "until": None, "to": "税務課 A2"},
        "TAB-3": back,
        "TAB-4": {**out, "until": "2026-11-22", "to": "福祉課 A1", "overdue": True},
        "TAB-5": None,
    }
    assert found(read) == ["LEDGER-09 overdue loans.csv:6:1"]


@pytest.mark.parametrize(
    "text", ["2026-04-01", "2026/4/1", "2026.4.1", "20260401", "2026年4月1日", "令和8年4月1日", "R8.4.1", "r8/4/1"]
)
def test_dates(text: str) -> None:
    assert read_date(text) == date(2026, 4, 1)


@pytest.mark.parametrize("text", ["4/1", "R0.4.x", "2026-13-01", "令和元", "46113", ""])
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_date(text)


def test_the_first_year_of_an_era() -> None:
    assert read_date("令和元年5月1日") == date(2019, 5, 1)
    assert read_date("平成31年4月30日") == date(2019, 4, 30)


@given(st.text())
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


GROUNDS = Grounds(load_city(CITY))
SUBNETS = [subnet for same in GROUNDS._by_length.values() for subnet in same.values()]


@given(st.one_of(st.integers(10 << 24, (10 << 24) + (64 << 16)), st.integers(0, 2**32 - 1)))
def test_the_narrowest_subnet_is_found(number: int) -> None:
    address = ip_address(number)
    around = [subnet for subnet in SUBNETS if address in subnet.network]
    narrowest = max(around, key=lambda subnet: subnet.network.prefixlen, default=None)
    assert GROUNDS.find(address) == narrowest
