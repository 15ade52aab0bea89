"""Broadcast domains: how far a frame may get, over VLANs, trunks, channels, access points and lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sanso.network.snapshot import Interface, Kind, Line, Snapshot
from sanso.proof.edges import UNTAGGED, Edge
from sanso.proof.findings import Step, port_line
from sanso.proof.links import End, Link, Origin
from sanso.proof.placement import Place, Placement
from sanso.proof.wires import Node, Nodes, Wire, Wires

L3_KINDS = frozenset({Kind.ROUTED, Kind.SVI, Kind.SUBINTERFACE, Kind.TUNNEL})


class Join(NamedTuple):
    """Two nodes between which frames pass, and the ports that they pass."""

    near: Node
    far: Node
    near_end: End
    far_end: End | None
    tag: int
    assumed: bool


class Leaf(NamedTuple):
    """Something that belongs to a layer, at a node: hosts behind a port, or an interface's subnet."""

    node: Node
    place: Place
    step: Step
    tag: int | None
    """Tag on the port's cable; None for an interface."""
    name: str


class Member(NamedTuple):
    """A port in a broadcast domain, the tag that the domain's frames have there, and the line that puts it there."""

    end: End
    tag: int
    line: Line


@dataclass(frozen=True)
class Domain:
    """A broadcast domain; more than one layer is a leak."""

    id: int
    vlans: tuple[tuple[str, int], ...]
    """Device, VLAN id."""
    interfaces: tuple[End, ...]
    """Layer-3 interfaces in it that are up."""
    places: frozenset[Place]
    clouds: frozenset[str] = frozenset()
    """Outside networks that it is joined to."""

    @property
    def layers(self) -> frozenset[str]:
        """Layers of its VLANs, hosts and subnets."""
        return frozenset(place.layer for place in self.places)


