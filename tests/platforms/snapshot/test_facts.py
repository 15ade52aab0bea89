"""What the project renders, snapshots say too: two readers of one text agree."""

from __future__ import annotations

from ipaddress import IPv4Interface, IPv6Interface

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.network.facts import Acl, Entry, Facts, Family, Mode, Port, Svi
from sanso.network.packets import ANY_BYTE, ANY_PORT, Match, Ranges, any_address, network_range
from sanso.network.snapshot import AccessList, Interface, Kind, Snapshot
from sanso.platforms import load_platform, platform_names, read_snapshot
from sanso.platforms.industry.reader import RESERVED_VLANS
from tests.platforms.strategies import facts

_NUMBERS: dict[tuple[Family, str], int] = {
    ("ipv4", "icmp"): 1,
    ("ipv6", "icmp"): 58,
    ("ipv4", "tcp"): 6,
    ("ipv6", "tcp"): 6,
    ("ipv4", "udp"): 17,
    ("ipv6", "udp"): 17,
}


def addresses(family: Family, network: object) -> Ranges:
    return any_address(family) if network is None else (network_range(str(network)),)


def one(number: int | None) -> Ranges:
    return ANY_BYTE if number is None else ((number, number),)


def expected_match(family: Family, entry: Entry) -> Match:
    number = None if entry.protocol == "ip" else _NUMBERS.get((family, entry.protocol)) or int(entry.protocol)
    source, target = entry.source_ports, entry.target_ports
    return Match(
        family,
        addresses(family, entry.source),
        addresses(family, entry.target),
        one(number),
        ANY_PORT if source.every else ((source.first, source.last),),
        ANY_PORT if target.every else ((target.first, target.last),),
        one(entry.icmp_type),
        ANY_BYTE,
        True if entry.established else None,
    )


def agree_on_port(port: Port, found: Interface) -> None:
    assert (found.description, found.shutdown) == (port.description, port.shutdown)
    if port.mode is Mode.ROUTED:
        assert found.kind is Kind.ROUTED
        return
    assert found.kind is Kind.SWITCHED
    switching = found.switching
    assert switching is not None
    assert (
        switching.mode,
        switching.access_vlan,
        switching.native_vlan,
        switching.allowed,
        switching.voice_vlan,
    ) == (
        port.mode,
        port.access_vlan,
        port.native_vlan,
        port.allowed,
        port.voice_vlan,
    )


def agree_on_svi(svi: Svi, found: Interface) -> None:
    assert (found.kind, found.vlan, found.shutdown) == (Kind.SVI, svi.vlan, svi.shutdown)
    told = {address.interface for address in found.addresses}
    assert {address for address in told if isinstance(address, IPv4Interface)} == svi.ipv4
    assert {address for address in told if isinstance(address, IPv6Interface)} == svi.ipv6
    assert {(bound.family, bound.direction): bound.name for bound in found.bindings} == svi.acls


def agree_on_acl(acl: Acl, found: AccessList, lines: list[str]) -> None:
    rules = {number: entry for number, entry in acl.entries.items() if entry.action != "remark"}
    assert [(rule.sequence, rule.action, rule.matches, rule.understood) for rule in found.rules] == [
        (number, entry.action, (expected_match(acl.family, entry),), True) for number, entry in rules.items()
    ]
    assert [lines[rule.line.number - 1].strip() for rule in found.rules] == [rule.line.text for rule in found.rules]


def agree(wanted: Facts, read: Snapshot, lines: list[str]) -> None:
    assert read.hostname == wanted.hostname
    if wanted.vlans:
        assert {vlan: name for vlan, name in (read.vlans or {}).items() if vlan not in RESERVED_VLANS} == wanted.vlans
    for name, port in wanted.ports.items():
        agree_on_port(port, read.interfaces[name])
    for vlan, svi in wanted.svis.items():
        agree_on_svi(svi, read.interfaces[f"Vlan{vlan}"])
    assert set(read.interfaces) == {*wanted.ports, *(f"Vlan{vlan}" for vlan in wanted.svis)}
    for key, acl in wanted.acls.items():
        agree_on_acl(acl, read.acls[key], lines)
    assert set(read.acls) == set(wanted.acls)
    assert read.unread == ()
    assert read.understood == read.lines


@pytest.mark.parametrize("platform", platform_names())
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_snapshots_of_rendered_facts_say_what_the_facts_say(platform: str, data: st.DataObject) -> None:
    wanted = data.draw(facts(platform))
    text = load_platform(platform).render(wanted)
    agree(wanted, read_snapshot(text, "sw1.cfg", platform), text.split("\n"))
