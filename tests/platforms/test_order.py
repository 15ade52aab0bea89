"""What a platform writes stands in the order in which the device shows it."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import ip_interface, ip_network

import pytest

from sanso.change import commands, plan
from sanso.network.facts import Acl, Entry, Facts, Mode, Port, Ports, Svi
from sanso.platforms import platform_names
from tests.platforms.device import SWITCHING, Driven

SSH = Entry("permit", "tcp", ip_network("10.0.0.0/24"), target=ip_network("10.9.0.1/32"), target_ports=Ports(22, 22))
SSH6 = replace(SSH, source=ip_network("2001:db8::/64"), target=ip_network("2001:db8:9::1/128"))
ACLS = (
    Acl("ipv4", "SANSO-a-IN-V4", {5: Entry("remark", remark="ssh"), 10: SSH, 20: Entry("deny")}),
    Acl("ipv4", "SANSO-b-IN-V4", {10: Entry("deny", log=True)}),
    Acl("ipv6", "SANSO-a-IN-V6", {10: SSH6, 20: Entry("deny", log=True)}),
)
SVIS = (
    Svi(
        10,
        "staff",
        shutdown=True,
        ipv4=frozenset({ip_interface("10.0.0.1/24"), ip_interface("10.0.1.1/24")}),
        ipv6=frozenset({ip_interface("2001:db8::1/64"), ip_interface("2001:db8:0:1::1/64")}),
        acls={("ipv4", "in"): "SANSO-b-IN-V4", ("ipv4", "out"): "SANSO-a-IN-V4", ("ipv6", "in"): "SANSO-a-IN-V6"},
    ),
    Svi(11, ipv4=frozenset({ip_interface("10.2.0.1/24")})),
)


def wanted(platform: str) -> Facts:
    first, second = SWITCHING[platform]
    many = frozenset({10, 11, *range(100, 400, 3)})
    ports = (
        Port(first, "terminal", shutdown=True, access_vlan=10, voice_vlan=11),
        Port(second, "uplink", mode=Mode.TRUNK, native_vlan=11, allowed=many),
    )
    return Facts(
        "sw1",
        platform,
        vlans={10: "staff", 11: "clerks", 999: "DEAD"},
        ports={port.name: port for port in ports},
        svis={svi.vlan: svi for svi in SVIS},
        acls={(acl.family, acl.name): acl for acl in ACLS},
    )


@pytest.mark.parametrize("platform", platform_names())
def test_the_device_shows_every_line_that_was_written_in_the_same_order(platform: str) -> None:
    driven = Driven(platform)
    driven.send(commands(plan(driven.platform, driven.facts, wanted(platform))))
    assert driven.facts == wanted(platform)
    written = [line.strip() for line in driven.platform.render(driven.facts).splitlines()]
    shown = iter([line.strip() for line in driven.device.running_config().splitlines()])
    assert [line for line in written if line != "!" and line not in shown] == []
