"""Single ports that put the separation at risk, or of which nobody knows where they lead."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

from sanso.messages import Finding
from sanso.network.facts import Mode
from sanso.network.snapshot import Interface, Kind
from sanso.proof.edges import UNTAGGED
from sanso.proof.findings import error, port_line, ranges, warning
from sanso.proof.hopping import hopping
from sanso.proof.intended import Intended
from sanso.proof.layer2 import Layer2, tag_line
from sanso.proof.links import End, Link, Links, Origin

ALL = 4094


class PortChecks:
    """Looks at every port and link on its own."""

    def __init__(self, layer2: Layer2, links: Links, intended: Intended) -> None:
        self.layer2 = layer2
        self.links = [link for link in links if link.origin is not Origin.SUBNET]
        self.told = links.told | layer2.linked
        self.intended = intended
        self.wires = layer2.wires

    def findings(self) -> Iterator[Finding]:
        """Findings of links, then of ports without one, then of addresses."""
        for link in self.links:
            yield from self._bundles(link)
            yield from self._ends(link)
            yield from hopping(self.layer2, link)
        for name, snapshot in self.layer2.snapshots.items():
            nowhere: dict[str, list[Interface]] = {}
            for port, interface in snapshot.interfaces.items():
                end = End(name, port)
                if interface.kind is not Kind.SWITCHED or interface.shutdown or end in self.told:
                    continue
                if end in self.layer2.lines:
                    yield from self._line(end)
                elif self.intended.city is not None and name in self.intended.city.devices:
                    yield from self._rim(end)
                elif (switching := interface.switching) is not None and switching.mode is not Mode.ACCESS:
                    nowhere.setdefault(str(switching.mode), []).append(interface)
                else:
                    yield from self._shared(end)
            for mode, ports in nowhere.items():
                args = {"device": name, "ports": ", ".join(port.name for port in ports), "count": len(ports)}
                yield error("TOPO-07", port_line(ports[0]), args, mode)
        for end in self.layer2.interfaces:
            yield from self._svi(end)
            yield from self._subnets(end)

    # ----- links ----------------------------------------------------------------------------------------------

    def _bundles(self, link: Link) -> Iterator[Finding]:
        """A member of a channel whose other end is none."""
        for near, far in ((link.near, link.far), (link.far, link.near)):
            one, other = (self.layer2.snapshots[end.device].interfaces[end.port] for end in (near, far))
            if one.channel and not other.channel and other.kind is Kind.SWITCHED:
                args = {"here": str(near), "channel": one.channel, "there": str(far)}
                yield warning("TOPO-05", other.line, args)

    def _ends(self, link: Link) -> Iterator[Finding]:
        """Two ends that understand untagged frames differently."""
        near, far = (self.wires.carrier(*end) for end in (link.near, link.far))
        if near.shutdown or far.shutdown or near.switching is None or far.switching is None:
            return
        untagged = [_untagged(interface) for interface in (near, far)]
        if untagged[0] == untagged[1] or Mode.DYNAMIC in {near.switching.mode, far.switching.mode}:
            return
        args = {"here": str(link.near), "there": str(link.far), "vlan": untagged[0], "other": untagged[1]}
        modes = {near.switching.mode, far.switching.mode}
        variant = "mode" if len(modes) > 1 else str(near.switching.mode)
        wanted = self.intended.port(link.near)
        blamed = far if wanted is not None and untagged[0] in {wanted.native, _access(wanted.words)} else near
        yield warning("TOPO-03", tag_line(blamed, UNTAGGED), args, variant)

    # ----- ports without a link -------------------------------------------------------------------------------

    def _rim(self, end: End) -> Iterator[Finding]:
        """A port to hosts that lets them into VLANs of layers which are not theirs."""
        wire = self.wires.of(*end)
        if len(wire.takes) < 2 or (len(wire.sends) == 1 and not wire.dynamic):
            return
        edges = self.layer2.edges.get(end, [])
        tags = {edge.tag for edge in edges}
        own = {edge.place.layer for edge in edges}
        meant = {node for tag, node in wire.takes if tag in tags}
        found: dict[str, set[int]] = {}
        for _, node in sorted(wire.takes | wire.sends):
            if node >= 0 and node not in meant:
                for layer in self.layer2.domains[self.layer2.find(node)].layers:
                    found.setdefault(layer, set()).add(node & 0xFFF)
        interface = self.wires.carrier(*end)
        variant = _variant(interface, declared=bool(own))
        strange = {layer: vlans for layer, vlans in found.items() if layer not in own}
        say = error
        if not strange and variant == "unlisted":
            strange, say = found, warning  # of their own layers, but more than they were given
        if not strange or len(own | strange.keys()) < 2:
            return
        wanted = self.intended.port(end)
        args = {
            "device": end.device,
            "port": end.port,
            "vlans": ranges(frozenset().union(*strange.values())),
            "layers": ", ".join(sorted(strange)),
            "own": ", ".join(sorted(own)) or "-",
            **(wanted.words if wanted is not None else {}),
        }
        voice = interface.switching.voice_vlan if interface.switching is not None and variant == "voice" else None
        yield say("TOPO-02", tag_line(interface, voice or 1), args, variant)

    def _shared(self, end: End) -> Iterator[Finding]:
        """A port that lets one host into the VLANs of several layers, where no inventory tells of hosts."""
        nodes = {node for _, node in self.wires.of(*end).sends}
        layers = frozenset[str]().union(*(self.layer2.domains[self.layer2.find(node)].layers for node in nodes))
        if len(nodes) > 1 and len(layers) > 1:
            vlans = ranges(frozenset(node & 0xFFF for node in nodes))
            args = {"device": end.device, "port": end.port, "vlans": vlans, "layers": ", ".join(sorted(layers))}
            yield error("TOPO-02", port_line(self.wires.carrier(*end), "voice"), args, "shared")

    def _line(self, end: End) -> Iterator[Finding]:
        """A port to the outside that carries a segment out of the city at layer 2."""
        wire = self.wires.of(*end)
        for tag, node in sorted(wire.sends):
            layers = self.layer2.domains[self.layer2.find(node)].layers if node >= 0 else frozenset()
            if layers:
                line = tag_line(self.wires.carrier(*end), tag)
                shown = ", ".join(sorted(layers))
                args = {"device": end.device, "port": end.port, "vlan": node & 0xFFF, "layers": shown}
                yield error("TOPO-08", line, args)

    # ----- addresses ------------------------------------------------------------------------------------------

    def _svi(self, end: End) -> Iterator[Finding]:
        """An address that makes a device a way out of a segment which the city gave to another."""
        snapshot = self.layer2.snapshots[end.device]
        interface = snapshot.interfaces[end.port]
        if interface.kind is not Kind.SVI or not interface.addresses:
            return
        if not self.intended.svi(end.device, interface.vlan):
            place = self.layer2.placement.vlan(interface.vlan or 0)
            segment, layer = (place.segment, place.layer) if place else ("-", "-")
            args = {"device": end.device, "port": end.port, "segment": segment, "layer": layer}
            yield error("TOPO-11", interface.line, args)

    def _subnets(self, end: End) -> Iterator[Finding]:
        """An address whose mask takes in other addresses than its segment has at the site."""
        for one in self.layer2.snapshots[end.device].interfaces[end.port].addresses:
            place = self.layer2.placement.subnet(ip_network(one.interface.ip))
            subnet = one.interface.network
            prefix = self.intended.share(place, "ipv4" if subnet.version == 4 else "ipv6")
            if place is None or prefix in {None, subnet}:
                continue
            args = {"device": end.device, "port": end.port, "address": one.interface, "subnet": subnet}
            args |= {"segment": place.segment, "site": place.site, "prefix": prefix}
            wide = place != self.layer2.placement.subnet(subnet)
            yield (error if wide else warning)("TOPO-13", one.line, args, "wide" if wide else "narrow")


def _variant(interface: Interface, *, declared: bool) -> str:
    switching = interface.switching
    if switching is None or not declared:
        return "unused"
    if switching.mode is Mode.DYNAMIC:
        return "dynamic"
    if switching.mode is Mode.ACCESS:
        return "voice"
    return "unlisted" if len(switching.allowed) == ALL else "widened"


def _untagged(interface: Interface) -> int | None:
    switching = interface.switching
    if switching is None:
        return None
    return switching.access_vlan if switching.mode is Mode.ACCESS else switching.native_vlan


def _access(words: dict[str, str]) -> int | None:
    return int(words["access"]) if words["access"].isdecimal() else None
