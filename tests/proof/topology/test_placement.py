"""Layers of VLANs and subnets."""

from __future__ import annotations

from ipaddress import ip_network
from pathlib import Path

import pytest

from sanso.city.load import load_city
from sanso.proof.placement import LayersError, Place, Placement
from tests.proof.topology.networks import LAB


@pytest.fixture(scope="module")
def lab() -> Placement:
    return Placement.of_city(load_city(LAB))


@pytest.mark.parametrize(
    ("subnet", "expected"),
    [
        ("10.21.4.0/24", Place("lgwan", "lgwan_staff", "branch_toshokan_chuo")),
        ("10.21.4.128/25", Place("lgwan", "lgwan_staff", "branch_toshokan_chuo")),
        ("10.21.200.0/24", Place("lgwan", "lgwan_staff")),  # in the pool, of no site yet
        ("10.20.0.0/22", Place("lgwan", "lgwan_staff", "city_hall")),  # an override outside the pool
        ("fd5a:6d21:9912:2104::/64", Place("lgwan", "lgwan_staff", "branch_toshokan_chuo")),
        ("10.0.0.0/8", None),
        ("192.0.2.0/24", None),
    ],
)
def test_a_subnet_belongs_where_the_city_put_it(lab: Placement, subnet: str, expected: Place | None) -> None:
    assert lab.subnet(ip_network(subnet)) == expected


def test_a_vlan_belongs_to_its_segment(lab: Placement) -> None:
    assert lab.vlan(410) == Place("public", "public_wifi")
    assert lab.vlan(999) is None


def test_a_file_gives_layers_to_backups(tmp_path: Path) -> None:
    file = tmp_path / "layers.yml"
    file.write_text("vlans: {10: lgwan, 20-22: internet}\nprefixes: {10.1.0.0/16: lgwan, '2001:db8::/32': public}\n")
    placement = Placement.of_file(file)
    assert [one.layer if (one := placement.vlan(vlan)) else None for vlan in (10, 19, 20, 22, 23)] == [
        "lgwan",
        None,
        "internet",
        "internet",
        None,
    ]
    assert placement.subnet(ip_network("10.1.7.0/24")) == Place("lgwan")
    assert placement.subnet(ip_network("2001:db8:1::/48")) == Place("public")


@pytest.mark.parametrize(
    "text",
    [
        "vlans: [10]",
        "vlans: {ten: lgwan}",
        "vlans: {20-10: lgwan}",
        "vlans: {4095: lgwan}",
        "vlans: {10: 5}",
        "prefixes: {10.0.0.1/8: lgwan}",
        "layers: {}",
        "- 10",
        "vlans: {10: lgwan",
    ],
)
def test_a_file_that_says_something_else_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    file = tmp_path / "layers.yml"
    file.write_text(text)
    with pytest.raises(LayersError, match=r"layers\.yml"):
        Placement.of_file(file)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LayersError):
        Placement.of_file(tmp_path / "none.yml")
