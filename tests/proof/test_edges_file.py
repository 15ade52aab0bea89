"""A file of what access points and hypervisors really tag: read, or refused at the place that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.city import City, load_city
from sanso.city.errors import InventoryError
from sanso.messages import LANGUAGES
from sanso.proof.edges import ReadEdge
from sanso.proof.edges_file import read_edges
from sanso.proof.links import End
from sanso.proof.placement import Place

LAB = Path(__file__).parents[2] / "inventories" / "lab"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(LAB)


def written(folder: Path, text: str) -> Path:
    file = folder / "edges.yml"
    file.write_text(text, encoding="utf-8")
    return file


def test_what_a_controller_and_a_hypervisor_tell(city: City, tmp_path: Path) -> None:
    ssid = city.wlans["lgwan"].ssid
    segment = next(name for name, one in city.segments.items() if one.layer == "mynumber")
    text = (
        f'edges:\n  - {{name: "{ssid}", tag: 210}}\n'
        f"  - {{name: db-1 eth0, tag: 340, device: hall-core-2, port: Ethernet2, segment: {segment}}}\n"
        f"  - {{name: db-2 eth0, tag: 0, device: hall-core-2, port: Ethernet2, layer: internet}}\n"
    )
    end = End("hall-core-2", "Ethernet2")
    assert read_edges(written(tmp_path, text), city) == [
        ReadEdge(ssid, 210, Place("lgwan", city.wlans["lgwan"].segment)),
        ReadEdge("db-1 eth0", 340, Place("mynumber", segment), end),
        ReadEdge("db-2 eth0", 0, Place("internet"), end),
    ]


def test_json_is_read_too(city: City, tmp_path: Path) -> None:
    text = '{"edges": [{"name": "lgwan_staff", "tag": 210}]}'
    assert read_edges(written(tmp_path, text), city) == [ReadEdge("lgwan_staff", 210, Place("lgwan", "lgwan_staff"))]


def test_an_empty_file_tells_nothing(city: City, tmp_path: Path) -> None:
    assert read_edges(written(tmp_path, ""), city) == []


@pytest.mark.parametrize(
    ("entry", "variant"),
    [
        ("{name: lgwan_staff}", "tag"),
        ("{name: lgwan_staff, tag: yes}", "tag"),
        ("{name: lgwan_staff, tag: 4095}", "tag"),
        ("{name: lgwan_staff, tag: '210'}", "tag"),
        ("{tag: 210, layer: lgwan}", "name"),
        ("{name: lgwan_staff, tag: 210, vlan: 210}", "key"),
        ("{name: NOBODY-KNOWS, tag: 210}", "whose"),
        ("{name: x, tag: 210, segment: nowhere}", "segment"),
        ("{name: x, tag: 210, layer: lgwn}", "layer"),
        ("{name: lgwan_staff, tag: 210, device: nobody, port: Ethernet1}", "device"),
        ("{name: lgwan_staff, tag: 210, port: Ethernet1}", "device"),
        ("{name: lgwan_staff, tag: 210, device: hall-core-2, port: Et2}", "port"),
        ("{name: lgwan_staff, tag: 210, device: hall-core-2}", "port"),
        ("lgwan_staff", "list"),
    ],
)
def test_what_is_wrong_is_told_at_its_line(entry: str, variant: str, city: City, tmp_path: Path) -> None:
    file = written(tmp_path, f"edges:\n  - {{name: lgwan_staff, tag: 210}}\n  - {entry}\n")
    with pytest.raises(InventoryError) as caught:
        read_edges(file, city)
    (finding,) = caught.value.findings
    assert (finding.rule, finding.variant) == ("EDGE-01", variant)
    assert finding.location is not None
    assert (finding.location.file, finding.location.line) == (str(file), 3)
    assert all(len(finding.lines(lang)) == 4 for lang in LANGUAGES)


@pytest.mark.parametrize("text", ["edges: 7\n", "edge: []\n", "edges: [\n"])
def test_a_file_that_is_something_else(text: str, city: City, tmp_path: Path) -> None:
    with pytest.raises(InventoryError):
        read_edges(written(tmp_path, text), city)