class Layer2:
    """The broadcast domains of a network."""

    def __init__(
        self,
        snapshots: Mapping[str, Snapshot],
        links: Iterable[Link],
        placement: Placement,
        edges: Sequence[Edge] = (),
        lines: Mapping[End, frozenset[str]] | None = None,
    ) -> None:
        self.snapshots = snapshots
        self.placement = placement
        self.edges: dict[End, list[Edge]] = {}
        for edge in edges:
            self.edges.setdefault(edge.end, []).append(edge)
        self.nodes = Nodes(snapshots)
        self.wires = Wires(snapshots, self.nodes, [edge.tag for edge in edges if edge.tag])
        self.lines = dict(lines or {})
        self.joins: list[Join] = []
        self.linked: set[End] = set()
        self._parent: dict[Node, Node] = {}
        for link in links:
            self._link(link)
        for end, clouds in self.lines.items():
            self._line(end, clouds)
        for join in self.joins:
            self._union(join.near, join.far)
        self.leaves = [*self._host_leaves(), *self._subnet_leaves()]

    # ----- joining --------------------------------------------------------------------------------------------

    def _link(self, link: Link) -> None:
        if link.origin is Origin.SUBNET:
            near, far = (self.interface_node(end) for end in (link.near, link.far))
            self.joins.append(Join(near, far, link.near, link.far, UNTAGGED, assumed=True))
            return
        self.linked |= {self._carrier(link.near), link.near, self._carrier(link.far), link.far}
        wires = self.wires.of(*link.near), self.wires.of(*link.far)
        assumed = any(wire.dynamic for wire in wires)
        met = {pair for ends in wires[0].facing(wires[1]) for pair in _met(*ends)}
        for tag, one, other in sorted(met):
            self.joins.append(Join(one, other, link.near, link.far, tag, assumed))

    def _line(self, end: End, clouds: frozenset[str]) -> None:
        """Join what a port to the outside carries with the clouds there, tag by tag."""
        interface = self.snapshots[end.device].interfaces.get(end.port) if end.device in self.snapshots else None
        if interface is None:
            return
        wire = self.wires.of(*end)
        for cloud in clouds:
            for tag, node in sorted(wire.sends | wire.takes):
                self.joins.append(Join(node, self.cloud_node(cloud, tag), end, None, tag, assumed=True))

    def cloud_node(self, cloud: str, tag: int = UNTAGGED) -> Node:
        """Node of an outside network; each tag on its lines is one of its own."""
        return self.nodes.other("", f"{cloud} {tag}" if tag else cloud)

    def interface_node(self, end: End) -> Node:
        """Node that a layer-3 interface is attached to."""
        interface = self.snapshots[end.device].interfaces[end.port]
        if interface.kind is Kind.SVI and interface.vlan is not None:
            return self.nodes.vlan(end.device, interface.vlan)
        return self.nodes.other(end.device, interface.name)

    def _carrier(self, end: End) -> End:
        return End(end.device, self.wires.carrier(*end).name)

    def find(self, node: Node) -> Node:
        """The node that stands for the whole broadcast domain of a node."""
        parent = self._parent
        root = node
        while (above := parent.get(root, root)) != root:
            root = above
        while node != root:
            parent[node], node = root, parent.get(node, node)
        return root

    def _union(self, one: Node, other: Node) -> None:
        one, other = self.find(one), self.find(other)
        if one != other:
            self._parent[max(one, other)] = min(one, other)

    # ----- layers ---------------------------------------------------------------------------------------------

    def vlan_place(self, node: Node) -> Place | None:
        """Place of a VLAN's number."""
        return self.placement.vlan(node & 0xFFF) if node >= 0 else None

    def _host_leaves(self) -> Iterator[Leaf]:
        """Hosts that stand at a VLAN of another layer, or of none, than their own."""
        for end, edges in self.edges.items():
            snapshot = self.snapshots.get(end.device)
            if snapshot is None or end.port not in snapshot.interfaces or end in self.linked:
                continue
            wire = self.wires.of(*end)
            for edge in edges:
                for node in wire.behind.get(edge.tag, ()):
                    here = self.vlan_place(node)
                    if here is None or here.layer != edge.place.layer:
                        line = tag_line(self.wires.carrier(*end), edge.tag)
                        yield Leaf(node, edge.place, Step(*end, line, wire.dynamic), edge.tag, edge.name)

    def _subnet_leaves(self) -> Iterator[Leaf]:
        for end in self.interfaces:
            interface = self.snapshots[end.device].interfaces[end.port]
            node = self.interface_node(end)
            here = self.vlan_place(node)
            told = {here.layer} if here else set()
            for address in interface.addresses:
                place = self.placement.subnet(address.interface.network)
                if place is not None and place.layer not in told:
                    told.add(place.layer)
                    yield Leaf(node, place, Step(*end, address.line), None, str(address.interface))

    @cached_property
    def interfaces(self) -> list[End]:
        """Every layer-3 interface that is up, but loopbacks."""
        return [
            End(name, interface.name)
            for name, snapshot in self.snapshots.items()
            for interface in snapshot.interfaces.values()
            if interface.kind in L3_KINDS and not interface.shutdown and self._exists(name, interface)
        ]

    def _exists(self, device: str, interface: Interface) -> bool:
        return interface.kind is not Kind.SVI or interface.vlan in self.wires.vlans[device]

    # ----- domains --------------------------------------------------------------------------------------------

    @cached_property
    def domains(self) -> dict[int, Domain]:
        """Every broadcast domain by the number that :meth:`find` gives its nodes."""
        vlans: dict[int, list[tuple[str, int]]] = {}
        places: dict[int, set[Place]] = {}
        for device in self.snapshots:
            for vlan in sorted(self.wires.vlans[device]):
                root = self.find(self.nodes.vlan(device, vlan))
                vlans.setdefault(root, []).append((device, vlan))
                if (place := self.placement.vlan(vlan)) is not None:
                    places.setdefault(root, set()).add(place)
        for leaf in self.leaves:
            places.setdefault(self.find(leaf.node), set()).add(leaf.place)
        interfaces: dict[int, list[End]] = {}
        for end in self.interfaces:
            interfaces.setdefault(self.find(self.interface_node(end)), []).append(end)
        clouds: dict[int, set[str]] = {}
        for cloud in {cloud for clouds in self.lines.values() for cloud in clouds}:
            clouds.setdefault(self.find(self.cloud_node(cloud)), set()).add(cloud)
        return {
            root: Domain(
                root,
                tuple(vlans.get(root, ())),
                tuple(interfaces.get(root, ())),
                frozenset(places.get(root, ())),
                frozenset(clouds.get(root, ())),
            )
            for root in sorted({*vlans, *interfaces, *clouds})
        }

    def of_vlan(self, device: str, vlan: int) -> Domain:
        """Domain of a VLAN of a device."""
        return self.domains[self.find(self.nodes.vlan(device, vlan))]

    def of_interface(self, end: End) -> Domain:
        """Domain that a layer-3 interface is attached to."""
        return self.domains[self.find(self.interface_node(end))]

    @cached_property
    def _members(self) -> dict[int, list[Member]]:
        found: dict[int, list[Member]] = {}
        for name, snapshot in self.snapshots.items():
            for port, interface in snapshot.interfaces.items():
                if interface.switching is None and not interface.channel:
                    continue
                wire = self.wires.of(name, port)
                for tag, node in sorted(wire.sends):
                    line = tag_line(self.wires.carrier(name, port), tag)
                    found.setdefault(self.find(node), []).append(Member(End(name, port), tag, line))
        return found

    def ports(self, domain: Domain) -> list[Member]:
        """Switched ports that a domain's frames leave by; members of a channel each for itself."""
        return self._members.get(domain.id, [])


def tag_line(interface: Interface, tag: int) -> Line:
    """The line of a port that lets frames with a tag through."""
    if tag == UNTAGGED:
        access = interface.switching is not None and interface.switching.mode != "trunk"
        return port_line(interface, *(("access vlan", "native") if access else ("native", "access vlan")))
    if interface.switching is not None and tag == interface.switching.voice_vlan:
        return port_line(interface, "voice", "allowed")
    return port_line(interface, "allowed")


def _met(near: Wire, far: Wire) -> set[tuple[int, Node, Node]]:
    """Tag and nodes of each pair between which frames pass, one way at least."""
    found: set[tuple[int, Node, Node]] = set()
    for sent, taken, swap in ((near.sends, far.takes, False), (far.sends, near.takes, True)):
        behind: dict[int, list[Node]] = {}
        for tag, node in taken:
            behind.setdefault(tag, []).append(node)
        for tag, node in sent:
            for other in behind.get(tag, ()):
                found.add((tag, other, node) if swap else (tag, node, other))
    return found
