"""The first configuration of a Cisco Catalyst 9800 wireless controller."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Interface

from sanso.city import City
from sanso.city.addressing import gateway_address, host_address, share
from sanso.city.device import AccessPort
from sanso.city.wireless import Controller
from sanso.lab.c9800.chassis import PORTS, SERVICE_PORT, UPLINK
from sanso.lab.c9800.factory import BORN_WITH
from sanso.lab.factory.place import Login, servers
from sanso.lab.ios.secrets import factory_type9

_OWN_HOST = 2
"""Host number of the controller's own address: the next one after the gateway."""

_HEAD = """\
service timestamps debug datetime msec localtime
service timestamps log datetime msec localtime show-timezone
service password-encryption
hostname {name}
vrf definition Mgmt-intf
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
parameter-map type webauth global
 type webauth
 virtual-ip ipv4 192.0.2.1
vtp mode off
archive
 log config
  logging enable
  notify syslog contenttype plaintext
  hidekeys
 path bootflash:archive
 maximum 10
password encryption aes
username {login.username} privilege 15 secret 9 {password}
redundancy
 mode sso
lldp run
vlan {vlan}
 name WIRELESS-MANAGEMENT
interface {service}
 vrf forwarding Mgmt-intf
 no ip address
 negotiation auto
interface {uplink}
 switchport access vlan {vlan}
 switchport mode access
 no negotiation auto
{unused}
interface Vlan1
 no ip address
 shutdown
interface Vlan{vlan}
 ip address {address.ip} {address.netmask}
ip forward-protocol nd
no ip http server
no ip http secure-server
ip route 0.0.0.0 0.0.0.0 {gateway}
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
wireless country JP
wireless management interface Vlan{vlan}
"""


def text(city: City, controller: Controller, login: Login) -> str | None:
    """Write the configuration that the installer left; None where the city has no IPv4 address for the controller."""
    port = city.ports[controller.switch].get(controller.port)
    if not isinstance(port, AccessPort):
        return None
    site = city.devices[controller.switch].site
    prefix = share(city, port.segment, site, "ipv4")
    gateway = gateway_address(city, port.segment, site, "ipv4")
    if prefix is None or gateway is None:
        return None
    address = host_address(prefix, _OWN_HOST)
    assert isinstance(address, IPv4Interface)  # noqa: S101 - a host of an IPv4 prefix
    unused = [f"interface {one}\n shutdown" for one in PORTS if one not in (UPLINK, SERVICE_PORT)]
    head = _HEAD.format(
        name=controller.hostname,
        login=login,
        secret=factory_type9(login.secret),
        password=factory_type9(login.password),
        vlan=city.segments[port.segment].vlan,
        uplink=UPLINK,
        service=SERVICE_PORT,
        unused="\n".join(unused),
        address=address,
        gateway=gateway.ip,
    )
    return "\n".join([*head.splitlines(), *BORN_WITH.splitlines(), *_servers(city), "end", ""])


def _servers(city: City) -> Iterator[str]:
    yield from (f"logging host {address}" for address in servers(city, "syslog"))
    yield from (f"ntp server {address}" for address in servers(city, "ntp"))
