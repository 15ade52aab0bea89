"""Terminals of a generated city: where each stands, and how its licences are activated."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Address

from sanso.generate.plan import Data, plan
from sanso.generate.sites import SitePlan
from sanso.generate.size import SizeError

FIRST_TERMINAL = IPv4Address("127.66.0.1")
"""Addresses of the emulated terminals, one after the other."""
HALL_SHARE = 4
"""About one of so many terminals stands at the city hall."""


@dataclass
class Endpoints:
    """Terminals by site and by group; ``variables`` are those of the groups."""

    addresses: dict[str, dict[str, str]] = field(default_factory=dict)
    """Site → host → loopback address."""
    groups: dict[str, list[str]] = field(default_factory=dict)
    variables: dict[str, Data] = field(default_factory=dict)


def plan_endpoints(count: int, sites: list[SitePlan]) -> Endpoints:
    """Spread terminals over the sites that have a segment for them.

    Raises:
        SizeError: there is no such site.
    """
    places = _places(sites) if count else []
    if count and not places:
        raise SizeError(f"no site has a segment for {count} terminals; raise --segments")
    made = Endpoints(variables=plan()["endpoints"])
    for index in range(count):
        site, group = places[index % len(places)]
        here = made.addresses.setdefault(site.id, {})
        host = f"{site.host}-t{len(here) + 1:04d}"
        here[host] = str(FIRST_TERMINAL + index)
        made.groups.setdefault(group, []).append(host)
    return made


def _places(sites: list[SitePlan]) -> list[tuple[SitePlan, str]]:
    """Sites, each with the groups of terminals that it has a segment for; the city hall as often as its share."""
    groups = {name: variables["sanso_endpoint_segment"] for name, variables in plan()["endpoints"].items()}
    places = [(site, group) for site in sites for group, segment in groups.items() if segment in site.segments]
    hall = [place for place in places if place[0] is sites[0]]
    branches = places[len(hall) :]
    return hall * max(1, len(branches) // (len(hall) * (HALL_SHARE - 1) or 1)) + branches
