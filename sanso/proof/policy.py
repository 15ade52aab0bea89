"""What traffic is held to: approved flows, which addresses are the city's, which layers may reach the Internet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from ipaddress import ip_network

from sanso.city.addressing import FAMILIES
from sanso.city.model import City
from sanso.city.segment import EGRESS_LAYERS
from sanso.network.facts import Family
from sanso.proof.approved import Approved, approved, relayed
from sanso.proof.legs import Network


@dataclass(frozen=True)
class Policy:
    """What may pass between layers; within a layer everything may.

    ``egress`` are the layers whose hosts may send to addresses that are not the city's, ``prefixes`` those that are.
    """

    approved: tuple[Approved, ...] = ()
    egress: frozenset[str] = frozenset()
    prefixes: Mapping[Family, tuple[Network, ...]] = field(default_factory=lambda: dict.fromkeys(FAMILIES, ()))
    expires: Mapping[str, date] = field(default_factory=dict)
    """Flow → last day on which it is open, where it has one."""
    nodes: Mapping[str, str] = field(default_factory=dict)
    """Flow → node that carries it between the layers, where one does."""
    relayed: tuple[Approved, ...] = ()
    """Such flows from end to end: no packet may go so."""

    @classmethod
    def of_city(cls, city: City) -> Policy:
        """The flows of a city, return traffic included."""
        prefixes: dict[Family, tuple[Network, ...]] = {
            family: tuple(map(ip_network, getattr(city.settings.prefixes, family))) for family in FAMILIES
        }
        expires = {name: flow.expires for name, flow in city.flows.items()}
        nodes = {name: flow.via for name, flow in city.flows.items() if flow.via is not None}
        return cls(
            tuple(approved(city)), frozenset(map(str, EGRESS_LAYERS)), prefixes, expires, nodes, tuple(relayed(city))
        )

    def owns(self, prefix: Network, family: Family) -> bool:
        """Whether a subnet has addresses that are the city's."""
        return any(prefix.overlaps(one) for one in self.prefixes[family])
