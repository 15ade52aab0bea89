"""The first configuration of a Cisco IOS switch."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.lab.factory.place import ANSWERS4, ANSWERS6, FROM_OUTSIDE, LinePort, Place, Route
from sanso.lab.ios.secrets import factory_type9

OUT_OF_BAND = "GigabitEthernet0/0"

_HEAD = """\
service timestamps debug datetime msec localtime
service timestamps log datetime msec localtime show-timezone
service password-encryption
hostname {place.hostname}
vrf definition Mgmt-vrf
 address-family ipv4
 exit-address-family
 address-family ipv6
 exit-address-family
logging buffered 65536 informational
enable secret 9 {secret}
aaa new-model
aaa authentication login default local
aaa authorization exec default local
aaa session-id common
clock timezone JST 9 0
no ip domain lookup
login on-success log
vtp mode transparent
archive
 log config
  logging enable
  notify syslog contenttype plaintext
  hidekeys
 path flash:archive
 maximum 10
spanning-tree mode rapid-pvst
spanning-tree extend system-id
errdisable recovery cause bpduguard
username {place.login.username} privilege 15 secret 9 {password}
lldp run
interface GigabitEthernet0/0
 vrf forwarding Mgmt-vrf
 no ip address
 negotiation auto
interface Vlan1
 no ip address
 shutdown
"""

_TAIL = """\
ip forward-protocol nd
no ip http server
no ip http secure-server
ip ssh time-out 60
ip ssh version 2
line con 0
 logging synchronous
 stopbits 1
line vty 0 4
 exec-timeout 30 0
 transport input ssh
line vty 5 15
 exec-timeout 30 0
 transport input ssh
"""


def text(place: Place) -> str:
    """Write the configuration that the installer left."""
    head = _HEAD.format(
        place=place, secret=factory_type9(place.login.secret), password=factory_type9(place.login.password)
    )
    return "\n".join([*head.splitlines(), *_own(place), *_TAIL.splitlines(), *_servers(place), "end", ""])


def _own(place: Place) -> Iterator[str]:
    """Lines that depend on whether the switch routes."""
    if place.gateway:
        yield "ip routing"
        yield "ipv6 unicast-routing"
    elif place.management_gateway is not None:
        yield f"ip default-gateway {place.management_gateway}"
    if place.outer:
        yield from _lists(place)
    for line in place.lines:
        yield from _line(line)
    yield from (_route(route) for route in place.routes)


def _line(line: LinePort) -> Iterator[str]:
    yield f"interface {line.port}"
    yield " description Line"
    yield " no switchport"
    yield f" ip address {line.ipv4.ip} {line.ipv4.netmask}"
    yield " no ip redirects"
    if line.ipv6 is not None:
        yield f" ipv6 address {str(line.ipv6).upper()}"
    if line.outer:
        yield f" ip access-group {FROM_OUTSIDE} in"
        yield f" ipv6 traffic-filter {FROM_OUTSIDE}-V6 in"


def _route(route: Route) -> str:
    if route.prefix.version == 4:
        return f"ip route {route.prefix.network_address} {route.prefix.netmask} {route.next_hop}"
    return f"ipv6 route {str(route.prefix).upper()} {str(route.next_hop).upper()}"


def _servers(place: Place) -> Iterator[str]:
    yield from (f"logging host {address}" for address in place.syslog)
    yield f"snmp-server location {place.site}"
    yield from (f"ntp server {address}" for address in place.ntp)


def _lists(place: Place) -> Iterator[str]:
    """Lists of both families that let answers in; on IOS they may not share a name."""
    yield f"ip access-list extended {FROM_OUTSIDE}"
    for to in place.egress:
        if to.version == 4:
            wide = f"{to.network_address} {to.hostmask}"
            yield from (f" permit {answer.format(to=wide)}" for answer in ANSWERS4)
    yield " deny ip any any"
    yield f"ipv6 access-list {FROM_OUTSIDE}-V6"
    for to in place.egress:
        if to.version == 6:
            yield from (f" permit {answer.format(to=str(to).upper(), icmp='icmp')}" for answer in ANSWERS6)
    yield " deny ipv6 any any"
