"""NAPALM's own driver for IOS reads back what was set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from napalm import get_network_driver

from tests.emulated import EmulatedDevices

SET = (
    "configure terminal",
    "vlan 10",
    "name office",
    "vlan 20",
    "interface GigabitEthernet1/0/1",
    "description desk",
    "switchport access vlan 10",
    "switchport mode access",
    "interface GigabitEthernet1/0/2",
    "switchport mode trunk",
    "switchport trunk allowed vlan 10,20",
    "interface GigabitEthernet1/0/3",
    "shutdown",
    "interface Vlan10",
    "ip address 10.0.10.1 255.255.255.0",
    "ipv6 address 2001:db8:0:10::1/64",
    "end",
    "write memory",
)


@pytest.fixture(scope="module")
def driver(served: EmulatedDevices) -> Iterator[Any]:
    def prepare() -> None:
        shell = served["sw1"].shell(privileged=True)
        for line in SET:
            shell.execute(line)

    served.call(prepare)
    spec = served["sw1"].spec
    options = {
        "port": spec.port,
        "secret": spec.secret,
        "ssh_strict": True,
        "alt_host_keys": True,
        "alt_key_file": str(served.state / "known_hosts"),
    }
    opened = get_network_driver("ios")(spec.address, spec.username, spec.password, optional_args=options)
    opened.open()
    yield opened
    opened.close()


def test_facts(driver: Any) -> None:
    facts = driver.get_facts()
    assert facts["vendor"] == "Cisco"
    assert facts["hostname"] == "sw1"
    assert facts["model"] == "WS-C3850-48P"
    assert "CAT3K_CAA" in facts["os_version"]
    assert facts["uptime"] >= 0
    assert facts["interface_list"][:3] == ["Vlan1", "Vlan10", "GigabitEthernet0/0"]


def test_configurations(driver: Any) -> None:
    texts = driver.get_config()
    for kind in ("running", "startup"):
        assert "interface GigabitEthernet1/0/1\n description desk\n switchport access vlan 10\n" in texts[kind]


def test_vlans(driver: Any) -> None:
    vlans = driver.get_vlans()
    assert vlans["10"] == {"name": "office", "interfaces": ["GigabitEthernet1/0/1", "GigabitEthernet1/0/2"]}
    assert vlans["20"] == {"name": "VLAN0020", "interfaces": ["GigabitEthernet1/0/2"]}
    assert vlans["1002"] == {"name": "fddi-default", "interfaces": []}


def test_interfaces(driver: Any) -> None:
    interfaces = driver.get_interfaces()
    desk, shut, svi = (interfaces[name] for name in ("GigabitEthernet1/0/1", "GigabitEthernet1/0/3", "Vlan10"))
    assert (desk["description"], desk["is_enabled"], desk["is_up"], desk["speed"]) == ("desk", True, True, 1000.0)
    assert (shut["is_enabled"], shut["is_up"]) == (False, False)
    assert (svi["is_enabled"], svi["is_up"]) == (True, True)
    assert desk["mac_address"] != shut["mac_address"]


def test_addresses(driver: Any) -> None:
    found = driver.get_interfaces_ip()["Vlan10"]
    assert found["ipv4"] == {"10.0.10.1": {"prefix_length": 24}}
    assert found["ipv6"]["2001:db8:0:10::1"] == {"prefix_length": 64}
