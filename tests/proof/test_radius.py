"""What RADIUS servers answer, as the proof sees it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.city import City, load_city
from sanso.proof.radius import radius_findings
from sanso.radius.policy import policy
from sanso.radius.reader import read_policy
from sanso.radius.service import service

FILE = "radius-1:/etc/freeradius/3.0/sites-available/sanso"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(Path(__file__).resolve().parents[2] / "inventories" / "lab")


@pytest.fixture(scope="module")
def text(city: City) -> str:
    return policy(service(city, "radius_1"))


def told(text: str, city: City) -> list[str]:
    found = radius_findings({FILE: read_policy(text)}, city)
    assert all(str(one.location).startswith(FILE) for one in found)
    return sorted({f"{one.rule}.{one.variant}".rstrip(".") for one in found})


def test_what_is_written_is_proved(text: str, city: City) -> None:
    assert told(text, city) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('Tunnel-Private-Group-Id := "220"', 'Tunnel-Private-Group-Id := "320"', ["AIR-10.vlan"]),
        ('Tunnel-Private-Group-Id := "220"', 'Tunnel-Private-Group-Id := "999"', ["AIR-10.vlan"]),
        ("MIDORIKAWA-LGWAN", "MIDORIKAWA-INTERNET", ["AIR-10.ssid"]),
        ("MIDORIKAWA-LGWAN", "Guest", ["AIR-10.ssid"]),
        ("\t\tif (", "\t\tok\n\t\tif (", ["AIR-09"]),
    ],
)
def test_what_leads_elsewhere_is_told(old: str, new: str, says: list[str], text: str, city: City) -> None:
    assert old in text
    assert set(says) <= set(told(text.replace(old, new, 1), city))


def test_a_line_that_is_missing_is_told(text: str, city: City) -> None:
    lines = text.splitlines(keepends=True)
    reject = max(index for index, line in enumerate(lines) if "reject" in line)
    assert told("".join(lines[:reject] + lines[reject + 1 :]), city) == ["AIR-09.lacks"]
