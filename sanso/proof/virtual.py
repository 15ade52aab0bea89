"""What a virtualization host does that joins layers, or of which nobody knows what it joins.

A host is judged by what passes the ports of its virtual switch, whatever its port groups are called, and by what will
pass when a machine is started next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from ipaddress import IPv4Network, IPv6Network
from typing import NamedTuple

from sanso.messages import Finding
from sanso.network.facts import VlanSet
from sanso.network.snapshot import Line
from sanso.network.virtual import Address, HostFacts, MachineFacts, NicFacts, Passing
from sanso.proof.edges import UNTAGGED
from sanso.proof.findings import error, ranges
from sanso.render import HostIntent
from sanso.rules.words import some

Intents = Mapping[str, HostIntent]
"""What the city intends, for every host that it has."""
NOTHING: VlanSet = frozenset()


class Wrong(NamedTuple):
    """One thing that a host does and should not."""

    rule: str
    variant: str = ""
    thing: str = ""
    """A machine and its NIC, a port, an interface, a port group."""
    own: frozenset[str] = frozenset()
    """Layers that it belongs to."""
    vlans: VlanSet = NOTHING
    """VLANs that it should not be in; 0: frames without a tag, which are in no VLAN."""
    found: str = ""

    def covers(self, other: Wrong) -> bool:
        """Whether another is the same, or less of the same: fewer VLANs, or what is left until the next start."""
        left = other.found == self.found or (other.rule == "HOST-08" and other.found.endswith(f": {self.found}"))
        return left and other.vlans <= self.vlans and self._replace(vlans=other.vlans, found=other.found) == other


def read_hosts(read: Mapping[str, HostFacts], intents: Intents) -> list[Finding]:
    """What is wrong with hosts, as they were read in one run.

    Args:
        read: facts by host name.
        intents: of all hosts of the city.
    """
    found = [one for facts in read.values() for one in host_findings(facts, intents)]
    return [*found, *_twice(read, intents)]


def host_findings(facts: HostFacts, intents: Intents) -> list[Finding]:
    """What is wrong with one host, whatever others do."""
    return [finding(facts.hostname, one, intents) for one in wrongs(facts, intents)]


def unread_findings(host: str, unread: Iterable[tuple[str, str]]) -> list[Finding]:
    """What could not be read of a host, and why."""
    return [
        error("HOST-08", Line(host, 0, thing), {"host": host, "thing": thing, "found": why}, "unread")
        for thing, why in unread
    ]


def wrongs(facts: HostFacts, intents: Intents) -> list[Wrong]:
    """What one host does that it should not."""
    reader = _Reader(facts, intents)
    return [*reader.switch(), *reader.own_ports(), *reader.machines()]


def finding(host: str, wrong: Wrong, intents: Intents) -> Finding:
    """A wrong as a finding."""
    layers = {intents[host].layers.get(vlan, "") for vlan in wrong.vlans} - {""}
    variant = wrong.variant
    if wrong.rule == "HOST-01":
        variant = "untagged" if UNTAGGED in wrong.vlans else "" if layers else "nowhere"
    words = {
        "host": host,
        "thing": wrong.thing,
        "own": some(sorted(wrong.own)),
        "vlans": ranges(wrong.vlans - {UNTAGGED}),
        "other": some(sorted(layers)),
        "found": wrong.found,
    }
    return error(wrong.rule, Line(host, 0, wrong.thing or wrong.found or host), words, variant)


def passings(nic: NicFacts, facts: HostFacts) -> Iterator[Passing]:
    """What passes a NIC's port, now and when its machine is started next."""
    if nic.passing is not None:
        yield nic.passing
    if nic.segment in facts.segments:
        yield Passing(untagged=facts.segments[nic.segment])


def vlans_of(passing: Passing) -> VlanSet:
    """VLANs of the frames that pass; 0 for those without a tag where they are in none, unless the port is shut."""
    if passing.untagged is None and not passing.tagged:
        return NOTHING
    return passing.tagged | {UNTAGGED if passing.untagged is None else passing.untagged}


def _twice(read: Mapping[str, HostFacts], intents: Intents) -> Iterator[Finding]:
    """Machines that are on several hosts at once."""
    where: dict[str, list[str]] = {}
    for host, facts in read.items():
        for name in facts.machines:
            where.setdefault(name, []).append(host)
    for name, hosts in where.items():
        if len(hosts) > 1:
            own = frozenset[str]().union(*(_Reader(read[host], intents).layers_here(name) for host in hosts))
            yield finding(hosts[0], Wrong("HOST-02", "twice", name, own, found=some(hosts)), intents)


