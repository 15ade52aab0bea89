"""Against a real LDAP server: OpenLDAP with the schema of Active Directory's computers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sanso.ledger import Fleet, read_fleet, read_sources
from tests.emulated import free_port
from tests.ledger.slapd import PASSWORD, USER, Slapd, computer, running, unit

TODAY = date(2026, 11, 23)
RECENT, LONG_AGO = 134_399_136_000_000_000, 133_000_000_000_000_000
"""2026-11-23 and 2022-06-18 as file times."""
ENTRIES = [
    unit("Hall"),
    unit("LGWAN/Hall"),
    unit("Internet/Hall"),
    computer("PC-001", "LGWAN/Hall", logon=RECENT),
    computer("PC-002", "Internet/Hall", logon=LONG_AGO),
    computer("PC-003", "Internet/Hall", control=4098),
    *(computer(f"PC-1{number:03d}", "LGWAN/Hall") for number in range(120)),
]


@pytest.fixture(scope="module")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    with running(tmp_path_factory.mktemp("slapd") / "it", ENTRIES) as server:
        yield server


def spec(server: Slapd, **other: Any) -> dict[str, Any]:
    return {
        "servers": [server.ldaps],
        "base": "OU=Clients,dc=city,dc=example",
        "user": USER,
        "password": PASSWORD,
        "ca_file": str(server.ca),
        "page": 50,
        "timeout": 10,
        "sites": {"OU=Hall": "hall"},
        "layers": {"ou=lgwan": "lgwan", "OU=Internet,OU=Hall": "internet"},
        **other,
    }


def fleet(**directory: Any) -> Fleet:
    return read_fleet(
        read_sources({"directories": [directory]}, lambda _: None), Path("nowhere"), lambda _: None, TODAY
    )


def found(fleet: Fleet) -> list[str]:
    return [f"{one.rule}.{one.variant}" for one in fleet.findings if one.rule != "LEDGER-08"]


def test_reads_computers_in_pages(slapd: Slapd) -> None:
    read = fleet(**spec(slapd))
    assert found(read) == []
    assert len(read.hosts) == 122
    assert read.retired == 1
    assert read.hosts["PC-001"] == {
        "ansible_host": "pc-001.city.example",
        "sanso_endpoint_site": "hall",
        "sanso_endpoint_layer": "lgwan",
        "sanso_endpoint_ledger": [f"{slapd.ldaps}: cn=PC-001,ou=LGWAN,ou=Hall,ou=Clients,dc=city,dc=example"],
        "sanso_endpoint_dns": "pc-001.city.example",
        "sanso_endpoint_os": "Windows 11 Enterprise",
        "sanso_endpoint_seen": "2026-11-23",
    }


def test_marks_those_that_nobody_has_seen_for_long(slapd: Slapd) -> None:
    read = fleet(**spec(slapd))
    assert read.hosts["PC-002"]["sanso_endpoint_layer"] == "internet"
    assert read.hosts["PC-002"]["sanso_endpoint_seen"] == "2022-06-18"
    assert read.hosts["PC-002"]["sanso_endpoint_stale"] is True
    assert "PC-003" not in read.hosts, "a disabled account"


def test_starts_tls(slapd: Slapd) -> None:
    assert len(fleet(**spec(slapd, servers=[slapd.ldap])).hosts) == 122


def test_asks_the_next_server_where_one_is_off(slapd: Slapd) -> None:
    assert len(fleet(**spec(slapd, servers=[f"ldaps://localhost:{free_port()}", slapd.ldaps])).hosts) == 122


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"password": "wrong"}, "bind"),
        ({"password": ""}, "password"),
        ({"base": "OU=Elsewhere,dc=city,dc=example"}, "base"),
        ({"filter": "(objectClass=printer"}, "search"),
        ({"filter": "(objectClass=printQueue)"}, "nothing"),
        ({"sites": {"Hall": "hall"}}, "mark"),
        ({"ca_file": None}, "certificate"),
        ({"servers": ["ldaps://localhost:1"]}, "unreachable"),
    ],
)
def test_says_what_is_wrong(slapd: Slapd, change: dict[str, Any], rule: str) -> None:
    read = fleet(**spec(slapd, **change))
    assert read.hosts == {}
    assert found(read) == [f"LEDGER-10.{rule}"]
    for lang in ("en", "ja"):
        assert "only for tests" not in "\n".join(read.findings[-1].lines(lang))


def test_takes_nothing_from_a_server_that_stops_halfway(tmp_path: Path) -> None:
    with running(tmp_path / "it", ENTRIES, limits="limits * size.soft=60 size.hard=60 size.prtotal=60") as server:
        read = fleet(**spec(server))
        assert read.hosts == {}
        assert found(read) == ["LEDGER-10.search"]


def test_trusts_no_certificate_for_another_name(tmp_path: Path) -> None:
    with running(tmp_path / "it", [], name="dc1.city.example") as server:
        for url in (server.ldaps, server.ldap):
            assert found(fleet(**spec(server, servers=[url]))) == ["LEDGER-10.certificate"]
