"""What a device sees around it, from texts of real devices' form and from the emulated ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from ipaddress import ip_address
from pathlib import Path

import pytest

from sanso.lab import make_device
from sanso.lab.inventory import inventory_specs
from sanso.network.surroundings import Gateway, Heard, Surroundings
from sanso.platforms.eos.session import LOOKOUT as EOS
from sanso.platforms.industry.surroundings import Lookout
from sanso.platforms.ios.session import LOOKOUT as IOS
from tests.platforms.test_neighbours import EOS_LLDP, IOS_CDP, IOS_LLDP

LAB = Path(__file__).parents[2] / "inventories" / "lab"
LOOKOUTS = {"ios": IOS, "eos": EOS, "c9800": IOS}

IOS_LINES = """\
Interface                      Status         Protocol Description
Vl1                            admin down     down     up up
Gi1/0/1                        down           down     up up
Gi1/0/5                        up             up       telephone
Te1/1/1                        up             up       to the floor: do not move
Te1/1/2                        up             down     suspended by LACP
"""
EOS_LINES = """\
Interface                      Status         Protocol           Description
Et1                            up             up                 to the floor
Et2                            admin down     down               
Et3                            down           notpresent         up up
Ma1                            up             up
"""  # noqa: W291 - as the device prints it
IOS_ANSWERED = """\
Type escape sequence to abort.
Sending 2, 100-byte ICMP Echos to 10.0.0.1, timeout is 1 seconds:
.!
Success rate is 50 percent (1/2), round-trip min/avg/max = 1/1/1 ms
"""
IOS_SILENT = """\
Type escape sequence to abort.
Sending 2, 100-byte ICMP Echos to 10.0.0.1, timeout is 1 seconds:
U.
Success rate is 0 percent (0/2)
"""
EOS_ANSWERED = """\
PING 10.0.0.1 (10.0.0.1) 72(100) bytes of data.
80 bytes from 10.0.0.1: icmp_seq=2 ttl=64 time=0.312 ms

--- 10.0.0.1 ping statistics ---
2 packets transmitted, 1 received, 50% packet loss, time 10ms
rtt min/avg/max/mdev = 0.312/0.312/0.312/0.000 ms
"""
EOS_SILENT = """\
PING 10.0.0.1 (10.0.0.1) 72(100) bytes of data.
From 10.0.0.2 icmp_seq=1 Destination Host Unreachable

