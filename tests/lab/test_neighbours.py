"""``show lldp neighbors`` and ``show cdp neighbors`` of emulated devices: what the cables of their specs say."""

from __future__ import annotations

import json

import pytest

from sanso.lab import DeviceSpec, make_device
from sanso.lab.shell import Shell
from sanso.lab.spec import Cable, parse_specs

FAR = {"ios": "TenGigabitEthernet1/0/7", "eos": "Ethernet7"}
OWN = {"ios": "TenGigabitEthernet1/1/1", "eos": "Ethernet1"}
SHORT = {"ios": "Te1/1/1", "eos": "Et1"}


def session(platform: str, far: str) -> Shell:
    """A switch with one cable, its port up, that listens."""
    own = OWN[platform]
    spec = DeviceSpec("sw1", platform, "127.0.0.1", 4022, (own,), cables=(Cable(own, "sw2", FAR[far], far),))
    shell = make_device(spec).shell(privileged=True)
    for line in ("configure terminal", "lldp run", f"interface {own}", "no shutdown", "end"):
        shell.execute(line)
    return shell


@pytest.mark.parametrize("far", FAR)
@pytest.mark.parametrize("platform", OWN)
def test_a_neighbour_is_shown_in_the_table_and_in_the_detail(platform: str, far: str) -> None:
    shell = session(platform, far)
    port = {"ios": "Te1/0/7", "eos": "Ethernet7"}[far]
    row = shell.execute("show lldp neighbors")
    assert any(line.split()[:2] in (["sw2", SHORT[platform]], [SHORT[platform], "sw2"]) for line in row.splitlines())
    assert port in row
    detail = shell.execute("show lldp neighbors detail")
    assert "sw2" in detail
    assert port in detail


@pytest.mark.parametrize("platform", OWN)
def test_a_port_that_is_shut_hears_nobody(platform: str) -> None:
    shell = session(platform, "ios")
    for line in ("configure terminal", f"interface {OWN[platform]}", "shutdown", "end"):
        shell.execute(line)
    assert "sw2" not in shell.execute("show lldp neighbors")
    assert "sw2" not in shell.execute("show lldp neighbors detail")


@pytest.mark.parametrize("platform", OWN)
def test_a_neighbour_that_is_told_to_be_silent_is_not_heard(platform: str) -> None:
    shell = session(platform, "ios")
    shell.device.troubles.hush("sw2")
    assert "sw2" not in shell.execute("show lldp neighbors detail")
    shell.device.troubles.hush()
    assert "sw2" in shell.execute("show lldp neighbors detail")


@pytest.mark.parametrize("platform", OWN)
def test_a_switch_that_does_not_listen_says_so(platform: str) -> None:
    shell = session(platform, "ios")
    for line in ("configure terminal", "no lldp run", "end"):
        shell.execute(line)
    assert shell.execute("show lldp neighbors detail") == "% LLDP is not enabled"


@pytest.mark.parametrize(("far", "count"), [("ios", 1), ("eos", 0)])
def test_cdp_is_heard_from_its_own_maker_alone(far: str, count: int) -> None:
    shell = session("ios", far)
    assert shell.execute("show cdp neighbors detail").count("Device ID: sw2") == count
    assert f"Total cdp entries displayed : {count}" in shell.execute("show cdp neighbors")


def test_eos_tells_the_same_as_json() -> None:
    shell = session("eos", "ios")
    (row,) = json.loads(shell.execute("show lldp neighbors | json"))["lldpNeighbors"]
    assert (row["port"], row["neighborDevice"], row["neighborPort"]) == ("Ethernet1", "sw2", "Te1/0/7")
    ports = json.loads(shell.execute("show lldp neighbors detail | json"))["lldpNeighbors"]
    (one,) = ports["Ethernet1"]["lldpNeighborInfo"]
    assert (one["systemName"], one["neighborInterfaceInfo"]["interfaceId_v2"]) == ("sw2", "Te1/0/7")


def test_one_port_may_be_asked_for() -> None:
    shell = session("ios", "ios")
    assert "sw2" in shell.execute("show lldp neighbors te1/1/1 detail")
    assert "sw2" in session("eos", "eos").execute("show lldp neighbors et1 detail")


def test_cables_come_through_a_list_of_devices() -> None:
    cable = ["Ethernet1", "sw2", "Ethernet7", "eos"]
    item = {"name": "sw1", "platform": "eos", "address": "127.0.0.1", "port": 4022, "cables": [cable]}
    (spec,) = parse_specs([item])
    assert spec.cables == (Cable("Ethernet1", "sw2", "Ethernet7", "eos"),)
