"""From configuration text to findings: the text that the city renders, and lines of it changed by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.city.load import load_city
from sanso.city.model import City
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform
from sanso.platforms.reading import read_snapshot
from sanso.proof.topology import Topology
from sanso.render.intent import intend_city
from tests.proof.topology.networks import LAB, generated

Texts = dict[str, str]


def rendered(city: City) -> Texts:
    intents = intend_city(city).items()
    return {name: load_platform(one.facts.platform).render(one.facts) for name, one in intents}


def read(city: City, texts: Texts) -> dict[str, Snapshot]:
    return {name: read_snapshot(text, f"{name}.cfg", city.devices[name].platform) for name, text in texts.items()}


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(LAB)


@pytest.fixture(scope="module")
def texts(city: City) -> Texts:
    return rendered(city)


def edited(texts: Texts, device: str, interface: str, old: str, new: str) -> tuple[Texts, int]:
    """The texts with one line of an interface changed, and the number of that line."""
    lines = texts[device].splitlines()
    start = lines.index(f"interface {interface}")
    index = next(index for index in range(start + 1, len(lines)) if lines[index].strip().startswith(old))
    assert not any(line.startswith("interface") for line in lines[start + 1 : index])
    indent = lines[index][: len(lines[index]) - len(lines[index].lstrip())]
    lines[index] = indent + new
    return {**texts, device: "\n".join(lines) + "\n"}, index + 1


def test_nothing_is_wrong_with_what_is_rendered(city: City, texts: Texts) -> None:
    topology = Topology(read(city, texts), city)
    assert topology.findings == []
    entered = {source.place.segment for source in topology.sources() if source.place and not source.outside}
    assert entered == {name for name, segment in city.segments.items() if segment.routed}


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_wrong_with_a_generated_city(seed: int, tmp_path: Path) -> None:
    city = generated(tmp_path / "city", sites=5, switches=14, segments=50, seed=seed)
    assert Topology(read(city, rendered(city)), city).findings == []


@pytest.mark.parametrize(
    ("device", "interface", "old", "new", "rule"),
    [
        (
            "hall-floor-3",
            "GigabitEthernet1/0/1",
            "switchport access vlan",
            "switchport access vlan 310",
            "TOPO-01",
        ),
        (
            "hall-core-2",
            "Ethernet2",
            "switchport trunk native vlan",
            "switchport trunk native vlan 240",
            "TOPO-01",
        ),
        (
            "hall-core-2",
            "Ethernet2",
            "switchport trunk allowed vlan",
            "switchport trunk allowed vlan 120,240,250,340,350,530,540",
            "TOPO-02",
        ),
        ("hall-floor-3", "GigabitEthernet1/0/1", "switchport mode", "switchport mode dynamic auto", "TOPO-02"),
    ],
)
def test_a_line_changed_by_hand_is_named(
    device: str, interface: str, old: str, new: str, rule: str, city: City, texts: Texts
) -> None:
    changed, number = edited(texts, device, interface, old, new)
    found = Topology(read(city, changed), city).findings
    assert [(one.rule, str(one.location)) for one in found] == [(rule, f"{device}.cfg:{number}:1")]
