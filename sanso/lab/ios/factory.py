"""What a switch boots with the first time: a Catalyst after the set-up that makes it reachable."""

from sanso.lab.ios.secrets import factory_type9
from sanso.lab.spec import DeviceSpec

_TEXT = """\
service timestamps debug datetime msec
service timestamps log datetime msec
service password-encryption
hostname {name}
enable secret 9 {secret}
no aaa new-model
switch 1 provision ws-c3850-48p
vtp mode transparent
archive
 path flash:config
 maximum 10
spanning-tree mode rapid-pvst
spanning-tree extend system-id
username {username} privilege 15 secret 9 {password}
redundancy
 mode sso
interface Vlan1
 no ip address
 shutdown
ip forward-protocol nd
no ip http server
no ip http secure-server
ip ssh version 2
line con 0
 logging synchronous
 stopbits 1
line vty 0 4
 login local
 transport input ssh
line vty 5 15
 login local
 transport input ssh
end
"""


def factory_text(spec: DeviceSpec) -> str:
    """Give the text, with the spec's name, user and passwords (hashed)."""
    return _TEXT.format(
        name=spec.name,
        username=spec.username,
        password=factory_type9(spec.password),
        secret=factory_type9(spec.secret),
    )
