"""Whole cities: nothing to say of what the city intends, and every planted fault found at its line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sanso.city.load import load_city
from sanso.city.model import City
from sanso.messages import LANGUAGES, Severity
from sanso.network.facts import Mode
from sanso.network.snapshot import Address, Interface, Kind, Line, Snapshot, Switching
from sanso.proof.edges import ReadEdge
from sanso.proof.findings import ChainFinding
from sanso.proof.topology import Topology
from tests.proof.topology.networks import LAB, ip_interface, of_city

Network = dict[str, Snapshot]
HALL, SERVERS, FLOOR, THIRD = "hall-core-1", "hall-core-2", "hall-floor-1", "hall-floor-3"


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(LAB)


@pytest.fixture(scope="module")
def intended(city: City) -> Network:
    return of_city(city)


def switched(
    network: Network, device: str, port: str, text: str, mode: Mode | None = None, **values: int | frozenset[int]
) -> Network:
    """The network with a port's switching changed by a line 900."""
    old = network[device].interfaces[port]
    assert old.switching is not None
    line = Line(network[device].file, 900, text)
    lines = [line, *(one for one in old.switching.lines if one.text.split()[:3] != text.split()[:3])]
    kept = Switching(
        mode or old.switching.mode,
        **{**_values(old.switching), **values},
        lines=tuple(lines),  # type: ignore[arg-type]
    )
    return with_interface(network, device, replace(old, switching=kept, shutdown=False))


def _values(switching: Switching) -> dict[str, object]:
    return {key: getattr(switching, key) for key in ("access_vlan", "native_vlan", "allowed", "voice_vlan")}


def with_interface(network: Network, device: str, interface: Interface, **more: object) -> Network:
    old = network[device]
    interfaces = {**old.interfaces, interface.name: interface}
    return {**network, device: replace(old, interfaces=interfaces, **more)}  # type: ignore[arg-type]


def port_of(city: City, device: str, profile: str, nth: int = 0) -> str:
    return [name for name, one in city.ports[device].items() if one.profile == profile][nth]


def of_segment(city: City, device: str, segment: str) -> str:
    return next(name for name, one in city.ports[device].items() if getattr(one, "segment", None) == segment)


Plant = Callable[[City, Network], Network]


def access_in_another_vlan(city: City, network: Network) -> Network:
    name = of_segment(city, THIRD, "lgwan_staff")
    return switched(network, THIRD, name, "switchport access vlan 310", access_vlan=310)


def hypervisor_in_another_vlan(city: City, network: Network) -> Network:
    name = port_of(city, SERVERS, "hypervisor")
    return switched(
        network,
        SERVERS,
        name,
        "switchport trunk native vlan 120",
        native_vlan=120,
        allowed=frozenset({120, 240, 250}),
    )


def hypervisor_widened(city: City, network: Network) -> Network:
    name = port_of(city, SERVERS, "hypervisor")
    old = network[SERVERS].interfaces[name].switching
    assert old is not None
    return switched(network, SERVERS, name, "switchport trunk allowed vlan add 120", allowed=old.allowed | {120})


def access_point_widened(city: City, network: Network) -> Network:
    name = port_of(city, FLOOR, "ap")
    old = network[FLOOR].interfaces[name].switching
    assert old is not None
    return switched(network, FLOOR, name, "switchport trunk allowed vlan add 110", allowed=old.allowed | {110})


def access_point_management_in_public(city: City, network: Network) -> Network:
    name = port_of(city, FLOOR, "ap")
    return switched(network, FLOOR, name, "switchport trunk native vlan 410", native_vlan=410)


def list_missing(city: City, network: Network) -> Network:
    name = port_of(city, FLOOR, "ap")
    lines = Line(network[FLOOR].file, 900, "switchport mode trunk")
    network = switched(network, FLOOR, name, "switchport mode trunk", allowed=frozenset(range(1, 4095)))
    old = network[FLOOR].interfaces[name]
    assert old.switching is not None
    return with_interface(network, FLOOR, replace(old, switching=replace(old.switching, lines=(lines,))))


def negotiating(city: City, network: Network) -> Network:
    name = of_segment(city, FLOOR, "lgwan_staff")
    return switched(
        network, FLOOR, name, "switchport mode dynamic desirable", Mode.DYNAMIC, allowed=frozenset(range(1, 4095))
    )


def voice(city: City, network: Network) -> Network:
    name = of_segment(city, THIRD, "lgwan_staff")
    return switched(network, THIRD, name, "switchport voice vlan 310", voice_vlan=310)


def unused_opened(city: City, network: Network) -> Network:
    name = port_of(city, SERVERS, "unused")
    return switched(
        network, SERVERS, name, "switchport trunk allowed vlan 120,340", Mode.TRUNK, allowed=frozenset({120, 340})
    )


def native_mismatch(city: City, network: Network) -> Network:
    """Both ends let their native VLAN through, but not the same one."""
    name = port_of(city, THIRD, "uplink")
    peer = city.ports[THIRD][name]
    there, there_port = peer.to, peer.to_port  # type: ignore[union-attr]
    network = switched(network, THIRD, name, "switchport trunk native vlan 210", native_vlan=210)
    return switched(network, str(there), str(there_port), "switchport trunk native vlan 310", native_vlan=310)


def ends_in_two_vlans(city: City, network: Network) -> Network:
    name = port_of(city, THIRD, "uplink")
    peer = city.ports[THIRD][name]
    there, there_port = peer.to, peer.to_port  # type: ignore[union-attr]
    network = switched(network, THIRD, name, "switchport access vlan 210", Mode.ACCESS, access_vlan=210)
    return switched(network, str(there), str(there_port), "switchport access vlan 310", Mode.ACCESS, access_vlan=310)


