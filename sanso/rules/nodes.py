"""NODE: the addresses of named machines."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address

from sanso.city.addressing import FAMILIES, Family
from sanso.city.flow import Node, NodeInterface
from sanso.messages import Finding
from sanso.rules.host_numbers import host_numbers
from sanso.rules.index import Share
from sanso.rules.rule import Rule

Address = IPv4Address | IPv6Address
Key = tuple[int, int]
"""IP version and address, which compare faster than addresses do."""


class NodeAddress(Rule):
    """A node's address is a host's address in the share of its segment at its site."""

    id = "NODE-01"

    def check(self) -> Iterator[Finding]:
        for name, node in self.city.nodes.items():
            for interface in node.interfaces:
                if interface.ipv4 is None and interface.ipv6 is None:
                    yield self.finding(interface.at(), "none", node=name, segment=interface.segment)
                for family in FAMILIES:
                    yield from self._family(name, interface, family)

    def _family(self, name: str, interface: NodeInterface, family: Family) -> Iterator[Finding]:
        address: Address | None = getattr(interface, family)
        if address is None or (interface.site, interface.segment) not in self.index.shares:
            return
        prefix = self.index.prefix(interface.site, interface.segment, family)
        args = {"node": name, "address": address, "segment": interface.segment, "site": interface.site}
        if prefix is None:
            yield self.finding(interface.at(family), "family", **args, family=family)
        elif address not in prefix:
            yield self.finding(interface.at(family), "outside", **args, prefix=prefix)
        elif address == prefix.network_address or (family == "ipv4" and address == prefix.broadcast_address):
            yield self.finding(interface.at(family), "reserved", **args, prefix=prefix)


class DuplicateAddress(Rule):
    """An address is one machine's: not two nodes', not also a gateway's, a device's or a virtualization host's."""

    id = "NODE-02"

    def check(self) -> Iterator[Finding]:
        owners = dict(self._device_addresses())
        for name, node in self.city.nodes.items():
            for interface, family, address in _addresses(node):
                kind, owner = owners.setdefault((address.version, int(address)), ("node", name))
                if (kind, owner) != ("node", name):
                    yield self.finding(interface.at(family), kind, node=name, address=address, other=owner)

    def _device_addresses(self) -> Iterator[tuple[Key, tuple[str, str]]]:
        for (site_id, segment), shares in self.index.shares.items():
            if self.city.segments[segment].routed:
                yield from ((_host(share, 1), ("gateway", f"{segment}@{site_id}")) for share in shares)
        management = self.city.settings.management_segment
        for name, device in self.city.devices.items():
            number = device.management_host
            if number is not None and number > 1:
                shares = self.index.shares.get((device.site, management), [])
                yield from ((_host(share, number), ("device", name)) for share in shares)
        for (site_id, segment), numbers in host_numbers(self.index).items():
            for own in numbers:
                shares = self.index.shares.get((site_id, segment), [])
                yield from ((_host(share, own.number), ("host", own.host)) for share in shares)


def _host(share: Share, number: int) -> Key:
    """Address ``number`` of a share, whether or not it is inside: ADDR-02 and DEV-02 tell where it is not."""
    return share.prefix.version, int(share.prefix.network_address) + number


def _addresses(node: Node) -> Iterator[tuple[NodeInterface, Family, Address]]:
    for interface in node.interfaces:
        for family in FAMILIES:
            address = getattr(interface, family)
            if address is not None:
                yield interface, family, address
