from __future__ import annotations

from collections import Counter
from datetime import date
from ipaddress import ip_address
from itertools import combinations, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from sanso.city import City, load_city
from sanso.city.addressing import FAMILIES, share
from sanso.city.device import ApPort
from sanso.city.inventory import read_inventory
from sanso.city.segment import Layer
from sanso.city.site import SiteKind
from sanso.generate import Size, SizeError, generate, write_inventory
from sanso.render import intend_city
from sanso.rules import check_city

DAY = date(2026, 4, 1)
SIZES = [(1, 1, 16), (1, 2, 16), (1, 60, 200), (2, 2, 18), (9, 12, 32), (12, 30, 140), (50, 200, 600), (60, 200, 600)]


def made(size: Size, folder: Path) -> City:
    """The city of a size, written and read again."""
    write_inventory(generate(size), folder)
    return load_city(folder)


def assert_right(city: City, size: Size) -> None:
    assert (len(city.sites), len(city.devices)) == (size.sites, size.switches)
    assert sum(len(site.segments) for site in city.sites.values()) == size.segments
    findings = check_city(city, DAY)
    assert not findings, "\n".join(line for finding in findings for line in finding.lines("en"))


@pytest.mark.parametrize("counts", SIZES, ids=lambda counts: "-".join(map(str, counts)))
def test_a_generated_city_has_its_size_and_no_finding(counts: tuple[int, int, int], tmp_path: Path) -> None:
    size = Size(*counts)
    city = made(size, tmp_path)
    assert_right(city, size)
    assert len(intend_city(city)) == size.switches


@st.composite
def small_sizes(draw: st.DrawFn) -> Size:
    sites = draw(st.integers(1, 12))
    switches = draw(st.integers(sites, sites + 40))
    segments = 16 + 2 * (sites - 1) + draw(st.integers(0, 100))
    return Size(sites, switches, segments, draw(st.sampled_from(["ios", "eos", "mix"])), draw(st.integers(0, 10**6)))


@settings(max_examples=25, deadline=None, phases=[Phase.explicit, Phase.reuse, Phase.generate])  # small as they are
@given(small_sizes())
def test_any_small_city_is_valid(size: Size) -> None:
    with TemporaryDirectory() as folder:
        assert_right(made(size, Path(folder)), size)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("city")
    write_inventory(generate(Size(20, 70, 250)), target)
    return target


@pytest.fixture(scope="module")
def city(folder: Path) -> City:
    return load_city(folder)


def test_every_kind_of_site_and_every_layer_is_there(city: City) -> None:
    assert {site.kind for site in city.sites.values()} == set(SiteKind)
    assert {segment.layer for segment in city.segments.values()} == set(Layer)
    assert city.flows
    assert city.wlans
    assert {device.platform for device in city.devices.values()} == {"ios", "eos"}


def test_switches_have_plausible_ports(city: City) -> None:
    for name, ports in city.ports.items():
        assert 24 <= len(ports) <= 56, f"{name} has {len(ports)} ports"
    assert sum(isinstance(port, ApPort) for ports in city.ports.values() for port in ports.values()) > 40


def test_shares_never_overlap_and_lie_in_the_citys_prefixes(city: City) -> None:
    for family in FAMILIES:
        own = getattr(city.settings.prefixes, family)
        shares = [share(city, segment, site.id, family) for site in city.sites.values() for segment in site.segments]
        ordered = sorted((prefix for prefix in shares if prefix is not None), key=lambda prefix: int(prefix[0]))
        assert len(ordered) == len(shares)
        assert all(int(left[-1]) < int(right[0]) for left, right in pairwise(ordered))
        assert all(any(prefix.subnet_of(whole) for whole in own) for prefix in ordered)


def test_the_emulated_devices_stand_on_loopback_each_on_its_own_address(folder: Path) -> None:
    hosts = [read_inventory(folder).values(host) for host in read_inventory(folder).variables]
    assert len({values["ansible_host"] for values in hosts}) == len(hosts) == 70
    assert all(ip_address(values["ansible_host"]).is_loopback for values in hosts)
    assert {values["ansible_port"] for values in hosts} == {4022}
    assert {values["sanso_known_hosts"] for values in hosts} == {"{{ inventory_dir }}/.lab/known_hosts"}


def test_switch_management_addresses_are_unique_and_none_is_a_servers(city: City) -> None:
    hosts = Counter((device.site, device.management_host) for device in city.devices.values())
    gateways = {site.gateway for site in city.sites.values()}
    assert {device.hostname for device in city.devices.values() if device.management_host is None} == gateways
    assert max(hosts.values()) == 1
    machines = {
        int(face.ipv4) & 0xFF for node in city.nodes.values() for face in node.interfaces
        if face.segment == "management" and face.ipv4 is not None
    }  # fmt: skip
    assert machines
    assert not machines & {host for site, host in hosts if site == "city_hall"}


def contents(folder: Path) -> dict[str, str]:
    return {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}


def test_the_same_seed_gives_the_same_city_and_another_seed_another(tmp_path: Path) -> None:
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_inventory(generate(Size(5, 20, 60, seed=seed)), tmp_path / name)
    first, again, other = (contents(tmp_path / name) for name in "abc")
    assert first == again
    assert first != other


@pytest.mark.parametrize("platform", ["ios", "eos"])
def test_a_city_of_one_platform_has_no_other(platform: str, tmp_path: Path) -> None:
    built = made(Size(4, 30, 60, platform), tmp_path)  # type: ignore[arg-type]  # one of the choices
    assert {device.platform for device in built.devices.values()} == {platform}


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((0, 1, 16), "at least 1 site"),
        ((5, 4, 100), "5 sites need at least 5 switches"),
        ((1, 201, 100), "1 sites take at most 200 switches"),
        ((5, 5, 23), "5 sites need at least 24 site-segments, 16 at the city hall and 2 at each branch, not 23"),
        ((1, 1, 2200), "lower --segments"),
        ((9000, 9000, 20000), "different segments; lower --segments or --sites"),
    ],
)
def test_a_size_that_cannot_be_is_refused_with_a_reason(counts: tuple[int, int, int], words: str) -> None:
    with pytest.raises(SizeError, match=words):
        generate(Size(*counts))


def test_names_of_sites_are_unique_in_both_languages(tmp_path: Path) -> None:
    built = made(Size(200, 200, 500), tmp_path)
    for one, other in combinations(built.sites.values(), 2):
        assert one.name != other.name
        assert one.name_ja != other.name_ja
