"""The ends of a question: what a person calls them, their addresses, and where they are attached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network, summarize_address_range

from sanso.city.addressing import FAMILIES, share
from sanso.city.model import City
from sanso.network.facts import Family
from sanso.network.packets import BITS, Range, Ranges, joined
from sanso.proof.asked import QuestionError
from sanso.proof.chains import Source, Target
from sanso.proof.edges import UNTAGGED
from sanso.proof.frame import INTERNET, UNKNOWN, UNROUTED
from sanso.proof.legs import Leg, Network
from sanso.proof.links import End
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.rules.words import nearest, some


@dataclass(frozen=True)
class Side:
    """Hosts of one family in one broadcast domain."""

    name: str
    family: Family
    spans: Ranges
    domain: int | None
    """None: nowhere in these configurations."""
    entrances: tuple[Source, ...] = ()
    """Interfaces that take its packets in."""
    targets: tuple[Target, ...] = ()
    layer: str = UNKNOWN
    own: str = ""
    """Device whose own addresses these are, where it routes: its lists towards them are not met."""
    outside: bool = False
    lack: str = ""
    """Why it is attached to no router: a key below ``question.lack`` of the catalogue."""
    args: Mapping[str, object] = field(default_factory=dict)

    @property
    def addresses(self) -> str:
        """Its addresses, for people; the Internet has too many to tell."""
        return INTERNET if self.outside and len(self.spans) > 1 else span_words(self.family, self.spans)


class Sides:
    """Finds the ends that people name in a network."""

    def __init__(self, topology: Topology, policy: Policy) -> None:
        self.topology = topology
        self.policy = policy
        self.city: City | None = topology.city
        self.legs = topology.layer3.legs

    def named(self, words: str) -> list[Side]:
        """Everything that a name or address stands for: by family, and segments by site.

        ``internet``, a segment or ``segment@site``, a node, a device, ``device:port``, an address or a prefix, and a
        layer, in this order.

        Raises:
            QuestionError: it is none of these.
        """
        words = words.strip()
        if not words:
            raise QuestionError("empty")
        found = list(self._find(words))
        if not found:
            raise QuestionError("no_address", word=words)
        return found

    def _find(self, words: str) -> Iterator[Side]:
        segment, at, site = words.partition("@")
        device, colon, port = words.partition(":")
        network = _network(words)
        if words == INTERNET:
            yield from self._internet()
        elif self.city is not None and (segment in self.city.segments or at):
            yield from self._segment(self.city, segment, site if at else None)
        elif self.city is not None and words in self.city.nodes:
            yield from self._node(self.city, words)
        elif words in self.topology.snapshots:
            yield from self._device(words)
        elif colon and device in self.topology.snapshots:
            yield from self._port(device, port)
        elif network is not None:
            yield from self._attached(words, network)
        else:
            yield from self._layer(words)

    # ----- names ----------------------------------------------------------------------------------------------

    def _internet(self) -> Iterator[Side]:
        sides = [self._outside(INTERNET, family, self._abroad(family)) for family in FAMILIES]
        if not any(side.targets for side in sides):
            raise QuestionError("no_internet")
        yield from sides

    def _abroad(self, family: Family) -> Ranges:
        """Addresses that are neither the network's own nor stay on a link."""
        aside = joined(_ends(one) for one in (*self.policy.prefixes[family], *UNROUTED[family]))
        firsts = [0, *(last + 1 for _, last in aside)]
        lasts = [*(first - 1 for first, _ in aside), 2 ** BITS[family] - 1]
        return tuple((first, last) for first, last in zip(firsts, lasts, strict=True) if first <= last)

    def _segment(self, city: City, name: str, site: str | None) -> Iterator[Side]:
        if name not in city.segments:
            raise QuestionError("segment", word=name, near=nearest(name, city.segments))
        sites = [id for id, one in city.sites.items() if name in one.segments]
        if site is not None and site not in sites:
            raise QuestionError("site", word=name, site=site, near=nearest(site, sites))
        for one in sites if site is None else [site]:
            for family in FAMILIES:
                if (prefix := share(city, name, one, family)) is not None:
                    yield from self._attached(f"{name}@{one}", prefix)
            yield from self._strays(city, name, one)

    def _strays(self, city: City, segment: str, site: str) -> Iterator[Side]:
        """Ports that the inventory has in a segment, and whose hosts are not where its subnets are."""
        shares = {share(city, segment, site, family) for family in FAMILIES}
        domains = {one.domain for one in self.topology.targets() if one.prefix in shares}
        layer2 = self.topology.layer2
        for end, edges in layer2.edges.items():
            if end in layer2.linked or end.port not in self._interfaces(end.device):
                continue
            for edge in edges:
                if (edge.place.segment, edge.place.site) != (segment, site):
                    continue
                here = {layer2.find(node) for node in self._nodes(end, edge.tag)}
                if not here or not here <= domains:
                    yield from self._at(f"{segment}@{site} ({end.device}:{end.port})", end, edge.tag)

    def _interfaces(self, device: str) -> Mapping[str, object]:
        snapshot = self.topology.snapshots.get(device)
        return {} if snapshot is None else snapshot.interfaces

    def _node(self, city: City, name: str) -> Iterator[Side]:
        interfaces = city.nodes[name].interfaces
        for interface in interfaces:
            label = name if len(interfaces) == 1 else f"{name} ({interface.segment})"
            for family in FAMILIES:
                if (address := getattr(interface, family)) is not None:
                    yield from self._attached(label, ip_network(address))

    def _device(self, name: str) -> Iterator[Side]:
        for interface in self.topology.snapshots[name].interfaces.values():
            for address in interface.addresses if not interface.shutdown else ():
                if not address.interface.is_link_local:
                    yield from self._attached(f"{name} {interface.name}", ip_network(address.interface.ip))

    def _layer(self, name: str) -> Iterator[Side]:
        """Every subnet of a layer.

        Raises:
            QuestionError: there is no such layer, or whatever else was meant.
        """
        found = [one for one in self.topology.targets() if one.place is not None and one.place.layer == name]
        if not found:
            raise QuestionError("end", word=name, near=nearest(name, self._names()))
        for target in found:
            yield self._side(
                f"{name} {target.prefix}", target.family, (_ends(target.prefix),), target.domain, [target]
            )

    def _names(self) -> list[str]:
        city = self.city
        layers = {str(one.place.layer) for one in self.topology.targets() if one.place is not None}
        of_city = [*city.segments, *city.nodes] if city is not None else []
        return [*of_city, *self.topology.snapshots, *layers, INTERNET]

    # ----- ports ----------------------------------------------------------------------------------------------

    def _port(self, device: str, port: str) -> Iterator[Side]:
        """A terminal behind a port, in the VLAN that untagged frames fall into."""
        interfaces = self.topology.snapshots[device].interfaces
        end = self.topology.links.end(device, port)
        if end is None:
            raise QuestionError("port_name", device=device, word=port, near=nearest(port, interfaces))
        name = end.port
        yield from self._at(f"{device}:{name}", end, UNTAGGED)

    def _nodes(self, end: End, tag: int) -> set[int]:
        """VLANs that frames with a tag fall into at a port."""
        wire = self.topology.layer2.wires.of(*end)
        return {node for own, node in wire.sends | wire.takes if own == tag}

    def _at(self, label: str, end: End, tag: int) -> Iterator[Side]:
        """Hosts behind a port, whose frames have a tag."""
        interface, nodes = self.topology.snapshots[end.device].interfaces[end.port], self._nodes(end, tag)
        lack = "shut" if interface.shutdown else "untagged" if not nodes else ""
        for family in FAMILIES:
            if lack:
                yield Side(label, family, (), None, lack=lack, args={"line": interface.line})
            for node in nodes if not lack else ():
                yield self._behind(label, family, node)

    def _behind(self, label: str, family: Family, node: int) -> Side:
        domain = self.topology.layer2.find(node)
        targets = [one for one in self.topology.targets() if (one.domain, one.family) == (domain, family)]
        spans = joined(_ends(one.prefix) for one in targets if not one.outside)
        if spans:
            return self._side(label, family, spans, domain, targets)
        device, vlan = self.topology.layer2.nodes.name(node)
        return Side(label, family, (), None, lack="vlan", args={"device": device, "vlan": vlan})

    # ----- addresses ------------------------------------------------------------------------------------------

    def _attached(self, label: str, network: Network) -> Iterator[Side]:
        """The parts of a prefix that interfaces have subnets for, by broadcast domain."""
        family: Family = "ipv4" if network.version == 4 else "ipv6"
        first, last = _ends(network)
        near = [one for one in self.topology.targets() if one.family == family and not one.outside]
        near = [one for one in near if one.prefix.overlaps(network)]
        if first == last:  # packets to one address go by the longest prefix
            longest = max((one.prefix.prefixlen for one in near), default=0)
            near = [one for one in near if one.prefix.prefixlen == longest]
        for domain in dict.fromkeys(one.domain for one in near):
            here = [one for one in near if one.domain == domain]
            spans = joined((max(first, low), min(last, high)) for low, high in (_ends(one.prefix) for one in here))
            yield self._side(label, family, spans, domain, here)
        if near:
            return
        abroad = any(one.outside and one.family == family for one in self.topology.targets())
        if abroad and not self.policy.owns(network, family):
            yield self._outside(label, family, ((first, last),))
        else:
            yield Side(label, family, ((first, last),), None, lack="subnet", args={"prefix": _short(network)})

    def _side(self, label: str, family: Family, spans: Ranges, domain: int, targets: list[Target]) -> Side:
        owner = self._owner(family, spans)
        sources = [one for one in self.topology.sources() if one.family == family]
        if owner is not None:
            entrances = [one for one in sources if one.leg.router == owner.router]
        else:
            entrances = [one for one in sources if one.domain == domain]
        place = next((one.place for one in targets if one.place is not None), None)
        return Side(
            label,
            family,
            spans,
            domain,
            tuple(entrances),
            tuple(targets),
            UNKNOWN if place is None else str(place.layer),
            "" if owner is None else owner.router.device,
        )

    def _owner(self, family: Family, spans: Ranges) -> Leg | None:
        """The interface of a router that has an address, where only one is asked about."""
        if len(spans) != 1 or spans[0][0] != spans[0][1]:
            return None
        routing = (leg for leg in self.legs.all if self.legs.routes(leg.router.device, family))
        return next((leg for leg in routing if spans[0][0] in leg.addresses[family]), None)

    def _outside(self, label: str, family: Family, spans: Ranges) -> Side:
        targets = tuple(one for one in self.topology.targets() if one.outside and one.family == family)
        entrances = (one for one in self.topology.sources() if one.family == family and one.outside == INTERNET)
        domain = targets[0].domain if targets else None
        return Side(label, family, spans, domain, tuple(entrances), targets, INTERNET, outside=True)


def _network(words: str) -> Network | None:
    """An address or a prefix; None where the words are neither.

    Raises:
        QuestionError: they look like a prefix and are none.
    """
    try:
        return ip_network(ip_address(words)) if "/" not in words else ip_network(words)
    except ValueError:
        pass
    address, slash, _ = words.partition("/")
    if not slash:
        return None
    try:
        ip_address(address)
    except ValueError:
        return None
    try:
        whole = str(ip_network(words, strict=False))
    except ValueError:
        raise QuestionError("prefix", word=words) from None
    raise QuestionError("host_bits", word=words, network=whole, address=address)


def _ends(network: Network) -> Range:
    return int(network.network_address), int(network.broadcast_address)


def _short(network: Network) -> str:
    return str(network.network_address) if network.prefixlen == network.max_prefixlen else str(network)


def span_words(family: Family, spans: Ranges) -> str:
    """Ranges of addresses as prefixes, where they are."""
    kind = IPv4Address if family == "ipv4" else IPv6Address
    return some(_short(one) for first, last in spans for one in summarize_address_range(kind(first), kind(last)))
