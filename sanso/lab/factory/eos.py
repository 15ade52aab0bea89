"""The first configuration of an Arista EOS switch."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.lab.eos.secrets import factory_sha512
from sanso.lab.factory.place import ANSWERS4, ANSWERS6, FROM_OUTSIDE, LinePort, Place

OUT_OF_BAND = "Management1"

_HEAD = """\
no aaa root
username {place.login.username} privilege 15 role network-admin secret sha512 {password}
transceiver qsfp default-mode 4x10G
service routing protocols model multi-agent
logging buffered 10000 informational
{logging}
hostname {place.hostname}
no ip domain lookup
snmp-server location {place.site}
spanning-tree mode rapid-pvst
spanning-tree edge-port bpduguard default
clock timezone Asia/Tokyo
vrf instance MGMT
aaa authorization exec default local
management api http-commands
   no shutdown
interface Management1
   vrf MGMT
"""

_TAIL = """\
management ssh
   idle-timeout 30
end
"""


def text(place: Place) -> str:
    """Write the configuration that the installer left."""
    head = _HEAD.format(
        place=place,
        password=factory_sha512(place.login.password),
        logging="\n".join(f"logging host {address}" for address in place.syslog),
    )
    enable = [f"enable password sha512 {factory_sha512(place.login.secret)}"] if place.login.secret else []
    return "\n".join([*enable, *head.splitlines(), *_own(place), *_TAIL.splitlines(), ""])


def _own(place: Place) -> Iterator[str]:
    """Lines that depend on whether the switch routes."""
    if place.outer:
        yield from _lists(place)
    for line in place.lines:
        yield from _line(line)
    yield "ip routing" if place.gateway else "no ip routing"
    if place.gateway:
        yield "ipv6 unicast-routing"
    elif place.management_gateway is not None:
        yield f"ip route 0.0.0.0/0 {place.management_gateway}"
    for route in place.routes:
        family = "ip" if route.prefix.version == 4 else "ipv6"
        yield f"{family} route {route.prefix} {route.next_hop}"
    yield from (f"ntp server {address}" for address in place.ntp)


def _line(line: LinePort) -> Iterator[str]:
    yield f"interface {line.port}"
    yield "   description Line"
    yield "   no switchport"
    yield f"   ip address {line.ipv4}"
    if line.ipv6 is not None:
        yield f"   ipv6 address {line.ipv6}"
    if line.outer:
        yield f"   ip access-group {FROM_OUTSIDE} in"
        yield f"   ipv6 access-group {FROM_OUTSIDE} in"


def _lists(place: Place) -> Iterator[str]:
    """Lists of both families that let answers in, for the layers that may send out."""
    for family, version, answers in (("ip", 4, ANSWERS4), ("ipv6", 6, ANSWERS6)):
        yield f"{family} access-list {FROM_OUTSIDE}"
        permits = [(to, answer) for to in place.egress if to.version == version for answer in answers]
        for number, (to, answer) in enumerate(permits, 1):
            yield f"   {10 * number} permit {answer.format(to=to, icmp='icmpv6')}"
        yield f"   {10 * (len(permits) + 1)} deny {family} any any"