def rogue_svi(city: City, network: Network) -> Network:
    assert city.devices
    file = network[THIRD].file
    address = Address(ip_interface("10.31.0.77/24"), Line(file, 901, "ip address 10.31.0.77 255.255.255.0"))
    made = Interface("Vlan310", Kind.SVI, Line(file, 900, "interface Vlan310"), vlan=310, addresses=(address,))
    return with_interface(network, THIRD, made)


def address_of_another_layer(city: City, network: Network) -> Network:
    assert city.devices
    file = network[HALL].file
    old = network[HALL].interfaces["Vlan310"]
    extra = Address(ip_interface("10.12.0.250/24"), Line(file, 900, "ip address 10.12.0.250 255.255.255.0 secondary"))
    return with_interface(network, HALL, replace(old, addresses=(*old.addresses, extra)))


def segment_on_the_line(city: City, network: Network) -> Network:
    name = port_of(city, HALL, "external")
    line = Line(network[HALL].file, 900, "switchport access vlan 210")
    made = Interface(name, Kind.SWITCHED, line, switching=Switching(Mode.ACCESS, 210, 1, frozenset(), lines=(line,)))
    return with_interface(network, HALL, made)


@pytest.mark.parametrize(
    ("plant", "rule", "variant", "device"),
    [
        (access_in_another_vlan, "TOPO-01", "access", THIRD),
        (hypervisor_in_another_vlan, "TOPO-01", "trunk", SERVERS),
        (hypervisor_widened, "TOPO-02", "widened", SERVERS),
        (access_point_widened, "TOPO-02", "widened", FLOOR),
        (access_point_management_in_public, "TOPO-01", "trunk", FLOOR),
        (list_missing, "TOPO-02", "unlisted", FLOOR),
        (negotiating, "TOPO-02", "dynamic", FLOOR),
        (voice, "TOPO-02", "voice", THIRD),
        (unused_opened, "TOPO-02", "unused", SERVERS),
        (native_mismatch, "TOPO-01", "trunk", "hall-dist-1"),
        (ends_in_two_vlans, "TOPO-01", "trunk", "hall-dist-1"),
        (rogue_svi, "TOPO-11", "", THIRD),
        (address_of_another_layer, "TOPO-01", "svi", HALL),
        (segment_on_the_line, "TOPO-08", "", HALL),
    ],
)
def test_a_planted_fault_is_found_at_its_line(
    plant: Plant, rule: str, variant: str, device: str, city: City, intended: Network
) -> None:
    findings = Topology(plant(city, intended), city).findings
    found = [one for one in findings if (one.rule, one.variant) == (rule, variant)]
    assert [str(one.location) for one in found] == [f"{intended[device].file}:900:1"], "one fault, told once"
    assert all(one.severity is Severity.ERROR for one in found)
    others = [one for one in findings if one.rule != rule]
    assert {one.severity for one in others} <= {Severity.WARNING}, "and nothing else is blamed"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_finding_says_all_its_words(lang: str, city: City, intended: Network) -> None:
    plants: list[Plant] = [native_mismatch, rogue_svi, segment_on_the_line, negotiating, list_missing]
    for plant in plants:
        for finding in Topology(plant(city, intended), city).findings:
            assert isinstance(finding, ChainFinding)
            assert len(finding.lines(lang)) >= 4  # type: ignore[arg-type]  # one of the two languages


def test_the_mend_is_what_the_inventory_has(city: City, intended: Network) -> None:
    findings = Topology(access_in_another_vlan(city, intended), city).findings
    assert "access port of VLAN 210" in next(one for one in findings if one.rule == "TOPO-01").hint("en")


def test_an_access_point_that_tags_an_ssid_wrongly_is_found(city: City, intended: Network) -> None:
    wlan = city.wlans["lgwan"]
    topology = Topology(intended, city, edges=[ReadEdge(wlan.ssid, city.segments["internet_wifi"].vlan)])
    leaks = [one for one in topology.findings if one.rule == "TOPO-01"]
    ports = [name for device in city.devices for name, one in city.ports[device].items() if one.profile == "ap"]
    assert leaks
    assert {one.variant for one in leaks} == {"host"}
    assert {one.args["one"] for one in leaks} == {wlan.ssid}
    assert len(leaks) <= len(ports)


def test_a_device_without_configuration_is_not_proved(city: City, intended: Network) -> None:
    network = {name: one for name, one in intended.items() if name != "hall-dist-1"}
    found = Topology(network, city).findings
    (missing,) = [one for one in found if one.severity is Severity.ERROR]
    assert (missing.rule, missing.variant, missing.args["device"]) == ("TOPO-06", "device", "hall-dist-1")
    assert missing.location is not None
    assert Path(missing.location.file).name == "hall-dist-1.yml"
    assert {one.rule for one in found} == {"TOPO-06", "TOPO-10"}


def test_nothing_is_wrong_with_what_the_city_intends(city: City, intended: Network) -> None:
    topology = Topology(intended, city)
    assert topology.findings == []
    assert all(len(domain.layers) <= 1 for domain in topology.domains)
    carried = [domain for domain in topology.domains if domain.interfaces]
    segments = {place.segment for domain in carried for place in domain.places}
    routed = {name for name, segment in city.segments.items() if segment.routed}
    assert segments == {name for site in city.sites.values() for name in site.segments if name in routed}
