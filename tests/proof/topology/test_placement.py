"""Layers of VLANs and subnets."""

from __future__ import annotations

from ipaddress import ip_network

import pytest

from sanso.city.load import load_city
from sanso.proof.placement import Place, Placement
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
