"""What comes in from outside the city: which entrances can be proved, and what may enter there.

From the Internet nothing may enter but answers to what the layers with egress send (LBO-03).  A filter without a
memory tells an answer by what it is, so these count as answers, from any address:

- TCP with ACK or RST set;
- UDP from a system port (1-1023, RFC 6335) to where clients send from (1024-65535, RFC 6056);
- ICMP echo replies and errors (RFC 792, RFC 4443).

Everything else is no answer, tunnels included.  Nothing is known of a line that somebody else's equipment ends, and
a line that leads to the WAN, if to the Internet as well, carries what the city's own sites send: those entrances are
taken on trust.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sanso.city.addressing import FAMILIES
from sanso.network.facts import Family
from sanso.network.packets import Match, Ranges, any_address
from sanso.proof.approved import ERRORS
from sanso.proof.chains import Source
from sanso.proof.edges import INTERNET
from sanso.proof.links import End
from sanso.proof.services import ICMP, ICMP6, TCP, UDP
from sanso.proof.topology import Topology

OUTSIDE = "outside"
"""Stands for a layer where packets come from the Internet."""
_ICMP: Mapping[Family, tuple[int, Ranges]] = {
    "ipv4": (ICMP, ((0, 0), *ERRORS["ipv4"])),
    "ipv6": (ICMP6, (*ERRORS["ipv6"], (129, 129))),
}


class Trusted(NamedTuple):
    """A port by which packets come in that nothing here was proved of."""

    device: str
    port: str
    outside: str
    """``wan`` or ``internet``."""


def answers(family: Family) -> tuple[Match, ...]:
    """Packets that the Internet may send to hosts that may send to it."""
    whole = any_address(family)
    icmp, types = _ICMP[family]
    return (
        Match(family, whole, whole, ((TCP, TCP),), established=True),
        Match(family, whole, whole, ((UDP, UDP),), source_ports=((1, 1023),), target_ports=((1024, 65535),)),
        Match(family, whole, whole, ((icmp, icmp),), icmp_types=types),
    )


ANSWERS = tuple(match for family in FAMILIES for match in answers(family))
"""Of both families: services of a network with a known entrance must tell them apart."""


def is_known(topology: Topology, source: Source) -> bool:
    """Whether packets enter from the Internet alone, by an interface whose addresses the configuration tells."""
    clouds = topology.layer2.lines.get(End(source.device, source.interface), frozenset({source.outside}))
    return clouds == {INTERNET} and not source.leg.assumed


def trusted(topology: Topology) -> Iterator[Trusted]:
    """Entrances from outside that are taken on trust, each once for both families."""
    sources = (one for one in topology.sources() if one.outside and not is_known(topology, one))
    yield from dict.fromkeys(Trusted(one.device, one.interface, one.outside) for one in sources)
