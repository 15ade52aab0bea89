"""Faults of ports and cables: a broadcast domain, or a host's port, then holds two layers."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from sanso.proof.edges import ReadEdge
from sanso.proof.links import End
from sanso.proof.placement import Place
from tests.proof.mutations.harness import Config, World, assert_found, place_of


class Port(NamedTuple):
    """A port of one kind, with a VLAN of another layer than its own."""

    world: str
    device: str
    name: str
    foreign: int

    def __str__(self) -> str:
        return f"{self.world}-{self.device}-{self.name}"

    @property
    def head(self) -> str:
        return f"interface {self.name}"


ACCESS = [
    Port("lab", "hall-floor-3", "GigabitEthernet1/0/1", 310),  # IOS, lgwan
    Port("lab", "toshokan-chuo-1", "Ethernet1", 310),  # EOS, lgwan
    Port("generated", "shogakko-nishi-2", "Ethernet1", 210),  # EOS, school
]
AP = [
    Port("lab", "hall-floor-1", "GigabitEthernet1/0/44", 110),
    Port("generated", "shogakko-nishi-2", "Ethernet47", 210),
    Port("generated", "hall-core-1", "GigabitEthernet1/0/45", 110),
]
HYPERVISOR = [
    Port("lab", "hall-core-2", "Ethernet2", 120),
    Port("generated", "hall-core-1", "GigabitEthernet1/0/1", 340),
]
UNUSED = [
    Port("lab", "shucchojo-nishi-1", "GigabitEthernet1/0/20", 210),
    Port("lab", "toshokan-chuo-1", "Ethernet20", 310),
]


def edited(worlds: dict[str, World], port: Port) -> tuple[World, Config]:
    world = worlds[port.world]
    return world, world.config(port.device)


def vlan_of(config: Config, port: Port, words: str) -> str:
    return config.line(config.number(port.head, words)).split()[-1]


def as_trunk(config: Config, port: Port) -> int:
    """EOS shows no mode for an access port."""
    if config.ios:
        return config.change(config.number(port.head, "mode access"), "mode access", "mode trunk")
    return config.insert(config.number(port.head, "access vlan") + 1, " switchport mode trunk")


@pytest.mark.parametrize("port", ACCESS, ids=str)
def test_an_access_port_in_a_vlan_of_another_layer(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = config.number(port.head, "access vlan")
    config.change(number, vlan_of(config, port, "access vlan"), str(port.foreign))
    assert_found(world.outcome(config), "TOPO-01", port.device, number, "access")


@pytest.mark.parametrize("port", [*AP, *HYPERVISOR], ids=str)
def test_a_trunk_to_hosts_widened(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = config.number(port.head, "allowed vlan")
    old = vlan_of(config, port, "allowed vlan")
    config.change(number, old, f"{old},{port.foreign}")
    assert_found(world.outcome(config), "TOPO-02", port.device, number, "widened")


@pytest.mark.parametrize("port", [*AP, *HYPERVISOR], ids=str)
def test_a_trunk_widened_by_a_line_that_adds(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    after = config.number(port.head, "allowed vlan") + 1
    number = config.insert(after, f" switchport trunk allowed vlan add {port.foreign}")
    outcome = world.outcome(config)
    assert {(one.rule, place_of(one)[0]) for one in outcome.errors} == {("TOPO-02", f"{port.device}.cfg")}
    assert {place_of(one)[1] for one in outcome.errors} <= {number, number - 1}, "the list, or what adds to it"


@pytest.mark.parametrize("port", [*AP, *HYPERVISOR], ids=str)
def test_a_trunk_without_a_list(port: Port, worlds: dict[str, World]) -> None:
    """It carries every VLAN; the line that remains is that of the mode, or of the interface."""
    world, config = edited(worlds, port)
    config.delete(config.number(port.head, "allowed vlan"))
    outcome = world.outcome(config)
    allowed = {config.number(port.head), config.number(port.head, "mode trunk")}
    assert [(one.rule, one.variant) for one in outcome.errors] == [("TOPO-02", "unlisted")]
    assert place_of(outcome.errors[0])[1] in allowed


@pytest.mark.parametrize("port", HYPERVISOR, ids=str)
def test_a_hypervisor_with_the_wrong_native_vlan(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = config.number(port.head, "native vlan")
    allowed = config.number(port.head, "allowed vlan")
    old = vlan_of(config, port, "native vlan")
    config.change(number, old, str(port.foreign))
    config.change(allowed, f",{old}", f",{old},{port.foreign}")
    outcome = world.outcome(config)
    assert number in {place_of(one)[1] for one in outcome.errors}
    assert {place_of(one)[0] for one in outcome.errors} == {f"{port.device}.cfg"}


@pytest.mark.parametrize("port", AP, ids=str)
def test_an_access_point_managed_in_a_vlan_of_its_clients(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = config.number(port.head, "native vlan")
    native = vlan_of(config, port, "native vlan")
    clients = next(one for one in vlan_of(config, port, "allowed vlan").split(",") if one != native)
    config.change(number, native, clients)
    outcome = world.outcome(config)
    assert place_of(outcome.errors[0]) == (f"{port.device}.cfg", number)
    assert {one.rule for one in outcome.errors} == {"TOPO-01"}


@pytest.mark.parametrize("world", ["lab", "generated"])
def test_an_ssid_on_the_vlan_of_another_layer(world: str, worlds: dict[str, World]) -> None:
    """Told by the access points, not by the switches: their ports are blamed as the place, not as the fault."""
    city = worlds[world].city
    staff = next(one for one in city.wlans.values() if city.segments[one.segment].layer == "lgwan")
    other = next(one for one in city.wlans.values() if city.segments[one.segment].layer == "internet")
    outcome = worlds[world].outcome(edges=[ReadEdge(staff.ssid, city.segments[other.segment].vlan)])
    assert outcome.errors
    assert {(one.rule, one.variant, one.args["one"]) for one in outcome.errors} == {("TOPO-01", "host", staff.ssid)}
    points = {
        (device, name)
        for device, ports in city.ports.items()
        for name, profile in ports.items()
        if profile.profile == "ap"
    }
    assert {(one.args["device"], one.args["port"]) for one in outcome.errors} <= points


def carried(world: World, port: Port) -> dict[str, int]:
    """Segments that a port to a virtualization host carries, and their VLANs, each of another layer."""
    vlans = world.snapshots[port.device].interfaces[port.name].switching
    assert vlans is not None
    by_layer = {one.layer: (name, one.vlan) for name, one in world.city.segments.items() if one.vlan in vlans.allowed}
    return dict(by_layer.values())


@pytest.mark.parametrize("port", HYPERVISOR, ids=str)
def test_a_virtual_machine_with_the_tag_of_another_layer(port: Port, worlds: dict[str, World]) -> None:
    """The port carries both tags, and rightly so: it is the machine that has the wrong one."""
    world = worlds[port.world]
    (segment, vlan), (_, other), *_ = carried(world, port).items()
    end = End(port.device, port.name)
    place = Place(world.city.segments[segment].layer, segment)
    right = world.outcome(edges=[ReadEdge("db-1 eth0", vlan, place, end)])
    assert right.errors == []
    wrong = world.outcome(edges=[ReadEdge("db-1 eth0", vlan, place, end), ReadEdge("db-2 eth0", other, place, end)])
    assert {(one.rule, one.variant) for one in wrong.errors} == {("TOPO-01", "host")}
    (leak,) = wrong.errors
    assert (leak.args["one"], leak.args["device"], leak.args["port"]) == ("db-2 eth0", *end)


def test_an_ssid_that_one_access_point_tags_wrongly(lab: World) -> None:
    """What was read at one port says nothing of the others."""
    port = AP[0]
    staff = next(one for one in lab.city.wlans.values() if lab.city.segments[one.segment].layer == "lgwan")
    other = next(one for one in lab.city.wlans.values() if lab.city.segments[one.segment].layer == "internet")
    end = End(port.device, port.name)
    outcome = lab.outcome(edges=[ReadEdge(staff.ssid, lab.city.segments[other.segment].vlan, end=end)])
    assert {(one.args["one"], one.args["device"], one.args["port"]) for one in outcome.errors} == {(staff.ssid, *end)}


def test_what_is_read_as_it_is_intended_changes_nothing(lab: World) -> None:
    read = [ReadEdge(one.ssid, lab.city.segments[one.segment].vlan) for one in lab.city.wlans.values()]
    outcome = lab.outcome(edges=read)
    assert outcome.silent
    assert outcome.topology.findings == []


@pytest.mark.parametrize("port", ACCESS[:1], ids=str)
@pytest.mark.parametrize("mode", ["desirable", "auto"])
def test_a_port_that_negotiates(mode: str, port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = config.change(config.number(port.head, "mode access"), "mode access", f"mode dynamic {mode}")
    assert_found(world.outcome(config), "TOPO-02", port.device, number, "dynamic")


@pytest.mark.parametrize("port", ACCESS[:1], ids=str)
def test_a_port_without_a_mode(port: Port, worlds: dict[str, World]) -> None:
    """IOS then negotiates by default, and nothing but the interface's own lines can say so."""
    world, config = edited(worlds, port)
    config.delete(config.number(port.head, "mode access"))
    outcome = world.outcome(config)
    assert [(one.rule, one.variant) for one in outcome.errors] == [("TOPO-02", "dynamic")]
    assert place_of(outcome.errors[0])[1] in range(config.number(port.head), config.number(port.head) + 3)


