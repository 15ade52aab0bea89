"""Every line of a change of one port or SVI, on the emulated device: none opens more than both its ends."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_interface

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.change.scope import effective
from sanso.network.facts import Acl, Direction, Entry, Family, Mode, Port, Svi
from sanso.platforms import platform_names
from sanso.platforms.industry.svi import UNTOLD6
from tests.platforms.device import SWITCHING, Driven
from tests.platforms.strategies import MODES, ports

VLANS = st.sampled_from([1, 10, 20, 30])
UNTAGGED = 0

every_platform = pytest.mark.parametrize("platform", platform_names())
replayed = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def frames(port: Port) -> set[tuple[int, int]]:
    """Frames that can pass a port: the tag, and the VLAN that it means."""
    if port.shutdown or port.mode is Mode.ROUTED:
        return set()
    access = {(UNTAGGED, port.access_vlan)} | ({(port.voice_vlan, port.voice_vlan)} if port.voice_vlan else set())
    trunk = {(vlan, vlan) for vlan in port.allowed}
    trunk |= {(UNTAGGED, port.native_vlan)} if port.native_vlan in port.allowed else set()
    return {Mode.ACCESS: access, Mode.TRUNK: trunk, Mode.DYNAMIC: access | trunk}[port.mode]


@every_platform
@replayed
@given(data=st.data())
def test_no_line_lets_a_frame_through_a_port_that_neither_end_does(platform: str, data: st.DataObject) -> None:
    name, modes = SWITCHING[platform][0], MODES[platform]
    old, new = (data.draw(ports(name, modes, VLANS)) for _ in range(2))
    driven = Driven(platform)
    driven.send(driven.platform.set_port(driven.facts.ports[name], old))
    assert effective(driven.facts.ports[name]) == effective(old)
    either = frames(old) | frames(new)
    for line, facts in driven.steps(driven.platform.set_port(effective(old), new)):
        assert frames(facts.ports[name]) <= either, line
    assert effective(driven.facts.ports[name]) == effective(new)


@every_platform
@given(data=st.data())
@settings(max_examples=6, deadline=None)
def test_a_trunk_s_long_list_changes_without_a_vlan_of_both_ever_off(platform: str, data: st.DataObject) -> None:
    name = SWITCHING[platform][0]
    steps = st.integers(2, 9).map(lambda step: frozenset(range(1, 800, step)))
    old, new = (Port(name, mode=Mode.TRUNK, allowed=data.draw(steps)) for _ in range(2))
    driven = Driven(platform)
    driven.send(driven.platform.set_port(driven.facts.ports[name], old))
    for line, facts in driven.steps(driven.platform.set_port(old, new)):
        assert len(line) < 254
        assert old.allowed & new.allowed <= facts.ports[name].allowed <= old.allowed | new.allowed
    assert driven.facts.ports[name] == new


NAMES: dict[Family, list[str]] = {
    "ipv4": ["SANSO-a-IN-V4", "SANSO-b-IN-V4"],
    "ipv6": ["SANSO-a-IN-V6", "SANSO-b-IN-V6"],
}
ADDRESSES = {
    "ipv4": [ip_interface(f"10.0.{n}.1/24") for n in (1, 2, 3)],
    "ipv6": [ip_interface(f"2001:db8:{n}::1/64") for n in (1, 2, 3)],
}


@st.composite
def svis(draw: st.DrawFn) -> Svi:
    bindings: dict[tuple[Family, Direction], str] = {}
    for family, names in NAMES.items():
        directions: tuple[Direction, ...] = ("in", "out")
        for direction in directions:
            if name := draw(st.none() | st.sampled_from(names)):
                bindings[family, direction] = name
    return Svi(
        10,
        draw(st.sampled_from(["", "a", "b"])),
        draw(st.booleans()),
        ipv4=draw(st.frozensets(st.sampled_from(ADDRESSES["ipv4"]))),
        ipv6=draw(st.frozensets(st.sampled_from(ADDRESSES["ipv6"]))),
        acls=bindings,
    )


def unfiltered(svi: Svi | None) -> set[tuple[str, str]]:
    """Addresses and directions in which packets pass a running SVI without any list."""
    if svi is None or svi.shutdown:
        return set()
    addresses = {"ipv4": svi.ipv4, "ipv6": svi.ipv6}
    return {
        (str(address), direction)
        for family, found in addresses.items()
        for address in found
        for direction in ("in", "out")
        if (family, direction) not in svi.acls
    }


@every_platform
@replayed
@given(old=st.none() | svis(), new=svis())
def test_no_line_lets_a_packet_through_an_svi_that_neither_end_does(platform: str, old: Svi | None, new: Svi) -> None:
    driven = Driven(platform)
    driven.send(driven.platform.set_vlan(10, "s10"))
    for family, names in NAMES.items():
        for name in names:
            driven.send(driven.platform.create_acl(Acl(family, name, {10: Entry("deny")})))
    if old is not None:
        driven.send(driven.platform.set_svi(None, old))
    assert driven.facts.svis.get(10) == old
    before = unfiltered(old)
    for line, facts in driven.steps(driven.platform.set_svi(old, new)):
        now = facts.svis[10]
        assert unfiltered(now) <= before | unfiltered(new), line
        assert _lists(now) <= (_lists(old) if old else set()) | _lists(new), line
        if now.shutdown is False:
            assert old is None or not old.shutdown or not new.shutdown, line
    assert driven.facts.svis[10] == new


def _lists(svi: Svi) -> set[tuple[tuple[Family, Direction], str]]:
    return set(svi.acls.items())


@every_platform
@replayed
@given(old=svis(), new=svis())
def test_a_binding_is_never_off_between_two_lists(platform: str, old: Svi, new: Svi) -> None:
    new = replace(old, acls=new.acls)
    driven = Driven(platform)
    driven.send(driven.platform.set_vlan(10, "s10"))
    driven.send(driven.platform.set_svi(None, old))
    for line, facts in driven.steps(driven.platform.bind_acls(old, new)):
        assert facts.svis[10].acls.keys() >= old.acls.keys() & new.acls.keys(), line
    assert driven.facts.svis[10] == new


@every_platform
def test_an_svi_goes_with_its_addresses_and_vlan_1_stays_without_any(platform: str) -> None:
    driven = Driven(platform)
    for vlan in (1, 10):
        svi = Svi(
            vlan, ipv4=frozenset({ip_interface(f"10.0.{vlan}.1/24")}), ipv6=frozenset({ip_interface("fd00::1/64")})
        )
        driven.send(driven.platform.set_svi(None, svi))
        assert driven.facts.svis == {vlan: svi}
        driven.send(driven.platform.remove_svi(vlan))
        assert driven.facts.svis == {}


@every_platform
def test_an_address_that_was_not_told_is_replaced(platform: str) -> None:
    driven = Driven(platform)
    automatic = {"ios": "ipv6 address autoconfig", "eos": "ipv6 address auto-config"}[platform]
    driven.send(["interface Vlan10", automatic, "exit"])
    old, new = driven.facts.svis[10], Svi(10, ipv6=frozenset({ip_interface("fd00::1/64")}))
    assert old.ipv6 == {UNTOLD6}
    driven.send(driven.platform.set_svi(old, new))
    assert driven.facts.svis[10] == new


@every_platform
def test_an_edit_removes_by_number_and_adds_at_a_number(platform: str) -> None:
    driven = Driven(platform)
    families: tuple[Family, Family] = ("ipv4", "ipv6")
    for family in families:
        first = {10: Entry("permit", "tcp"), 20: Entry("remark", remark="rest"), 30: Entry("deny", log=True)}
        acl = Acl(family, "SANSO-a", first)
        driven.send(driven.platform.create_acl(acl))
        assert driven.facts.acls[family, "SANSO-a"] == acl
        driven.send(driven.platform.edit_acl(acl, [10, 20], [(25, Entry("deny", "udp"))]))
        assert driven.facts.acls[family, "SANSO-a"].entries == {25: Entry("deny", "udp"), 30: Entry("deny", log=True)}
        driven.send(driven.platform.remove_acl(acl))
        assert (family, "SANSO-a") not in driven.facts.acls


@every_platform
def test_vlans_come_and_go(platform: str) -> None:
    driven = Driven(platform)
    driven.send(driven.platform.set_vlan(10, "staff"))
    driven.send(driven.platform.set_vlan(20, "guests"))
    driven.send(driven.platform.set_vlan(10, "clerks"))
    assert driven.facts.vlans == {10: "clerks", 20: "guests"}
    driven.send(driven.platform.remove_vlan(10))
    assert driven.facts.vlans == {20: "guests"}
