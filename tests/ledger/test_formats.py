"""The files that ledgers come in: encodings, separators, and what people do to workbooks."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.ledger.ledgers import HEADER, csv, fleet, found, xlsx

ROW = ("ＰＣ－００１", "１０．２０．０．１１5", "役場", "ＬＧＷＡＮ系")  # noqa: RUF001  # as they are typed in full width
HOST = {"ansible_host": "10.20.0.115", "sanso_endpoint_site": "hall", "sanso_endpoint_layer": "lgwan"}


def without_places(host: object) -> dict[str, object]:
    assert isinstance(host, dict)
    return {name: value for name, value in host.items() if name != "sanso_endpoint_ledger"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_reads_every_encoding_and_separator(tmp_path: Path, encoding: str, separator: str) -> None:
    read = fleet(tmp_path, csv(tmp_path, ROW, encoding=encoding, separator=separator))
    assert found(read) == []
    assert {name: without_places(host) for name, host in read.hosts.items()} == {"PC-001": HOST}
    assert [place.rpartition("/")[2] for place in read.hosts["PC-001"]["sanso_endpoint_ledger"]] == ["a.csv:2:1"]


def test_a_record_over_several_lines_stands_where_it_begins(tmp_path: Path) -> None:
    text = '端末名,備考,系,拠点\n"PC-001","窓口\n二階",LGWAN系,役場\nPC-002,,LGWAN系,役\n'
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    read = fleet(tmp_path, "a.csv")
    assert found(read) == ["LEDGER-05 site a.csv:4:4"]
    assert read.hosts["PC-001"]["sanso_endpoint_note"] == "窓口 二階"


def test_passes_over_what_is_no_terminal(tmp_path: Path) -> None:
    rows = [
        ("", "", "", ""),
        ("PC-001", "DHCP", "役場", "LGWAN系"),
        HEADER,
        ("小　計", "1台", "", ""),
        ("※ 貸出中の端末は貸出簿を参照", "", "", ""),
        ("以上", "", "", ""),
    ]
    (tmp_path / "title").mkdir()
    csv(tmp_path, *rows)
    titled = "緑川市 端末台帳,,,\n令和8年度,,,\n" + (tmp_path / "a.csv").read_text(encoding="utf-8")
    (tmp_path / "a.csv").write_text(titled, encoding="utf-8")
    read = fleet(tmp_path, "a.csv")
    assert found(read) == []
    assert list(read.hosts) == ["PC-001"]


def test_cells_merged_downwards_hold_for_each_row(tmp_path: Path) -> None:
    book = xlsx(tmp_path, ("PC-001", "10.20.0.115", "役場", "LGWAN系"), ("PC-002", "10.20.0.116"), ("PC-003", "DHCP"))
    sheet = book["端末一覧"]
    for merged in ("C2:C4", "D2:D4", "A6:D6"):
        sheet.merge_cells(merged)
    sheet["A6"] = "合計"
    book.save(tmp_path / "a.xlsx")
    read = fleet(tmp_path, "a.xlsx")
    assert found(read) == []
    assert {host["sanso_endpoint_site"] for host in read.hosts.values()} == {"hall"}
    assert len(read.hosts) == 3


def test_reads_all_sheets_in_sight_that_have_headers(tmp_path: Path) -> None:
    book = xlsx(tmp_path, ("PC-001", "", "役場", "LGWAN系"))
    second = book.create_sheet("分庁舎")
    for row in (HEADER, ("PC-002", "", "分庁舎", "LGWAN系")):
        second.append(row)
    book.create_sheet("凡例")["A1"] = "この台帳について"
    hidden = book.create_sheet("旧")
    for row in (HEADER, ("PC-003", "", "役場", "LGWAN系")):
        hidden.append(row)
    hidden.sheet_state = "hidden"
    book["端末一覧"].row_dimensions[2].hidden = True
    book.save(tmp_path / "a.xlsx")
    read = fleet(tmp_path, "a.xlsx")
    assert list(read.hosts) == ["PC-001", "PC-002"]
    assert found(read) == ["LEDGER-02 unused a.xlsx:凡例!A1", "LEDGER-02 hidden a.xlsx:端末一覧!A2"]
    chosen = fleet(tmp_path, {"file": "a.xlsx", "sheets": ["旧"]})
    assert list(chosen.hosts) == ["PC-003"]
    assert found(chosen) == []
    assert found(fleet(tmp_path, {"file": "a.xlsx", "sheets": ["新"]})) == ["LEDGER-02 sheet a.xlsx:1:1"]


def test_formulas_give_what_was_stored(tmp_path: Path) -> None:
    """A program that writes formulas stores no result; a spreadsheet that saves the file does."""
    book = xlsx(tmp_path, ("PC-001", "", "役場", "LGWAN系"), ("PC-002", "", '="役"&"場"', "LGWAN系"))
    book.save(tmp_path / "a.xlsx")
    read = fleet(tmp_path, "a.xlsx")
    assert list(read.hosts) == ["PC-001"]
    assert found(read) == ["LEDGER-04 uncounted a.xlsx:端末一覧!C3"]
    assert load_workbook(tmp_path / "a.xlsx")["端末一覧"]["C3"].value == '="役"&"場"'


def test_columns_may_have_any_name(tmp_path: Path) -> None:
    text = "機械,アドレス,どこ,なに\npc_1,fd00:1234:5678:2000::15,本庁,内部\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    columns = {"name": "機械", "address": "アドレス", "site": "どこ", "layer": "なに"}
    read = fleet(tmp_path, {"file": "a.csv", "columns": columns}, sites={"本庁": "hall"}, layers={"内部": "lgwan"})
    assert found(read) == []
    assert read.hosts["pc_1"]["ansible_host"] == "fd00:1234:5678:2000::15"


def test_the_city_says_what_no_ledger_says(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("端末名,IPアドレス\nPC-001,10.22.0.11\n", encoding="utf-8")
    read = fleet(tmp_path, "a.csv")
    assert found(read) == []
    assert read.hosts["PC-001"]["sanso_endpoint_layer"] == "lgwan"
    assert read.hosts["PC-001"]["sanso_endpoint_site"] == "annex"
