"""The order in which devices are changed: nobody saws off the branch that he sits on."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.change.stages import RolloutStage, at_once, rollout_stages
from sanso.city import City, load_city
from sanso.city.device import Device, TrunkPort
from sanso.city.paths import behind, hops
from tests.errors.cases import BASE
from tests.rules.conftest import wireless_city

ROOT = Path(__file__).resolve().parents[2]
LAB = load_city(ROOT / "inventories" / "lab")
TINY = load_city(BASE)
HUB = "hall"
MANAGEMENT = "switches"


@st.composite
def cities(draw: st.DrawFn) -> City:
    """Sites of any shape of trunks, redundant ones too; some trunks do not carry what switches are reached by."""
    base = TINY
    sites, devices = {}, {}
    for number in range(draw(st.integers(1, 4))):
        name = HUB if number == 0 else f"branch_{number}"
        hosts = [f"{'hall' if number == 0 else f'branch{number}'}-{host}" for host in range(draw(st.integers(1, 6)))]
        segments = dict.fromkeys((MANAGEMENT, "staff"))
        about = {
            "id": name,
            "number": number,
            "gateway": hosts[0],
            "stage": draw(st.integers(1, 2)),
            "segments": segments,
        }
        sites[name] = base.sites[HUB].model_copy(update=about)
        devices |= {host: _device(draw, name, host, hosts[:index]) for index, host in enumerate(hosts)}
    city = City(settings=base.settings, segments=base.segments, sites=sites, devices=devices)
    for name, site in sites.items():
        ends = [one.hostname for one in city.devices_at[name] if not behind(city, name, one.hostname)]
        sites[name] = site.model_copy(update={"canary": draw(st.none() | st.sampled_from(ends))})
    return city.model_copy(update={"sites": sites})


def _device(draw: st.DrawFn, site: str, host: str, earlier: list[str]) -> Device:
    """A switch with trunks to some of those before it."""
    ports = {
        f"Port{index}": TrunkPort(profile="trunk", to=other, to_port="Port", segments=segments)
        for index, other in enumerate(
            draw(st.lists(st.sampled_from(earlier), max_size=3, unique=True)) if earlier else []
        )
        for segments in [draw(st.sampled_from([None, [MANAGEMENT], ["staff"]]))]
    }
    return Device(
        name=host,
        name_ja=host,
        hostname=host,
        site=site,
        platform="ios",
        role="access",
        ports=ports or TINY.devices["annex-1"].ports,
    )


def neighbours(city: City) -> dict[str, set[str]]:
    """Everything that the way to a device may lead over: trunks, and the lines to the gateway of the hub."""
    found: dict[str, set[str]] = {host: set() for host in city.devices}
    pairs = [
        (host, port.to)
        for host, device in city.devices.items()
        for port in device.ports.values()
        if isinstance(port, TrunkPort) and port.to and (port.segments is None or MANAGEMENT in port.segments)
    ]
    pairs += [(site.gateway, city.sites[HUB].gateway) for name, site in city.sites.items() if name != HUB]
    for one, other in pairs:
        found[one].add(other)
        found[other].add(one)
    return found


def reached(city: City, start: str, without: str = "") -> dict[str, int]:
    """Distances from a device, while another is off."""
    links, found = neighbours(city), {start: 0}
    edge = [start]
    while edge:
        edge = [other for host in edge for other in links[host] if other not in found and other != without]
        found |= dict.fromkeys(edge, max(found.values()) + 1)
    return found


def places(stages: list[RolloutStage]) -> dict[str, int]:
    found = {host: place for place, stage in enumerate(stages) for host in stage.hosts}
    assert len(found) == sum(len(stage.hosts) for stage in stages)
    return found


@given(cities(), st.data())
def test_no_device_is_changed_before_one_that_is_reached_through_it(city: City, data: st.DataObject) -> None:
    hosts = data.draw(st.lists(st.sampled_from(list(city.devices)), unique=True))
    stages = rollout_stages(city, hosts)
    place, root = places(stages), city.sites[HUB].gateway
    assert place.keys() == set(hosts)
    whole = reached(city, root)
    named = {site.canary for site in city.sites.values()}
    for near in hosts:
        off = reached(city, root, without=near) if near != root else {}
        beyond = reached(city, near)
        for far in hosts:
            if near == far or far not in whole or _number(city, near) != _number(city, far):
                continue
            shortest = near in whole and whole[near] + beyond.get(far, len(whole)) == whole[far]
            if far not in off or (shortest and near not in named):
                assert place[far] < place[near], (near, far)


@given(cities(), st.data())
def test_sites_come_by_their_stage_and_one_device_of_each_goes_ahead(city: City, data: st.DataObject) -> None:
    hosts = data.draw(st.lists(st.sampled_from(list(city.devices)), unique=True))
    stages = rollout_stages(city, hosts)
    assert [one.number for one in stages] == sorted(one.number for one in stages)
    assert all({_number(city, host) for host in one.hosts} == {one.number} for one in stages)
    for number in {one.number for one in stages}:
        mine = [one for one in stages if one.number == number]
        ahead = [host for one in mine if one.kind == "canary" for host in one.hosts]
        sites = [city.devices[host].site for host in ahead]
        assert len(set(sites)) == len(sites)
        assert [one.kind for one in mine].count("canary") <= 1
        for name, site in city.sites.items():
            if site.stage == number and site.canary in hosts and site.canary != city.sites[HUB].gateway:
                assert site.canary in mine[0].hosts
            elif name in _sites(city, hosts, number) - {HUB}:
                assert name in sites


def _number(city: City, host: str) -> int:
    return city.sites[city.devices[host].site].stage


def _sites(city: City, hosts: Collection[str], number: int) -> set[str]:
    return {city.devices[host].site for host in hosts if _number(city, host) == number}


def told(stages: list[RolloutStage]) -> list[tuple[int, str, int, tuple[str, ...]]]:
    return [(one.number, one.kind, one.hops, one.hosts) for one in stages]


def test_the_embedded_city_begins_in_its_branches_and_ends_at_its_core() -> None:
    hosts = [host for host in LAB.devices if host.startswith(("hall-core", "hall-dist", "shogakko", "hoikusho"))]
    assert told(rollout_stages(LAB, [*hosts, "hall-floor-1", "hall-floor-8"])) == [
        (1, "canary", 0, ("hoikusho-east-1", "shogakko-kita-2")),
        (1, "linked", 2, ("shogakko-kita-3",)),
        (1, "linked", 1, ("shogakko-kita-1",)),
        (2, "canary", 0, ("hall-floor-8",)),
        (2, "linked", 2, ("hall-floor-1",)),
        (2, "linked", 1, ("hall-dist-1", "hall-dist-2", "hall-core-2")),
        (2, "linked", 0, ("hall-core-1",)),
    ]


def test_a_core_that_branches_hang_on_is_no_canary_while_they_are_changed() -> None:
    city = LAB.model_copy(update={"sites": {n: s.model_copy(update={"stage": 1}) for n, s in LAB.sites.items()}})
    hosts = ["hall-core-1", "shogakko-kita-1", "shogakko-kita-2"]
    assert told(rollout_stages(city, hosts)) == [
        (1, "canary", 0, ("shogakko-kita-2",)),
        (1, "linked", 1, ("shogakko-kita-1",)),
        (1, "linked", 0, ("hall-core-1",)),
    ]
    assert told(rollout_stages(city, ["hall-core-1"])) == [(1, "canary", 0, ("hall-core-1",))]


def test_controllers_hang_on_their_switches() -> None:
    city = wireless_city()
    (host,) = city.controllers
    (stage,) = rollout_stages(city, [host])
    assert (stage.kind, stage.hosts) == ("canary", (host,))


def test_a_device_that_no_way_leads_to_has_no_distance_and_hides_nobody() -> None:
    site = LAB.sites["city_hall"]
    assert hops(LAB, site.id)["hall-floor-8"] == 2
    assert behind(LAB, site.id, "hall-dist-2") == [f"hall-floor-{floor}" for floor in (5, 6, 7, 8)]
    assert behind(LAB, site.id, "hall-floor-8") == []
    assert hops(LAB, site.id, without=site.gateway) == {}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_every_stage_has_a_title(language: str) -> None:
    stages = [*at_once(["one"]), *(RolloutStage(2, kind, ("one",), 3) for kind in ("canary", "linked", "unlinked"))]  # type: ignore[arg-type]
    titles = [stage.title(language) for stage in stages]  # type: ignore[arg-type]
    assert len(set(titles)) == 4
    assert all("2" in title for title in titles[1:])
