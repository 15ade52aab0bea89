"""What devices heard of their neighbours: in the vendors' own format, from the emulated devices, and spoilt."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.lab import make_device
from sanso.lab.inventory import inventory_specs
from sanso.network.snapshot import Neighbour
from sanso.platforms.neighbours import NeighboursError, TellsNothingError, neighbour_tables

LAB = Path(__file__).parents[2] / "inventories" / "lab"

IOS_LLDP = """\
------------------------------------------------
Local Intf: Te1/1/1
Chassis id: 0023.eb12.3400
Port id: Te1/0/7
Port Description: to the floor: do not move
System Name: hall-dist-1.city.example.jp

System Description: 
Cisco IOS Software [Bengaluru], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.6.5, RELEASE SOFTWARE (fc2)
Technical Support: http://www.cisco.com/techsupport
Copyright (c) 1986-2023 by Cisco Systems, Inc.
Compiled Wed 25-Jan-23 16:15 by mcpre

Time remaining: 97 seconds
System Capabilities: B,R
Enabled Capabilities: B,R
Management Addresses:
    IP: 10.0.0.2
Auto Negotiation - not supported
Physical media capabilities - not advertised
Media Attachment Unit type - not advertised
Vlan ID: 998

------------------------------------------------
Local Intf: Gi1/0/5
Chassis id: 10.5.1.20
Port id: 001122334455:P1
Port Description: SW PORT
System Name: SEP001122334455

System Description: 
Cisco IP Phone 8811, V1, sip88xx.12-8-1

Time remaining: 130 seconds
System Capabilities: B,T
Enabled Capabilities: B,T
Management Addresses:
    IP: 10.5.1.20
Auto Negotiation - supported, enabled
Physical media capabilities:
    1000baseT(FD)
    100base-TX(FD)
Media Attachment Unit type: 30
Vlan ID: - not advertised

MED Information:

    MED Codes:
          (NP) Network Policy, (LI) Location Identification
          (PS) Power Source Entity, (PD) Power Device
          (IN) Inventory

    H/W revision: 1
    Model: CP-8811
    Capabilities: NP, PD, IN
    Device type: Endpoint Class III
    Network Policy(Voice): VLAN 520, tagged, Layer-2 priority: 5, DSCP: 46
    PD device, Power source: PSE, Power Priority: Unknown, Wattage: 6.0
    Location - not advertised

------------------------------------------------
Local Intf: Gi1/0/9
Chassis id: 0200.0000.0007
Port id: 0200.0000.0007
Port Description - not advertised
System Name - not advertised
System Description - not advertised

Time remaining: 3000 seconds
System Capabilities - not advertised
Enabled Capabilities - not advertised
Management Addresses - not advertised
Auto Negotiation - supported, enabled
Physical media capabilities:
    1000baseT(FD)
Media Attachment Unit type - not advertised
Vlan ID: - not advertised


Total entries displayed: 3
"""  # noqa: W291 - as devices print it

IOS_CDP = """\
-------------------------
Device ID: hall-dist-1.city.example.jp
Entry address(es): 
  IP address: 10.0.0.2
Platform: cisco C9300-24UX,  Capabilities: Router Switch IGMP 
Interface: TenGigabitEthernet1/1/1,  Port ID (outgoing port): TenGigabitEthernet1/0/7
Holdtime : 136 sec

Version :
Cisco IOS Software [Bengaluru], Catalyst L3 Switch Software (CAT9K_IOSXE), Version 17.6.5, RELEASE SOFTWARE (fc2)
Technical Support: http://www.cisco.com/techsupport

advertisement version: 2
VTP Management Domain: ''
Native VLAN: 998
Duplex: full
Management address(es): 
  IP address: 10.0.0.2

-------------------------
Device ID: n5k-1(SSI12345678)
Entry address(es): 
Platform: N5K-C5548UP,  Capabilities: Switch IGMP 
Interface: TenGigabitEthernet1/1/2,  Port ID (outgoing port): Ethernet1/32
Holdtime : 160 sec

Version :
Cisco Nexus Operating System (NX-OS) Software, Version 7.3(8)N1(1)

advertisement version: 2
Native VLAN: 1
Duplex: full


Total cdp entries displayed : 2
"""  # noqa: W291

EOS_LLDP = """\
Interface Ethernet1 detected 1 LLDP neighbors:

  Neighbor 0023.eb12.3400/Te1/0/16, age 12 seconds
  Discovered 34 days, 19:40:42 ago; Last changed 34 days, 19:40:42 ago
  - Chassis ID type: MAC address (4)
    Chassis ID     : 0023.eb12.3400
  - Port ID type: Interface name (5)
    Port ID     : "Te1/0/16"
  - Time To Live: 120 seconds
  - Port Description: "TenGigabitEthernet1/0/16"
  - System Name: "hall-dist-1"
  - System Description: "Cisco IOS Software [Bengaluru], Catalyst L3 Switch Software (CAT9K_IOSXE)
Technical Support: http://www.cisco.com/techsupport"
  - System Capabilities : Bridge, Router
    Enabled Capabilities: Bridge, Router
  - Management Address Subtype: IPv4 (1)
    Management Address        : 10.0.0.2
    Interface Number Subtype  : ifIndex (2)
    Interface Number          : 51
    OID String                : 

Interface Ethernet2 detected 0 LLDP neighbors:

