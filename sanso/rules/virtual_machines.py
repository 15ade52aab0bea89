"""VIRT: what a machine names that must fit: its hosts, its MAC addresses, its node."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.flow import Node
from sanso.city.virtual import Machine, mac_of
from sanso.messages import Finding
from sanso.rules.rule import Rule
from sanso.rules.words import some

GROUP_BIT = 0x01
"""In the first octet of a MAC address: it is a group's (IEEE 802)."""


class HostsOfMachine(Rule):
    """The hosts that a machine may be on stand at one site, and each is named once."""

    id = "VIRT-16"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            known = [host for host in machine.hosts if host in self.city.virtualization_hosts]
            for number, host in enumerate(machine.hosts):
                path = machine.at("hosts", number)
                if host in machine.hosts[:number]:
                    yield self.finding(path, "twice", machine=name, host=host)
                elif host in known and self._site(host) != self._site(known[0]):
                    args = {"machine": name, "host": host, "site": self._site(host)}
                    yield self.finding(path, "site", **args, first=known[0], other=self._site(known[0]))

    def _site(self, host: str) -> str:
        return self.city.virtualization_hosts[host].site


class MachineMac(Rule):
    """A MAC address is one NIC's, no access point's, and no group's."""

    id = "VIRT-23"

    def check(self) -> Iterator[Finding]:
        first = {point.mac: name for name, point in self.city.access_points.items()}
        for name, machine in self.city.machines.items():
            for nic, one in machine.nics.items():
                mac = mac_of(name, nic, one)
                path = one.at() if one.mac is None else one.at("mac")
                args = {"machine": name, "nic": nic, "mac": mac}
                other = first.setdefault(mac, f"{name} {nic}")
                if int(mac[:2], 16) & GROUP_BIT:
                    yield self.finding(path, "group", **args)
                elif other != f"{name} {nic}":
                    yield self.finding(path, "twice", **args, other=other)


class MachineNode(Rule):
    """A machine that is a node has a NIC in each segment of it, at the node's site, and no other machine is it."""

    id = "VIRT-24"

    def check(self) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for name, machine in self.city.machines.items():
            node = self.city.nodes.get(machine.node or "")
            if machine.node is None or node is None:
                continue  # REF-01 tells
            other = first.setdefault(machine.node, name)
            if other != name:
                yield self.finding(machine.at("node"), "twice", machine=name, node=machine.node, other=other)
            yield from self._interfaces(name, machine, node)

    def _interfaces(self, name: str, machine: Machine, node: Node) -> Iterator[Finding]:
        known = self.city.virtualization_hosts
        hosts = [known[host] for host in machine.hosts if host in known]
        args = {"machine": name, "node": machine.node}
        for interface in node.interfaces:
            if interface.segment not in machine.segments:
                own = some(machine.segments)
                yield self.finding(machine.at("node"), "segment", **args, segment=interface.segment, own=own)
            elif hosts and interface.site != hosts[0].site:
                site = {"site": interface.site, "host": hosts[0].hostname, "other": hosts[0].site}
                yield self.finding(machine.at("node"), "site", **args, **site)
