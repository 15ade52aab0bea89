"""NAPALM's own driver for EOS, over eAPI, reads back what was set."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from napalm import get_network_driver
from napalm.base.exceptions import MergeConfigException

from tests.emulated import EmulatedDevices
from tests.lab.eos.conftest import PORTS

SET = (
    "configure",
    "vlan 10",
    "name office",
    "vlan 20",
    "interface Ethernet1",
    "description desk",
    "switchport access vlan 10",
    "interface Ethernet2",
    "switchport mode trunk",
    "switchport trunk allowed vlan 10,20",
    "interface Ethernet3",
    "shutdown",
    "interface Vlan10",
    "ip address 10.0.10.1/24",
    "ipv6 address 2001:db8:10::1/64",
    "end",
    "write memory",
)


@pytest.fixture(scope="module")
def driver(served: EmulatedDevices) -> Iterator[Any]:
    spec = served["sw1"].spec

    def configure() -> None:
        shell = served["sw1"].shell(privileged=True)
        for line in SET:
            assert "%" not in shell.execute(line), line

    served.call(configure)
    made = get_network_driver("eos")(
        spec.address, spec.username, spec.password, timeout=20, optional_args={"port": spec.eapi_port}
    )
    made.open()
    yield made
    made.close()


def test_facts(driver: Any) -> None:
    facts = driver.get_facts()

    assert facts["vendor"] == "Arista"
    assert facts["hostname"] == facts["fqdn"] == "sw1"
    assert facts["os_version"].startswith("4.32.2F")
    assert facts["uptime"] >= 0
    assert sorted(facts["interface_list"]) == sorted([*PORTS, "Vlan10"])


def test_vlans(driver: Any) -> None:
    assert driver.get_vlans() == {
        "1": {"name": "default", "interfaces": ["Ethernet4", "Ethernet49/1"]},
        "10": {"name": "office", "interfaces": ["Cpu", "Ethernet1", "Ethernet2"]},
        "20": {"name": "VLAN0020", "interfaces": ["Ethernet2"]},
    }


def test_interfaces(driver: Any) -> None:
    found = driver.get_interfaces()

    assert found["Ethernet1"]["description"] == "desk"
    assert (found["Ethernet1"]["is_up"], found["Ethernet1"]["is_enabled"]) == (True, True)
    assert (found["Ethernet3"]["is_up"], found["Ethernet3"]["is_enabled"]) == (False, False)
    assert found["Ethernet1"]["speed"] == 1000.0
    assert len({found[name]["mac_address"] for name in PORTS}) == len(PORTS)


def test_addresses(driver: Any) -> None:
    assert driver.get_interfaces_ip()["Vlan10"] == {
        "ipv4": {"10.0.10.1": {"prefix_length": 24}},
        "ipv6": {"2001:db8:10::1": {"prefix_length": 64}},
    }


def test_configurations(driver: Any, served: EmulatedDevices) -> None:
    found = driver.get_config()

    assert found["running"].rstrip("\n") == served["sw1"].running_config()
    assert "   name office" in found["startup"].splitlines()
    assert found["candidate"] == ""
    assert "$6$" not in driver.get_config(retrieve="running", sanitized=True)["running"]


def test_a_candidate_is_compared_and_discarded(driver: Any, served: EmulatedDevices) -> None:
    before = served["sw1"].running_config()

    driver.load_merge_candidate(config="vlan 30\n   name guests\ninterface Ethernet1\n   description other\n")

    diff = driver.compare_config().splitlines()
    assert {line for line in diff if line[:1] in "+-"} >= {
        "+vlan 30",
        "+   name guests",
        "-   description desk",
        "+   description other",
    }
    assert "   name guests" in driver.get_config(retrieve="candidate")["candidate"].splitlines()
    driver.discard_config()
    assert driver.compare_config() == ""
    assert served["sw1"].running_config() == before


def test_a_commit_can_be_confirmed_and_can_be_rolled_back(driver: Any, served: EmulatedDevices) -> None:
    before = served["sw1"].running_config()

    driver.load_merge_candidate(config="vlan 40\n")
    driver.commit_config(revert_in=300)
    assert driver.has_pending_commit()
    assert "40" in driver.get_vlans()
    driver.rollback()
    assert not driver.has_pending_commit()
    assert served["sw1"].running_config() == before

    driver.load_merge_candidate(config="vlan 41\n")
    driver.commit_config(revert_in=300)
    driver.confirm_commit()
    assert not driver.has_pending_commit()
    assert "41" in driver.get_vlans()


def test_a_line_the_device_does_not_know_is_named_and_changes_nothing(driver: Any, served: EmulatedDevices) -> None:
    before = served["sw1"].running_config()

    with pytest.raises(MergeConfigException, match="swtichport mode access"):
        driver.load_merge_candidate(config="interface Ethernet1\n   swtichport mode access\n")

    assert served["sw1"].running_config() == before
    (shown,) = driver.device.run_commands(["show configuration sessions"])
    assert "pending" not in {one["state"] for one in shown["sessions"].values()}
