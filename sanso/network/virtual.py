"""Neutral facts of a virtualization host: where its virtual switch lets frames pass, and which machines hang on it.

As with switches, :mod:`sanso.render` makes the facts that the city intends, and a folder of :mod:`sanso.hypervisors`
reads them from a host.  A virtual machine is a machine here, and whatever software runs it has no name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Interface, IPv6Interface

from sanso.network.facts import VlanSet

Address = IPv4Interface | IPv6Interface
MANAGEMENT, MIGRATION = "management", "migration"
"""The two ports of a virtual switch on which the host itself is."""


@dataclass(frozen=True)
class Passing:
    """Which frames pass a port of a virtual switch.

    A port that nothing is said of passes every VLAN: ``untagged`` None and ``tagged`` all of them.
    """

    untagged: int | None = None
    """VLAN of frames without a tag; None: such frames are in no VLAN of the city."""
    tagged: VlanSet = frozenset()

    @property
    def vlans(self) -> VlanSet:
        """Every VLAN that passes, tagged or not."""
        return self.tagged if self.untagged is None else self.tagged | {self.untagged}


@dataclass(frozen=True)
class NicFacts:
    """A network interface of a machine: the port group that it is plugged into, and what really passes its port."""

    mac: str
    segment: str
    """The port group's name, a segment's; empty where it hangs on something else, which ``other`` tells."""
    port: str = field(default="", compare=False)
    """Its port at the virtual switch; empty while the machine is off."""
    passing: Passing | None = None
    """What passes that port; None while the machine is off."""
    connected: bool = True
    other: tuple[str, ...] = ()
    """What bears on where its frames go and these words do not cover; none is ever intended."""


@dataclass(frozen=True)
class DiskFacts:
    """A disk of a machine."""

    pool: str
    """Empty where it lies in no pool, such as a passed-through device, which ``other`` of the machine tells."""
    size: int
    """GiB, rounded up."""
    image: str = field(default="", compare=False)
    """File on the host that it begins as a copy of; empty where it begins empty, or is there already."""


@dataclass(frozen=True)
class MachineFacts:
    """A machine as a host has it, by what it will be when it is started next."""

    name: str
    cpus: int
    memory: int
    """MiB."""
    nics: Mapping[str, NicFacts] = field(default_factory=dict)
    """By name where the inventory knows the MAC address, else by MAC address."""
    disks: Mapping[str, DiskFacts] = field(default_factory=dict)
    auto: bool = True
    """Whether it is started with its host."""
    order: int = 50
    running: bool = field(default=True, compare=False)
    pending: tuple[str, ...] = field(default=(), compare=False)
    """Attributes, as ``cpus``, ``memory``, that are other while it runs than they will be after its next start."""
    other: tuple[str, ...] = ()
    """What joins it to more than its ports and disks, such as devices passed through; none is ever intended."""

    def __hash__(self) -> int:
        return hash((self.name, self.cpus, self.memory, self.auto))


@dataclass(frozen=True)
class PoolFacts:
    """A folder in which disks lie."""

    path: str
    active: bool = True
    auto: bool = True


@dataclass(frozen=True)
class HostFacts:
    """Everything in scope on one virtualization host."""

    hostname: str
    platform: str
    uplinks: tuple[str, ...] = ()
    """Interfaces in the bond of cables; the order is that of preference."""
    trunk: Passing = Passing()
    """What passes the bond."""
    segments: Mapping[str, int] = field(default_factory=dict)
    """Port groups: segment → VLAN id."""
    own: Mapping[str, Passing] = field(default_factory=dict)
    """The host's own ports, ``management`` and ``migration``."""
    addresses: Mapping[str, frozenset[Address]] = field(default_factory=dict)
    """Own port, or any other interface that has one → addresses, link-local ones and loopback left out."""
    pools: Mapping[str, PoolFacts] = field(default_factory=dict)
    machines: Mapping[str, MachineFacts] = field(default_factory=dict)
    ports: Mapping[str, Passing] = field(default_factory=dict)
    """Ports of the virtual switch that are not the bond, the host's own or a machine's; none is ever intended."""
    forwards: bool = False
    """Whether the host routes packets between its interfaces."""
    doubts: tuple[str, ...] = ()
    """What may join networks and these words do not cover: flows by hand, mirrors, other switches; never intended."""

    lacks: tuple[str, ...] = ()
    """What it needs to be the same after its own restart and does not have; joins nothing, and is never intended."""

    def __hash__(self) -> int:
        return hash((self.hostname, self.uplinks, self.trunk))
