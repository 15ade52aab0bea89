"""What is not modelled is never passed over in silence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.messages.catalogue import keys
from sanso.platforms.industry.snapshot import known_globals, known_interfaces, vlans, vrfs
from sanso.platforms.industry.snapshot.table import HARMLESS, Table
from tests.platforms.snapshot.texts import snapshot, whys

GLOBAL = [
    ("ip source-route", "source_route"),
    ("ipv6 source-route", "source_route"),
    ("mls acl tcam default-result permit", "acl_hardware"),
    ("hardware access-list update default-result permit", "acl_hardware"),
    ("switchport default phone access-list bypass", "switchport"),
    ("switchport default phone vlan 20", "switchport"),
    ("management cvx", "vxlan"),
    ("ip nat inside source list 1 interface Vlan1 overload", "nat"),
    ("ip address virtual source-nat vrf A address 10.0.0.1", "nat"),
    ("router ospf 1", "routing_protocol"),
    ("router bgp 65000", "routing_protocol"),
    ("router eigrp 1", "routing_protocol"),
    ("router rip", "routing_protocol"),
    ("router isis", "routing_protocol"),
    ("ipv6 router ospf 1", "routing_protocol"),
    ("ip local policy route-map X", "policy_route"),
    ("traffic-policies", "policy_route"),
    ("vlan filter X vlan-list 10", "vacl"),
    ("vlan access-map X 10", "vacl"),
    ("zone security INSIDE", "zone_firewall"),
    ("zone-pair security A source X destination Y", "zone_firewall"),
    ("bridge 1 protocol ieee", "bridging"),
    ("bridge-domain 10", "bridging"),
    ("mpls ip", "mpls"),
    ("l2vpn evpn", "vxlan"),
    ("vlan configuration 10", "vxlan"),
    ("vlan dot1q tag native", "native_tagged"),
    ("monitor session 1 source vlan 10", "mirror"),
    ("ip forward-protocol udp 137", "relay"),
    ("ip multicast-routing", "multicast"),
    ("wlan STAFF 1 STAFF", "wlan"),
    ("cts role-based enforcement", "trustsec"),
    ("crypto ssl policy X", "tunnel"),
    ("vpdn enable", "tunnel"),
    ("nosuch command", "line"),
    ("no nosuch command", "line"),
    ("switchport mode trunk", "line"),
]
BELOW_INTERFACE = [
    ("network-policy 1", "template"),
    ("service-policy type epbr input X", "interface_line"),
    ("ipv6 nd autoconfig default-route", "routing_protocol"),
    ("ipv6 nd ra rx accept default-route", "routing_protocol"),
    ("ppp ipcp route default", "routing_protocol"),
    ("mvrp", "dynamic_vlan"),
    ("voice vlan 20", "switchport"),
    ("no ip access-group X", "binding"),
    ("ip nat inside", "nat"),
    ("ip ospf 1 area 0", "routing_protocol"),
    ("ipv6 rip X enable", "routing_protocol"),
    ("isis enable X", "routing_protocol"),
    ("ip policy route-map X", "policy_route"),
    ("service-policy type pbr input X", "policy_route"),
    ("mac access-group X in", "pacl"),
    ("zone-member security INSIDE", "zone_firewall"),
    ("ip inspect X in", "inspection"),
    ("crypto map X", "crypto"),
    ("tunnel source Loopback0", "tunnel"),
    ("bridge-group 1", "bridging"),
    ("service instance 1 ethernet", "bridging"),
    ("mpls ip", "mpls"),
    ("xconnect 10.0.0.1 1 encapsulation mpls", "mpls"),
    ("vxlan vlan 10 vni 10010", "vxlan"),
    ("switchport mode private-vlan host", "private_vlan"),
    ("switchport private-vlan mapping 1 2", "private_vlan"),
    ("switchport mode dot1q-tunnel", "tunnel_port"),
    ("switchport vlan mapping 10 20", "vlan_mapping"),
    ("switchport trunk native vlan tag", "native_tagged"),
    ("switchport access vlan dynamic", "dynamic_vlan"),
    ("authentication event fail action authorize vlan 9", "dynamic_vlan"),
    ("dot1x port-control auto", "dynamic_vlan"),
    ("switchport mode nosuch", "switchport"),
    ("switchport access vlan 5000", "switchport"),
    ("switchport trunk allowed vlan ten", "switchport"),
    ("port-channel lacp fallback individual", "channel_member"),
    ("switchport monitor", "mirror"),
    ("ip helper-address 10.0.0.1", "relay"),
    ("ip access-group A", "binding"),
    ("ip access-group common A B in", "pacl"),
    ("ipv6 traffic-filter A", "binding"),
    ("vrf receive X", "vrf_leak"),
    ("profile X", "template"),
    ("encapsulation dot1Q 10 second-dot1q 20", "tunnel_port"),
    ("nosuch command", "interface_line"),
]
HARMLESS_LINES = [
    "no ip source-route",
    "ntp server 10.0.0.1",
    "no ntp server 10.0.0.1",
    "snmp-server community x",
    "logging host 10.0.0.1",
    "line vty 0 4",
    "aaa new-model",
    "spanning-tree mode mst",
    "ip ssh version 2",
    "no ip http server",
    "crypto pki trustpoint X",
    "route-map X permit 10",
    "ip prefix-list X permit 10.0.0.0/8",
    "no ip nat service sip",
    "no router ospf 1",
    "class-map match-any X",
    "ip forward-protocol nd",
    "router bfd",
    "errdisable recovery cause all",
    "end",
]


@pytest.mark.parametrize(("line", "why"), GLOBAL)
def test_global_lines(line: str, why: str) -> None:
    read = snapshot(f"{line}\n below it\n")
    assert whys(read) == [(line, why)]
    assert (read.lines, read.understood) == (2, 0)


@pytest.mark.parametrize(("line", "why"), BELOW_INTERFACE)
def test_lines_of_interfaces(line: str, why: str) -> None:
    read = snapshot(f"interface GigabitEthernet1/0/1\n switchport\n {line}\n")
    assert [(unread.line.text, unread.why, unread.interface) for unread in read.unread] == [
        (line, why, "GigabitEthernet1/0/1")
    ]
    assert read.understood == 2


@pytest.mark.parametrize("line", HARMLESS_LINES)
def test_lines_that_do_not_matter(line: str) -> None:
    assert snapshot(line).unread == ()


@pytest.mark.parametrize(
    ("name", "why"), [("Tunnel0", "tunnel"), ("nve1", "vxlan"), ("BVI1", "bridging"), ("vasileft1", "vrf_leak")]
)
def test_interfaces_of_risky_kinds(name: str, why: str) -> None:
    assert whys(snapshot(f"interface {name}")) == [(f"interface {name}", why)]


@pytest.mark.parametrize(
    ("header", "line", "why"),
    [
        ("vrf definition A", "route-target import 1:1", "vrf_leak"),
        ("vrf definition A", "route-target export 1:1", "vrf_leak"),
        ("ip vrf A", "import map X", "vrf_leak"),
        ("vrf instance A", "nosuch", "line"),
        ("vlan 10", "private-vlan isolated", "private_vlan"),
        ("vlan 10", "remote-span", "mirror"),
        ("vlan 10", "nosuch", "line"),
    ],
)
def test_lines_below_vrfs_and_vlans(header: str, line: str, why: str) -> None:
    assert whys(snapshot(f"{header}\n {line}\n")) == [(line, why)]


def test_vrfs_without_leaks_are_understood() -> None:
    assert snapshot("vrf definition A\n rd 1:1\n !\n address-family ipv4\n exit-address-family\n").unread == ()


def test_lines_below_an_unread_one_go_with_it() -> None:
    read = snapshot(
        "interface Gi0/1\n service instance 1 ethernet\n  encapsulation dot1q 10\n  bridge-domain 10\n shutdown\n"
    )
    assert [why for _, why in whys(read)] == ["bridging"]
    assert read.understood == 2
    assert read.interfaces["GigabitEthernet0/1"].shutdown


def test_every_reason_has_words() -> None:
    def reasons(table: Table) -> set[str]:
        nodes, found = [table._root], set()
        while nodes:
            node = nodes.pop()
            nodes += node.next.values()
            found.add(node.verdict or HARMLESS)
        return found - {HARMLESS}

    tables = (known_globals.GLOBAL, known_interfaces.INTERFACE, vlans._BELOW, vrfs._BELOW)
    used = set().union(*(reasons(table) for table in tables))
    used |= {why for _, why in (*GLOBAL, *BELOW_INTERFACE)} | {
        "acl_entry",
        "acl_condition",
        "reflexive",
        "route",
        "banner",
    }
    assert {f"unread.{why}" for why in used} <= keys()


LINES = [line for line, _ in (*GLOBAL, *BELOW_INTERFACE)] + HARMLESS_LINES
STARTS = [
    "object-group network A",
    "object-group service B",
    "group-object A",
    "tcp source eq 80 range 1 2",
    "10 permit tcp 10.0.0.0 0.0.0.255 eq 80 host 10.0.0.1 range 10 20 established log",
    "sequence 10 permit icmp 2001:db8::/32 any echo-request",
    "permit object-group B object-group A addrgroup A portgroup C",
    "access-list 101 permit udp any neq 1 any lt 5",
    "ip route vrf A 10.0.0.0 255.0.0.0 Vlan10 10.0.0.1 name x track 1",
    "ipv6 route vrf A 2001:db8::/32 Vlan10 fe80::1 nexthop-vrf B",
    "interface range GigabitEthernet1/0/1 - 3",
    "no interface GigabitEthernet1/0/1",
    "switchport trunk allowed vlan add 1-20,30",
    "switchport access vlan name x",
    "encapsulation dot1Q 10 second-dot1q 20",
    "ip address 10.0.0.1 255.255.255.0 secondary",
    "ipv6 address 2001:db8::1/64 eui-64",
    "standby 1 ip 10.0.0.9",
    "vrrp 1 address-family ipv4",
    "address 10.0.0.9 primary",
    "channel-group 1 mode active",
    "source template A",
    "template A",
    "vlan 10,20-30",
    "trunk group A",
    "switchport trunk group A",
    "20   two words   active    Gi1/0/1",
]
pieces = st.sampled_from(
    [*LINES, "interface Vlan10", "ip access-list extended A", "vlan 10", "banner motd ^C", "!", ""]
)
cut = st.builds(lambda line, count: " ".join(line.split()[:count]), st.sampled_from(STARTS), st.integers(0, 9))
words = st.text(st.sampled_from("abeinoptv 0123456789./:-,^C!\"'#\t"), max_size=40)


@given(
    st.lists(st.tuples(st.integers(0, 3), st.one_of(pieces, cut, words)), max_size=30),
    st.sampled_from(["ios", "eos"]),
)
def test_any_text_has_a_snapshot(lines: list[tuple[int, str]], platform: str) -> None:
    read = snapshot("\n".join(" " * indent + line for indent, line in lines), platform)
    assert 0 <= read.understood <= read.lines
    assert {f"unread.{unread.why}" for unread in read.unread} <= keys()
    assert read.understood == read.lines or read.unread
