"""What a switch boots with the first time: one after the set-up that makes it reachable."""

from sanso.lab.eos.secrets import factory_sha512
from sanso.lab.spec import DeviceSpec

_TEXT = """\
no aaa root
username {name} privilege 15 role network-admin secret sha512 {password}
transceiver qsfp default-mode 4x10G
service routing protocols model multi-agent
hostname {hostname}
spanning-tree mode mstp
aaa authorization exec default local
management api http-commands
   no shutdown
no ip routing
end
"""


def factory_text(spec: DeviceSpec) -> str:
    """Give the text, with the spec's name, user and password (hashed)."""
    return _TEXT.format(hostname=spec.name, name=spec.username, password=factory_sha512(spec.password))