class _Reader:
    """Reads what one host does."""

    def __init__(self, facts: HostFacts, intents: Intents) -> None:
        self.facts = facts
        self.intent = intents[facts.hostname]
        self.wanted = self.intent.facts
        self._layers = self.intent.layers
        self._known = {name: one for intent in intents.values() for name, one in intent.facts.machines.items()}
        self._carried = {*self.intent.carries, ""}
        self._own = frozenset(vlan for passing in self.wanted.own.values() for vlan in passing.vlans)

    # ----- the switch and the host itself -----------------------------------------------------------------------

    def switch(self) -> Iterator[Wrong]:
        """The bond, port groups, ports that nobody knows, and what is not understood."""
        trunk, wanted = self.facts.trunk, self.wanted.trunk
        if extra := trunk.vlans - wanted.vlans - {UNTAGGED}:
            yield Wrong("HOST-06", vlans=extra)
        if trunk.untagged != wanted.untagged and vlans_of(trunk):
            here = frozenset({trunk.untagged or UNTAGGED})
            yield Wrong("HOST-06", "native", vlans=here, found=str(wanted.untagged or "-"))
        for interface in self.facts.uplinks:
            if interface not in self.wanted.uplinks:
                yield Wrong("HOST-06", "cable", interface)
        for segment, vlan in self.facts.segments.items():
            meant = self.wanted.segments.get(segment)
            if meant is None:
                yield Wrong("HOST-07", "unknown", segment, vlans=frozenset({vlan}))
            elif meant != vlan:
                own = self._layers_of({meant})
                yield Wrong("HOST-07", "", segment, own, frozenset({vlan}), str(meant))
        for port, passing in self.facts.ports.items():
            yield Wrong("HOST-05", "port", port, vlans=vlans_of(passing))
        for doubt in self.facts.doubts:
            yield Wrong("HOST-08", found=doubt)

    def own_ports(self) -> Iterator[Wrong]:
        """The host itself: in its own networks, and nowhere else."""
        if self.facts.forwards:
            yield Wrong("HOST-04")
        for port, passing in self.facts.own.items():
            meant = self.wanted.own[port].vlans if port in self.wanted.own else NOTHING
            if strange := vlans_of(passing) - meant:
                yield Wrong("HOST-03", "port", port, self._layers_of(meant), strange)
        for interface, addresses in self.facts.addresses.items():
            networks = [one.network for one in self.wanted.addresses.get(interface, ())]
            strangers = sorted(str(one) for one in addresses if not any(_within(one, net) for net in networks))
            if strangers:
                variant = "network" if interface in self.wanted.own else "address"
                yield Wrong("HOST-03", variant, interface, found=some(strangers))

    # ----- machines -------------------------------------------------------------------------------------------

    def machines(self) -> Iterator[Wrong]:
        """Every machine that the host has, running or not."""
        for name, machine in self.facts.machines.items():
            yield from self._machine(name, machine)
            for nic, one in machine.nics.items():
                yield from self._nic(f"{name} {nic}", one, self._layers_for(name, nic, one))

    def layers_here(self, name: str) -> frozenset[str]:
        """Layers that a machine is in on this host, or will be."""
        return self._layers_of(self._vlans_here(name))

    def _machine(self, name: str, machine: MachineFacts) -> Iterator[Wrong]:
        known, here = self._known.get(name), self._vlans_here(name)
        meant = (
            NOTHING.union(*(one.passing.vlans for one in known.nics.values() if one.passing)) if known else NOTHING
        )
        own = self._layers_of(meant)
        if known is None:
            yield Wrong("HOST-05", "machine", name, vlans=here)
        elif name not in self.wanted.machines:
            yield Wrong("HOST-02", "elsewhere", name, own)
        if any(len(layers) > 1 and not layers <= own for layers in self._at_once(machine)):
            yield Wrong("HOST-02", "two", name, own, here)
        if foreign := frozenset(vlan for vlan in here | meant if self._layers.get(vlan, "") not in self._carried):
            yield Wrong("HOST-02", "host", name, own, foreign, some(sorted(self.intent.carries)))
        for other in machine.other:
            yield Wrong("HOST-08", "attached", name, found=other)

    def _at_once(self, machine: MachineFacts) -> Iterator[frozenset[str]]:
        """Layers that a machine is in now, and those that it will be in when it is started next."""
        ways = [list(passings(nic, self.facts)) for nic in machine.nics.values()]
        for moment in (0, -1):
            yield self._layers_of(vlan for way in ways if way for vlan in way[moment].vlans)

    def _nic(self, thing: str, nic: NicFacts, own: frozenset[str]) -> Iterator[Wrong]:
        vlans = self._vlans(nic)
        strange = frozenset(vlan for vlan in vlans if self._layers.get(vlan) not in own)
        if strange:
            yield Wrong("HOST-01", "", thing, own, strange)
        if among := (vlans & self._own) - strange:
            yield Wrong("HOST-03", "among", thing, own, among)
        for other in nic.other:
            yield Wrong("HOST-08", "attached", thing, found=other)
        if not nic.other and (nic.segment not in self.facts.segments or (nic.port and nic.passing is None)):
            yield Wrong("HOST-08", "nowhere", thing, found=nic.segment or "-")

    def _layers_for(self, machine: str, nic: str, facts: NicFacts) -> frozenset[str]:
        """Layers that a NIC may be in: its own; its machine's where it is unknown; any where both are."""
        known = self._known.get(machine)
        if known is None:
            return self._layers_of(self._vlans(facts))
        return self._layers_of(_meant([known.nics[nic]] if nic in known.nics else known.nics.values()))

    def _vlans_here(self, name: str) -> VlanSet:
        machine = self.facts.machines[name]
        return NOTHING.union(*(self._vlans(nic) for nic in machine.nics.values()))

    def _vlans(self, nic: NicFacts) -> VlanSet:
        """VLANs that a NIC is in or will be in; 0 where frames without a tag are in none."""
        return NOTHING.union(*(vlans_of(one) for one in passings(nic, self.facts)))

    def _layers_of(self, vlans: Iterable[int]) -> frozenset[str]:
        return frozenset(self._layers[vlan] for vlan in vlans if vlan in self._layers)


def _meant(nics: Iterable[NicFacts]) -> VlanSet:
    """VLANs of NICs as they are intended."""
    return NOTHING.union(*(nic.passing.vlans for nic in nics if nic.passing is not None))


def _within(address: Address, network: IPv4Network | IPv6Network) -> bool:
    return address.ip in network and address.network.prefixlen >= network.prefixlen