--- 10.0.0.1 ping statistics ---
2 packets transmitted, 0 received, +1 errors, 100% packet loss, time 11ms
pipe 2
"""
EOS_NO_ROUTE = "connect: Network is unreachable\n"
REFUSED = "           ^\n% Invalid input detected at '^' marker.\n"


class Device:
    """Gives answers that are told, in order."""

    def __init__(self, *answers: str) -> None:
        self.answers = iter(answers)
        self.commands: list[str] = []

    def ask(self, commands: Sequence[str]) -> list[str]:
        assert len(commands) == 1 or not any("ping" in command for command in commands)
        self.commands += commands
        return [next(self.answers) for _ in commands]


def gateways(*addresses: str) -> frozenset[Gateway]:
    return frozenset(Gateway(ip_address(address)) for address in addresses)


def neighbours(*pairs: tuple[str, str]) -> Surroundings:
    return Surroundings(frozenset(Heard(*pair) for pair in pairs))


def test_neighbours_count_once_and_only_where_the_line_is_up() -> None:
    """LLDP and CDP both tell of the first; the tables still have the one behind a line that went down."""
    device = Device(IOS_LINES, IOS_LLDP, IOS_CDP)
    found = IOS.look(device.ask, [])
    assert found == neighbours(
        ("GigabitEthernet1/0/5", "sep001122334455"), ("TenGigabitEthernet1/1/1", "hall-dist-1")
    )
    assert device.commands == [
        "show interfaces description",
        "show lldp neighbors detail",
        "show cdp neighbors detail",
    ]
    assert EOS.look(Device(EOS_LINES, EOS_LLDP).ask, []) == neighbours(("Ethernet1", "hall-dist-1"))


def test_a_protocol_that_is_off_or_refused_tells_of_nobody() -> None:
    assert IOS.look(Device(IOS_LINES, "% LLDP is not enabled\n", IOS_CDP).ask, []) == neighbours(
        ("TenGigabitEthernet1/1/1", "hall-dist-1")
    )
    assert not IOS.look(Device(IOS_LINES, REFUSED, REFUSED).ask, [])
    assert not IOS.look(Device(REFUSED, IOS_LLDP, IOS_CDP).ask, [])


@pytest.mark.parametrize(
    ("lookout", "tables", "answered", "silent"),
    [
        (IOS, ("", ""), IOS_ANSWERED, [IOS_SILENT, REFUSED, ""]),
        (EOS, ("",), EOS_ANSWERED, [EOS_SILENT, EOS_NO_ROUTE, "% Invalid input\n", ""]),
    ],
    ids=["ios", "eos"],
)
def test_a_gateway_answers_or_not(
    lookout: Lookout, tables: tuple[str, ...], answered: str, silent: Sequence[str]
) -> None:
    one, other = gateways("10.0.0.1"), gateways("10.0.0.2")
    for said in silent:
        device = Device("", *tables, answered, said)
        assert lookout.look(device.ask, one | other) == Surroundings(gateways=one)
        assert device.commands[-2:] == ["ping 10.0.0.1 timeout 1 repeat 2", "ping 10.0.0.2 timeout 1 repeat 2"]


def test_a_gateway_in_a_vrf_is_asked_there() -> None:
    device = Device("", "", "", IOS_ANSWERED)
    gateway = Gateway(ip_address("10.0.0.1"), "Mgmt-vrf")
    assert IOS.look(device.ask, [gateway]).gateways == {gateway}
    assert device.commands[-1] == "ping vrf Mgmt-vrf 10.0.0.1 timeout 1 repeat 2"
    assert str(gateway) == "10.0.0.1 (Mgmt-vrf)"


def test_gateways_are_the_next_hops_of_routes() -> None:
    text = """\
hostname sw1
ip default-gateway 10.99.0.1
ip route 0.0.0.0 0.0.0.0 10.1.0.1 name line
ip route 10.5.0.0 255.255.0.0 10.1.0.1
ip route vrf Mgmt-vrf 0.0.0.0 0.0.0.0 192.0.2.1
ip route 10.6.0.0 255.255.0.0 Vlan60 10.6.0.1 200
ip route 10.66.0.0 255.255.0.0 Null0
ip route 10.67.0.0 255.255.0.0 dhcp
ipv6 route ::/0 2001:DB8::1
ipv6 route 2001:DB8:1::/48 Vlan10 FE80::1
interface Vlan10
 description ip route 0.0.0.0 0.0.0.0 10.2.0.1
end
"""
    in_vrf = Gateway(ip_address("192.0.2.1"), "Mgmt-vrf")
    assert IOS.gateways(text) == gateways("10.99.0.1", "10.1.0.1", "10.6.0.1", "2001:db8::1") | {in_vrf}
    routes = "ip route 0.0.0.0/0 10.1.0.1\nip route vrf MGMT 10.0.0.0/8 192.0.2.1\nip route 10.66.0.0/16 Null0\n"
    assert EOS.gateways(routes) == gateways("10.1.0.1") | {Gateway(ip_address("192.0.2.1"), "MGMT")}


def _each(execute: Callable[[str], str], commands: Sequence[str]) -> list[str]:
    return [execute(command) for command in commands]


def test_the_emulated_devices_see_what_their_inventory_cables_and_routes() -> None:
    seen = {"neighbours": 0, "gateways": 0}
    for spec in inventory_specs(LAB):
        device = make_device(spec)
        execute, lookout = device.shell(privileged=True).execute, LOOKOUTS[spec.platform]
        ports = [line for cable in spec.cables for line in (f"interface {cable.port}", "no shutdown")]
        for line in ("configure terminal", *ports, "end"):
            execute(line)
        found = lookout.look(partial(_each, execute), lookout.gateways(device.running_config()))
        assert {(one.port, one.name) for one in found.neighbours} == {
            (cable.port, cable.device) for cable in spec.cables
        }
        seen = {kind: seen[kind] + len(names) for kind, names in found.names().items()}
    assert seen["neighbours"] > 20
    assert seen["gateways"] > 5