Interface Ethernet3 detected 2 LLDP neighbors:

  Neighbor 0200.0000.0009/0200.0000.0009, age 4 seconds
  Discovered 0:19:42 ago; Last changed 0:19:42 ago
  - Chassis ID type: MAC address (4)
    Chassis ID     : 0200.0000.0009
  - Port ID type: MAC address (3)
    Port ID     : 0200.0000.0009
  - Time To Live: 3601 seconds

  Neighbor 001c.7312.3400/Ethernet49/1, age 29 seconds
  Discovered 0:19:40 ago; Last changed 0:19:40 ago
  - Chassis ID type: MAC address (4)
    Chassis ID     : 001c.7312.3400
  - Port ID type: Interface name (5)
    Port ID     : "Ethernet49/1"
  - Time To Live: 120 seconds
  - System Name: "hall-core-2"
  - System Description: "Arista Networks EOS version 4.32.2F running on an Arista Networks DCS-7050SX3-48YC8"
  - System Capabilities : Bridge, Router
    Enabled Capabilities: Bridge, Router
"""  # noqa: W291

ANSWERS = {("ios", "lldp"): IOS_LLDP, ("ios", "cdp"): IOS_CDP, ("eos", "lldp"): EOS_LLDP}
HEARD = {
    ("ios", "lldp"): [
        ("Te1/1/1", "hall-dist-1.city.example.jp", "Te1/0/7"),
        ("Gi1/0/5", "SEP001122334455", "001122334455:P1"),
    ],
    ("ios", "cdp"): [
        ("TenGigabitEthernet1/1/1", "hall-dist-1.city.example.jp", "TenGigabitEthernet1/0/7"),
        ("TenGigabitEthernet1/1/2", "n5k-1", "Ethernet1/32"),
    ],
    ("eos", "lldp"): [("Ethernet1", "hall-dist-1", "Te1/0/16"), ("Ethernet3", "hall-core-2", "Ethernet49/1")],
}


def read(platform: str, protocol: str, text: str) -> list[Neighbour]:
    return list(neighbour_tables(platform)[protocol].read(text))


@pytest.mark.parametrize(("platform", "protocol"), ANSWERS)
def test_neighbours_that_tell_their_name_are_read(platform: str, protocol: str) -> None:
    assert read(platform, protocol, ANSWERS[platform, protocol]) == HEARD[platform, protocol]


@pytest.mark.parametrize(("platform", "protocol"), ANSWERS)
def test_of_an_answer_that_was_cut_no_neighbour_is_lost_that_stands_in_it(platform: str, protocol: str) -> None:
    """At most the last word is short, and then no such port is found; IOS ends its answers with a total."""
    text, whole = ANSWERS[platform, protocol], HEARD[platform, protocol]
    for end in range(0, len(text) - 3, 5):
        try:
            found = read(platform, protocol, text[:end])
        except NeighboursError:
            continue
        assert (platform, protocol) != ("ios", "lldp")
        assert len(found) == text[:end].count("Device ID: ") + text[:end].count('System Name: "')
        for one, (port, host, host_port) in zip(found, whole, strict=False):
            assert (one.port, one.host) == (port, host)
            assert host_port.startswith(one.host_port)


@pytest.mark.parametrize(("platform", "protocol"), [("ios", "lldp"), ("eos", "lldp")])
@pytest.mark.parametrize("text", ["", "\n", "% Invalid input detected at '^' marker.\n", "hostname hall-core-1\n"])
def test_what_is_no_answer_is_not_read(platform: str, protocol: str, text: str) -> None:
    with pytest.raises(NeighboursError):
        read(platform, protocol, text)


def test_a_release_that_does_not_tell_its_own_port_is_not_read() -> None:
    with pytest.raises(NeighboursError, match="2 neighbours, 0"):
        read("ios", "lldp", "".join(f"{line}\n" for line in IOS_LLDP.splitlines() if "Local Intf" not in line))


def test_a_neighbour_that_the_template_passes_by_is_missed() -> None:
    with pytest.raises(NeighboursError, match="2 neighbours, 1"):
        read("ios", "cdp", IOS_CDP.replace("Version :\nCisco IOS", "Software :\nCisco IOS"))
    with pytest.raises(NeighboursError, match="4 neighbours, 3"):
        read("ios", "lldp", IOS_LLDP.replace("displayed: 3", "displayed: 4"))


@pytest.mark.parametrize(
    ("platform", "protocol", "text"),
    [
        ("ios", "lldp", "% LLDP is not enabled\n"),
        ("ios", "cdp", "% CDP is not enabled\n"),
        ("eos", "lldp", "% LLDP is not enabled"),
    ],
)
def test_a_device_that_does_not_listen_says_so(platform: str, protocol: str, text: str) -> None:
    with pytest.raises(TellsNothingError):
        read(platform, protocol, text)


def test_no_neighbour_is_an_answer_too() -> None:
    assert read("ios", "lldp", "\nTotal entries displayed: 0\n") == []
    assert read("ios", "cdp", "\nTotal cdp entries displayed : 0\n") == []
    assert read("ios", "cdp", "") == [], "older releases say nothing"
    assert read("eos", "lldp", "Interface Ethernet1 detected 0 LLDP neighbors:\n\n") == []


def test_a_network_os_without_tables_has_none() -> None:
    assert neighbour_tables("linux") == {}


def test_the_emulated_devices_tell_what_their_inventory_cables() -> None:
    told = 0
    for spec in inventory_specs(LAB):
        shell = make_device(spec).shell(privileged=True)
        ports = [line for cable in spec.cables for line in (f"interface {cable.port}", "no shutdown")]
        for line in ("configure terminal", *ports, "end"):
            shell.execute(line)
        for protocol, table in neighbour_tables(spec.platform).items():
            found = table.read(shell.execute(table.command))
            far = {cable.device for cable in spec.cables if protocol == "lldp" or cable.platform == "ios"}
            assert {one.host for one in found} == far
            told += len(found)
    assert told > 20
