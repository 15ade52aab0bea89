"""The parameter sheet, read back: everything of the model is there, once, and nothing in it is a formula."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from sanso.city import City, load_city
from sanso.city.inventory import read_inventory
from sanso.command import main
from sanso.render import intend_city
from sanso.report.parameters import Terminal, parameter_sheet, sheets

LAB = Path(__file__).parents[3] / "inventories" / "lab"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(LAB)


@pytest.fixture(scope="module")
def book(city: City) -> Workbook:
    inventory = read_inventory(LAB)
    found = [
        Terminal.of(host, inventory.values(host), inventory.group_names(host), city)
        for host in inventory.groups["endpoints"]
    ]
    return opened(parameter_sheet(city, found))


def opened(data: bytes) -> Workbook:
    return load_workbook(BytesIO(data))


def column(book: Workbook, sheet: str, *heads: str) -> list[tuple[object, ...]]:
    """Cells below some English headings of a sheet, row by row."""
    page = next(one for one in book.worksheets if one.title.endswith(f" {sheet}"))
    head, *rows = page.iter_rows(values_only=True)
    english = [str(cell).split("\n")[1] for cell in head]
    return [tuple(row[english.index(one)] for one in heads) for row in rows]


def once(found: Iterable[object], expected: Iterable[object]) -> None:
    assert Counter(found) == Counter(expected)
    assert max(Counter(found).values()) == 1


def test_every_segment_port_wlan_flow_and_host_is_there_once(book: Workbook, city: City) -> None:
    segments = [(one.vlan, name) for name, one in city.segments.items()]
    once(column(book, "Segments", "VLAN", "Id"), segments)
    once(
        column(book, "Ports", "Host name", "Port"), [(host, port) for host in city.ports for port in city.ports[host]]
    )
    once(column(book, "WLANs", "Id", "SSID"), [(name, one.ssid) for name, one in city.wlans.items()])
    for sheet, known in {
        "Flows": city.flows,
        "Breakouts": city.breakouts,
    }.items():
        once(column(book, sheet, "Id"), [(name,) for name in known])
    for sheet, hosts in {
        "Switches": city.devices,
        "Controllers": city.controllers,
        "Access points": city.access_points,
        "Virtualization hosts": city.virtualization_hosts,
        "Machines": city.machines,
    }.items():
        once(column(book, sheet, "Host name"), [(name,) for name in hosts])
    once(column(book, "Terminals", "Host name"), [(host,) for host in read_inventory(LAB).groups["endpoints"]])
    sites = [(one.number, name) for name, one in city.sites.items()]
    once(column(book, "Sites", "Number", "Id"), sites)
    legs = [(name, str(leg.ipv4)) for name, one in city.nodes.items() for leg in one.interfaces]
    once(column(book, "Nodes", "Id", "IPv4 address"), legs)


def test_every_line_of_every_access_list_is_there_once(book: Workbook, city: City) -> None:
    expected = [
        (host, f"Vlan{vlan}", name, number)
        for host, intent in intend_city(city).items()
        for vlan, svi in intent.facts.svis.items()
        for (family, _), name in svi.acls.items()
        for number in intent.facts.acls[family, name].entries
    ]
    once(column(book, "Access lists", "Host name", "Interface", "List", "Sequence"), expected)


def test_values_are_those_of_the_model(book: Workbook, city: City) -> None:
    (staff,) = (row for row in column(book, "Subnets", "Site", "Segment", "IPv4 subnet", "IPv4 gateway", "VLAN")
                if row[:2] == ("東保育所 (branch_hoikusho_east)", "職員端末 (lgwan_staff)"))  # fmt: skip
    assert staff[2:] == ("10.21.1.0/24", "10.21.1.1", 210)
    ports = {row[:2]: row[2:] for row in column(book, "Ports", "Host name", "Port", "Untagged VLAN", "To device")}
    assert ports["hall-dist-1", "TenGigabitEthernet1/0/16"] == (998, "hall-core-1")
    links = column(book, "Links", "Host name", "Port", "To device", "To port")
    ends = [frozenset({(a, b), (c, d)}) for a, b, c, d in links]
    assert len(ends) == len(set(ends)) > 10, "a link has two ends and one row"
    expires = {row[0]: row[1] for row in column(book, "Flows", "Id", "Expires")}
    assert {str(day)[:10] for day in expires.values()} == {str(one.expires) for one in city.flows.values()}
    terminals = dict(column(book, "Terminals", "Host name", "Layer"))
    assert terminals["in-hall-201"] == "インターネット接続系 (internet)", "of its segment: its variable is a template"


def test_sheets_are_set_up_for_people(book: Workbook) -> None:
    for page in book.worksheets:
        assert page.freeze_panes == "B2"
        assert page.auto_filter.ref == page.dimensions
        assert page.page_setup.orientation == "landscape"
        assert page.page_setup.paperSize == 9, "A4"
        assert page.print_title_rows == "$1:$1"
        assert page.sheet_properties.pageSetUpPr is not None
        assert page.sheet_properties.pageSetUpPr.fitToPage


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_no_name_becomes_a_formula(city: City, sign: str) -> None:
    name = next(iter(city.sites))
    spoilt = city.sites[name].model_copy(update={"name_ja": sign, "name": f"{sign}\x1b\u202e"})
    data = parameter_sheet(city.model_copy(update={"sites": {**city.sites, name: spoilt}}))
    with ZipFile(BytesIO(data)) as archive:
        assert not [part for part in archive.namelist() if b"<f>" in archive.read(part)]
    pages = opened(data).worksheets
    cells = [cell for page in pages for row in page.iter_rows() for cell in row]
    mine = [cell for cell in cells if cell.value == sign]
    assert mine
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in mine)
    assert any(cell.value == f"{sign}\\u001b\\u202e" for cell in cells)


def test_the_same_city_gives_the_same_bytes(city: City) -> None:
    one, other = parameter_sheet(city), parameter_sheet(load_city(LAB))
    assert one == other
    with ZipFile(BytesIO(one)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2000-01-01T00:00:00Z") == 2


def test_secrets_stand_in_no_cell(book: Workbook) -> None:
    said = {str(cell) for page in book.worksheets for row in page.iter_rows(values_only=True) for cell in row}
    text = "\n".join(said)
    for secret in ("emulated-ops", "EMULA-", "passphrase", "ansible_password"):
        assert secret not in text


def test_what_a_city_does_not_have_has_no_sheet(city: City) -> None:
    small = city.model_copy(update={"machines": {}, "virtualization_hosts": {}})
    titles = [sheet.key for sheet in sheets(small)]
    assert "machines" not in titles
    assert "terminals" not in titles
    assert titles[0] == "cover"


def test_the_command_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "parameters.xlsx"
    assert main(["sheet", str(LAB), "--out", str(file), "--lang", "ja"]) == 0
    assert capsys.readouterr().out == f"出力: {file}\n"
    assert file.read_bytes().startswith(b"PK")


def test_windows_say_kinds_of_day_and_dates_and_blackouts_have_their_reasons(city: City) -> None:
    data = city.model_dump(by_alias=True)
    site = next(iter(data["sites"]))
    data["sites"][site]["windows"] = [
        {"days": ["closed_day", "sat"], "dates": ["2027-05-06"], "from": "19:00", "to": "05:00"}
    ]
    data["calendar"]["blackouts"] = [{"from": "2027-02-16", "to": "2027-03-15", "reason": "確定申告"}]
    read = opened(parameter_sheet(City.model_validate(data)))
    assert column(read, "Windows", "Days", "From", "To")[0] == ("閉庁日・土\n2027-05-06", "19:00", "05:00")
    assert column(read, "Blackouts", "Site", "From", "To", "Reason") == [
        ("全拠点", "2027-02-16", "2027-03-15", "確定申告")
    ]
