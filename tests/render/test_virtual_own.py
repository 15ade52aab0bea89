"""A virtualization host's own network, of the embedded city."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.city import City, load_city
from sanso.render.virtual_own import OwnNetwork, own_network

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(ROOT / "inventories" / "lab")


def own(city: City, host: str) -> OwnNetwork:
    return own_network(city, city.virtualization_hosts[host])


def test_a_host_is_in_the_segments_of_management_and_migration_alone(city: City) -> None:
    found = {port: [str(one) for one in all_of] for port, all_of in own(city, "hall-kvm-1").addresses.items()}
    assert found == {
        "management": ["10.53.0.11/24", "fd5a:6d21:9912:5300::b/64"],
        "migration": ["10.54.0.11/24", "fd5a:6d21:9912:5400::b/64"],
    }


def test_it_is_reached_from_its_own_segment_by_the_gateway_of_that(city: City) -> None:
    found = own(city, "hall-kvm-1")
    assert found.uplinks == ("eno1", "eno2")
    assert found.networks == ("10.53.0.0/24", "fd5a:6d21:9912:5300::/64")
    assert found.gateways == ("10.53.0.1", "fd5a:6d21:9912:5300::1")


def test_peers_are_the_other_hosts_where_machines_move(city: City) -> None:
    hosts = sorted(city.virtualization_hosts)
    addresses = {host: {str(one.ip) for one in own(city, host).addresses["migration"]} for host in hosts}
    for host in hosts:
        others = set().union(*(found for other, found in addresses.items() if other != host))
        assert set(own(city, host).peers) == others


def test_a_host_without_migration_has_no_peers_and_is_none(city: City) -> None:
    name = "hall-kvm-1"
    alone = city.virtualization_hosts[name].model_copy(update={"migration": None})
    changed = city.model_copy(update={"virtualization_hosts": {**city.virtualization_hosts, name: alone}})
    assert (own(changed, name).peers, set(own(changed, name).addresses)) == ((), {"management"})
    assert not {"10.54.0.11", "fd5a:6d21:9912:5400::b"} & set(own(changed, "hall-kvm-2").peers)