@pytest.mark.parametrize("port", ACCESS[:1], ids=str)
def test_a_voice_vlan_of_another_layer(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = config.insert(config.number(port.head, "mode access"), f" switchport voice vlan {port.foreign}")
    assert_found(world.outcome(config), "TOPO-02", port.device, number, "voice")


@pytest.mark.parametrize("port", ACCESS[:2], ids=str)
def test_an_access_port_made_a_trunk(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    number = as_trunk(config, port)
    outcome = world.outcome(config)
    assert "TOPO-02" in {one.rule for one in outcome.errors}
    assert {place_of(one)[0] for one in outcome.errors} == {f"{port.device}.cfg"}
    assert {place_of(one)[1] for one in outcome.errors} <= {number, config.number(port.head)}


@pytest.mark.parametrize("port", UNUSED, ids=str)
def test_an_unused_port_opened_as_a_trunk(port: Port, worlds: dict[str, World]) -> None:
    world, config = edited(worlds, port)
    config.delete(config.number(port.head, "shutdown"))
    number = as_trunk(config, port)
    outcome = world.outcome(config)
    assert {one.rule for one in outcome.errors} == {"TOPO-02"}
    assert {place_of(one) for one in outcome.errors} <= {
        (f"{port.device}.cfg", line) for line in range(config.number(port.head), number + 1)
    }


# ----- links between switches ---------------------------------------------------------------------------------

UPLINK = ("hall-floor-3", "interface TenGigabitEthernet1/1/1", "hall-dist-1", "interface TenGigabitEthernet1/0/3")


def test_both_ends_with_native_vlans_of_two_layers(lab: World) -> None:
    near, near_port, far, far_port = UPLINK
    one, other = lab.config(near), lab.config(far)
    number = one.change(one.number(near_port, "native vlan"), "998", "210")
    other_number = other.change(other.number(far_port, "native vlan"), "998", "310")
    outcome = lab.outcome(one, other)
    places = {place_of(error) for error in outcome.errors}
    assert places
    assert places <= {(f"{near}.cfg", number), (f"{far}.cfg", other_number)}
    assert {error.rule for error in outcome.errors} == {"TOPO-01"}


def test_both_ends_in_access_vlans_of_two_layers(lab: World) -> None:
    near, near_port, far, far_port = UPLINK
    configs = lab.config(near), lab.config(far)
    numbers = set()
    for config, port, vlan in zip(configs, (near_port, far_port), (210, 310), strict=True):
        mode = config.number(port, "mode trunk")
        config.change(mode, "mode trunk", "mode access")
        numbers.add((f"{config.device}.cfg", config.insert(mode, f" switchport access vlan {vlan}")))
    outcome = lab.outcome(*configs)
    places = {place_of(error) for error in outcome.errors}
    assert places
    assert places <= numbers
    assert {error.rule for error in outcome.errors} == {"TOPO-01"}


def test_an_access_port_of_another_layer_in_the_place_of_an_uplink(lab: World) -> None:
    """The far end is a trunk still, with a native VLAN that it lets through."""
    near, near_port, far, far_port = UPLINK
    one, other = lab.config(near), lab.config(far)
    mode = one.number(near_port, "mode trunk")
    one.change(mode, "mode trunk", "mode access")
    number = one.insert(mode, " switchport access vlan 310")
    other_number = other.change(other.number(far_port, "native vlan"), "998", "210")
    outcome = lab.outcome(one, other)
    places = {place_of(error) for error in outcome.errors}
    assert places
    assert places <= {(f"{near}.cfg", number), (f"{far}.cfg", other_number)}


def test_a_patch_cable_between_ports_of_two_layers(lab: World) -> None:
    """Two access ports of one switch, as neighbours tell: each is as it should be, the cable is not."""
    device = "shobo-minami-1"
    config = lab.config(device)
    staff = _access_port(config, 210)
    internet = _access_port(config, 310)
    told = {staff: (device, internet), internet: (device, staff)}
    outcome = lab.outcome(cables={device: told})
    assert {error.rule for error in outcome.errors} == {"TOPO-01"}
    lines = {(f"{device}.cfg", config.number(f"interface {port}", "access vlan")) for port in (staff, internet)}
    assert {place_of(error) for error in outcome.errors} <= lines


def _access_port(config: Config, vlan: int) -> str:
    number = config.lines.index(f" switchport access vlan {vlan}")
    return next(line for line in reversed(config.lines[:number]) if line.startswith("interface ")).split()[1]


def test_a_segment_on_the_line_to_others(lab: World) -> None:
    """The port towards the branches' line is no port of ours; as an access port it takes a segment out."""
    config = lab.config("hall-core-1")
    number = config.append("interface Ethernet46", " switchport access vlan 210", " switchport mode access") + 1
    assert_found(lab.outcome(config), "TOPO-08", "hall-core-1", number)
