"""What is shown as text and as JSON says the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.lab.eos.conftest import PORTS, Switch

CONFIGURATION = """\
dns domain city.example
vlan 10
   name office
vlan 20
   state suspend
interface Ethernet1
   description desk
   switchport access vlan 10
interface Ethernet2
   switchport mode trunk
   switchport trunk native vlan 10
   switchport trunk allowed vlan 10,20
interface Ethernet3
   shutdown
interface Ethernet4
   no switchport
   ip address 10.0.4.1/30
interface Ethernet49/1
   channel-group 7 mode active
interface Vlan10
   ip address 10.0.10.1/24
   ip address 10.0.11.1/24 secondary
   ip access-group OFFICE in
ip access-list OFFICE
   permit tcp any any established
   deny ip any any log
""".splitlines()


@pytest.fixture
def configured(switch: Switch) -> Switch:
    said = switch.configure(*CONFIGURATION)
    assert said == []
    return switch


def as_json(switch: Switch, command: str) -> Any:
    return json.loads(switch.type(f"{command} | json"))


def rows(switch: Switch, command: str) -> list[list[str]]:
    return [line.split() for line in switch.type(command).splitlines()]


def test_vlans(configured: Switch) -> None:
    data = as_json(configured, "show vlan")["vlans"]
    assert {number: (one["name"], one["status"], list(one["interfaces"])) for number, one in data.items()} == {
        "1": ("default", "active", ["Port-Channel7"]),
        "10": ("office", "active", ["Cpu", "Ethernet1", "Ethernet2"]),
        "20": ("VLAN0020", "suspended", []),
    }
    assert rows(configured, "show vlan brief")[2:] == [
        ["1", "default", "active", "Po7"],
        ["10", "office", "active", "Cpu,", "Et1,", "Et2"],
        ["20", "VLAN0020", "suspended"],
    ]
    assert configured.type("show vlan 30") == "% VLAN 30 not found in current VLAN database"


def test_interfaces(configured: Switch) -> None:
    data = as_json(configured, "show interfaces")["interfaces"]
    states = {name: (one["interfaceStatus"], one["lineProtocolStatus"]) for name, one in data.items()}
    assert set(states) == {*PORTS, "Port-Channel7", "Vlan10"}
    assert states["Ethernet3"] == ("disabled", "down")
    assert states["Vlan10"] == ("connected", "up")
    assert data["Vlan10"]["interfaceAddress"][0]["primaryIp"] == {"address": "10.0.10.1", "maskLen": 24}
    text = configured.type("show interfaces Ethernet3")
    assert text.startswith("Ethernet3 is administratively down, line protocol is down (disabled)")
    status = {row[0]: row for row in rows(configured, "show interfaces status")}
    assert status["Et1"][1:4] == ["desk", "connected", "10"]
    assert status["Et2"][1:3] == ["connected", "trunk"]
    assert status["Et4"][1:3] == ["connected", "routed"]
    assert status["Et49/1"][1:4] == ["connected", "in", "Po7"]
    assert ["Et1", "up", "up", "desk"] in rows(configured, "show interfaces description")


def test_an_svi_is_down_while_nothing_carries_its_vlan(configured: Switch) -> None:
    configured.configure("interface Ethernet1-2", "shutdown")
    assert as_json(configured, "show interfaces Vlan10")["interfaces"]["Vlan10"]["lineProtocolStatus"] == "down"


def test_trunks(configured: Switch) -> None:
    assert as_json(configured, "show interfaces trunk") == {
        "trunks": {"Ethernet2": {"portMode": "trunk", "nativeVlan": 10, "allowedVlans": {"vlanIds": "10,20"}}}
    }
    table = rows(configured, "show interfaces trunk")
    assert ["Et2", "trunk", "trunking", "10"] in table
    assert table.count(["Et2", "10,20"]) == 1
    assert table.count(["Et2", "10"]) == 2


def test_switchports(configured: Switch) -> None:
    data = as_json(configured, "show interfaces switchport")["switchports"]
    assert data["Ethernet1"]["switchportInfo"]["accessVlanName"] == "office"
    assert data["Ethernet2"]["switchportInfo"]["trunkAllowedVlans"] == "10,20"
    assert data["Ethernet4"]["enabled"] is False
    assert "Trunking VLANs Enabled: ALL" in configured.type("show interfaces et1 switchport")


def test_addresses(configured: Switch) -> None:
    brief = {row[0]: row[1:4] for row in rows(configured, "show ip interface brief")[3:]}
    assert brief == {
        "Ethernet4": ["10.0.4.1/30", "up", "up"],
        "Management1": ["unassigned", "up", "up"],
        "Vlan10": ["10.0.10.1/24", "up", "up"],
    }
    data = as_json(configured, "show ip interface Vlan10")["interfaces"]["Vlan10"]["interfaceAddress"]
    assert data["secondaryIps"] == {"10.0.11.1": {"address": "10.0.11.1", "maskLen": 24}}


def test_access_lists(configured: Switch) -> None:
    (data,) = as_json(configured, "show ip access-lists")["aclList"]
    assert data["configureIngress"] == data["activeIngress"] == [{"name": "Vlan10"}]
    assert data["sequence"][0] == {"sequenceNumber": 10, "text": "permit tcp any any established"}
    assert configured.type("show ip access-lists OFFICE").splitlines() == [
        "IP Access List OFFICE",
        "        10 permit tcp any any established",
        "        20 deny ip any any log",
        "",
        "        Total rules configured: 2",
        "        Configured on Ingress: Vl10",
        "        Active on     Ingress: Vl10",
    ]
    assert configured.type("show ip access-lists NONE") == configured.type("show ipv6 access-lists") == ""


def test_the_switch_itself(configured: Switch) -> None:
    configured.clock.advance(3 * 86400 + 3600 + 120)
    data = as_json(configured, "show version")
    text = configured.type("show version")
    assert f"Serial number: {data['serialNumber']}" in text.splitlines()
    assert "Uptime: 3 days, 1 hour and 2 minutes" in text.splitlines()
    assert data["version"] in text
    assert as_json(configured, "show hostname") == {"hostname": "sw1", "fqdn": "sw1.city.example"}
    assert as_json(configured, "show inventory")["portCount"] == len(PORTS)
    assert as_json(configured, "show lldp neighbors")["lldpNeighbors"] == []


def test_parts_of_the_running_configuration(configured: Switch) -> None:
    assert configured.type("show running-config section Vlan10").splitlines()[0] == "interface Vlan10"
    assert configured.type("show running-config interfaces et1,et3").splitlines() == [
        "interface Ethernet1",
        "   description desk",
        "   switchport access vlan 10",
        "interface Ethernet3",
        "   shutdown",
    ]
    assert configured.type("show running-config | include office|OFFICE") == (
        "   name office\n   ip access-group OFFICE in\nip access-list OFFICE"
    )
    data = as_json(configured, "show running-config")["cmds"]
    assert data["vlan 10"] == {"comments": [], "cmds": {"name office": None}}
    assert data["management api http-commands"]["cmds"] == {"no shutdown": None}
    assert "sha512 <removed>" in configured.type("show running-config sanitized")


def test_show_works_in_configuration_too(configured: Switch) -> None:
    configured.type("configure", "interface Ethernet1")
    assert configured.type("show hostname").startswith("Hostname: sw1")
    assert configured.type("show vlan | json").startswith("{")
    assert configured.type("do show hostname").startswith("Hostname: sw1")
    assert configured.shell.prompt == "sw1(config-if-Et1)#"
