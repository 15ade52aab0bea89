"""Replay every command of random changes on the emulated devices and look at every step."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_interface
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.change.plan import commands, plan
from sanso.change.scope import effective
from sanso.lab import make_device
from sanso.lab.spec import DeviceSpec
from sanso.network.facts import Acl, Facts, Mode, Port, Svi
from sanso.platforms import load_platform
from tests.change.packets import acl_permits, acls, membership

VLANS = (10, 20, 30)
INTERFACES = {"ios": ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), "eos": ("Ethernet1", "Ethernet2")}


@st.composite
def ports(draw: st.DrawFn, name: str) -> Port:
    mode = draw(st.sampled_from([Mode.ACCESS, Mode.TRUNK]))
    port = Port(name, draw(st.sampled_from(["", "a", "b"])), shutdown=draw(st.booleans()), mode=mode)
    if mode is Mode.ACCESS:
        return replace(port, access_vlan=draw(st.sampled_from(VLANS)))
    allowed = draw(st.frozensets(st.sampled_from(VLANS), min_size=1))
    return replace(port, native_vlan=draw(st.sampled_from(VLANS)), allowed=allowed)


@st.composite
def facts(draw: st.DrawFn, platform: str) -> Facts:
    routed = draw(st.frozensets(st.sampled_from(VLANS[:2])))
    lists = {vlan: draw(acls(f"SANSO-s{vlan}-IN-V4")) for vlan in sorted(routed)}
    svis = {
        vlan: Svi(
            vlan,
            f"s{vlan}",
            ipv4=frozenset({ip_interface(f"10.{draw(st.integers(0, 1))}.{vlan}.1/24")}),
            acls={("ipv4", "in"): lists[vlan].name},
        )
        for vlan in sorted(routed)
    }
    return Facts(
        "sw1",
        platform,
        vlans={vlan: f"s{vlan}" for vlan in VLANS},
        ports={name: draw(ports(name)) for name in INTERFACES[platform]},
        svis=svis,
        acls={("ipv4", acl.name): acl for acl in lists.values()},
    )


def device_with(platform: str, wanted: Facts) -> Any:
    """An emulated device that was brought to the given facts from the factory's."""
    spec = DeviceSpec("sw1", platform, "127.0.0.1", 4022, INTERFACES[platform])
    device = make_device(spec)
    shell = device.shell(privileged=True)
    nos = load_platform(platform)
    shell.execute("configure terminal")
    for command in commands(plan(nos, nos.parse("sw1", device.running_config()), wanted)):
        answer = shell.execute(command)
        assert "%" not in answer, (command, answer)
    shell.execute("end")
    return device


def openness(found: Facts) -> tuple[dict[str, frozenset[int]], dict[int, frozenset[Any]]]:
    """VLANs per port, and packets let in per SVI that is up and has an address."""
    ports_open = {name: membership(port) for name, port in found.ports.items()}
    svis_open = {}
    for vlan, svi in found.svis.items():
        name = svi.acls.get(("ipv4", "in"))
        bound: Acl | None = found.acls.get(("ipv4", name)) if name else None
        svis_open[vlan] = acl_permits(bound) if svi.ipv4 and not svi.shutdown else frozenset()
    return ports_open, svis_open


@pytest.mark.parametrize("platform", ["ios", "eos"])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_no_command_opens_more_than_the_old_and_the_new_state(platform: str, data: st.DataObject) -> None:
    nos = load_platform(platform)
    old, new = data.draw(facts(platform)), data.draw(facts(platform))
    device = device_with(platform, old)
    before = nos.parse("sw1", device.running_config())
    old_ports, old_svis = openness(before)
    new_ports, new_svis = openness(new)
    shell = device.shell(privileged=True)
    shell.execute("configure terminal")
    for command in commands(plan(nos, before, new)):
        answer = shell.execute(command)
        assert "%" not in answer, (command, answer)
        now_ports, now_svis = openness(nos.parse("sw1", device.running_config()))
        for name, vlans in now_ports.items():
            assert vlans <= old_ports[name] | new_ports[name], command
        for vlan, packets in now_svis.items():
            assert packets <= old_svis.get(vlan, frozenset()) | new_svis.get(vlan, frozenset()), command
    shell.execute("end")
    reached = nos.parse("sw1", device.running_config())
    assert {name: effective(port) for name, port in reached.ports.items()} == dict(new.ports)
    assert reached.vlans == new.vlans
    assert reached.svis == new.svis
    assert {key: list(acl.entries.values()) for key, acl in reached.acls.items()} == {
        key: list(acl.entries.values()) for key, acl in new.acls.items()
    }
    assert plan(nos, replace(reached, ports=dict(new.ports)), new) == []


@pytest.mark.parametrize("platform", ["ios", "eos"])
def test_names_of_vlans_are_swapped_and_taken_from_strays(platform: str) -> None:
    nos = load_platform(platform)
    empty = nos.parse("sw1", make_device(DeviceSpec("sw1", platform, "127.0.0.1", 4022)).running_config())
    old = replace(empty, vlans={10: "staff", 20: "guests", 66: "servers"})
    new = replace(empty, vlans={10: "guests", 20: "staff", 30: "servers"})
    device = device_with(platform, old)
    shell = device.shell(privileged=True)
    shell.execute("configure terminal")
    for command in commands(plan(nos, nos.parse("sw1", device.running_config()), new)):
        answer = shell.execute(command)
        assert "%" not in answer, (command, answer)
    shell.execute("end")
    assert nos.parse("sw1", device.running_config()).vlans == new.vlans
