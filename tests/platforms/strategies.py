"""Facts of any switch that a platform can hold."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Interface, IPv4Network, IPv6Interface, IPv6Network

from hypothesis import strategies as st

from sanso.network.facts import ALL_VLANS, Acl, Direction, Entry, Facts, Family, Mode, Port, Ports, Svi
from sanso.platforms.industry.reader import RESERVED_VLANS

PORT_NAMES = {
    "ios": ("Port-channel1", "GigabitEthernet1/0/2", "GigabitEthernet1/0/10", "TenGigabitEthernet1/1/1"),
    "eos": ("Port-Channel1", "Ethernet2", "Ethernet10", "Ethernet49/1"),
}
MODES = {"ios": tuple(Mode), "eos": (Mode.ACCESS, Mode.TRUNK, Mode.ROUTED)}

vlan_ids = st.integers(1, 4094)
own_vlans = vlan_ids.filter(lambda vlan: vlan not in RESERVED_VLANS)
words = st.from_regex(r"[A-Za-z][A-Za-z0-9_.-]{0,20}", fullmatch=True)
texts = st.lists(words, max_size=3).map(" ".join)
families: st.SearchStrategy[Family] = st.sampled_from(["ipv4", "ipv6"])


@st.composite
def vlan_sets(draw: st.DrawFn) -> frozenset[int]:
    """None, all, some, and lists longer than a line."""
    return draw(
        st.one_of(
            st.just(frozenset[int]()),
            st.just(ALL_VLANS),
            st.frozensets(vlan_ids, max_size=5),
            st.integers(2, 7).map(lambda step: frozenset(range(1, 1000, step))),
        )
    )


@st.composite
def ports(draw: st.DrawFn, name: str, modes: tuple[Mode, ...], vlans: st.SearchStrategy[int] = vlan_ids) -> Port:
    port = Port(name, draw(texts), draw(st.booleans()), draw(st.sampled_from(modes)))
    if port.mode is Mode.ROUTED:
        return port
    return replace(
        port,
        access_vlan=draw(vlans),
        native_vlan=draw(vlans),
        allowed=draw(vlan_sets() if vlans is vlan_ids else st.frozensets(vlans)),
        voice_vlan=draw(st.none() | vlans) if port.mode is not Mode.TRUNK else None,
    )


ipv4_networks = st.builds(
    lambda address, length: IPv4Network((address >> (32 - length) << (32 - length), length)),
    st.integers(0, 2**32 - 1),
    st.integers(1, 32),
)
ipv6_networks = st.builds(
    lambda address, length: IPv6Network((address >> (128 - length) << (128 - length), length)),
    st.integers(0, 2**128 - 1),
    st.integers(1, 128),
)


@st.composite
def port_ranges(draw: st.DrawFn) -> Ports:
    first, last = sorted((draw(st.integers(0, 65535)), draw(st.integers(0, 65535))))
    return draw(st.sampled_from([Ports(), Ports(first, first), Ports(first, last)]))


@st.composite
def entries(draw: st.DrawFn, family: Family) -> Entry:
    if draw(st.integers(0, 5)) == 0:
        return Entry("remark", remark=draw(texts.filter(bool)))
    networks = st.none() | (ipv4_networks if family == "ipv4" else ipv6_networks)
    icmp = 1 if family == "ipv4" else 58
    others = st.integers(0, 255).filter(lambda number: number not in (6, 17, icmp)).map(str)
    protocol = draw(st.sampled_from(["ip", "tcp", "udp", "icmp"]) | others)
    has_ports = protocol in ("tcp", "udp")
    return Entry(
        draw(st.sampled_from(["permit", "deny"])),
        protocol,
        draw(networks),
        draw(port_ranges()) if has_ports else Ports(),
        draw(networks),
        draw(port_ranges()) if has_ports else Ports(),
        established=protocol == "tcp" and draw(st.booleans()),
        icmp_type=draw(st.none() | st.integers(0, 255)) if protocol == "icmp" else None,
        log=draw(st.booleans()),
    )


@st.composite
def acls(draw: st.DrawFn) -> Acl:
    family = draw(families)
    numbers = sorted(draw(st.sets(st.integers(1, 2**31 - 1), min_size=1, max_size=6)))
    return Acl(family, f"SANSO-{draw(words)}", {number: draw(entries(family)) for number in numbers})


@st.composite
def svis(draw: st.DrawFn, vlan: int) -> Svi:
    directions: st.SearchStrategy[Direction] = st.sampled_from(["in", "out"])
    hosts4 = st.tuples(st.integers(2**24, 2**32 - 2), st.integers(8, 32)).map(IPv4Interface)
    hosts6 = st.tuples(st.integers(2**120, 2**127), st.integers(16, 128)).map(IPv6Interface)
    return Svi(
        vlan,
        draw(texts),
        draw(st.booleans()),
        ipv4=draw(st.frozensets(hosts4, max_size=3)),
        ipv6=draw(st.frozensets(hosts6, max_size=3)),
        acls=draw(st.dictionaries(st.tuples(families, directions), words, max_size=3)),
    )


@st.composite
def facts(draw: st.DrawFn, platform: str) -> Facts:
    lists = draw(st.lists(acls(), max_size=3))
    return Facts(
        "sw1",
        platform,
        vlans=dict(sorted(draw(st.dictionaries(own_vlans, words, max_size=4)).items())),
        ports={name: draw(ports(name, MODES[platform])) for name in PORT_NAMES[platform]},
        svis={vlan: draw(svis(vlan)) for vlan in sorted(draw(st.sets(own_vlans, max_size=3)))},
        acls={(acl.family, acl.name): acl for acl in lists},
    )
