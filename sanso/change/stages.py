"""In which order devices are changed: a first one of each site, then from the far end to the gateways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from sanso.city import City
from sanso.city.paths import hops
from sanso.messages import Language, text

Kind = Literal["canary", "linked", "unlinked", "all"]


@dataclass(frozen=True)
class RolloutStage:
    """Devices that are changed at the same time."""

    number: int
    """``stage`` of their sites."""
    kind: Kind
    hosts: tuple[str, ...]
    hops: int = 0
    """Of the kind ``linked``: trunks and lines between them and the gateway that all lines lead to."""

    def title(self, lang: Language) -> str:
        """What people call it."""
        return text(f"stage.{self.kind}", lang, number=self.number, hops=self.hops)


def at_once(hosts: Sequence[str]) -> list[RolloutStage]:
    """One stage of all devices."""
    return [RolloutStage(1, "all", tuple(hosts))]


def rollout_stages(city: City, hosts: Iterable[str]) -> list[RolloutStage]:
    """Stages of switches, or of wireless controllers, that are to be changed.

    Sites of a lower ``stage`` come first. Of those of the same, one device each goes ahead, the one that the site
    names or else the farthest; then the others follow, the farther before the nearer. So among them no device is
    changed before another to which every way leads through it, nor before one on whose shortest way it is.
    """
    by_number: dict[int, list[str]] = {}
    for host in hosts:
        by_number.setdefault(city.sites[_site(city, host)].stage, []).append(host)
    return [stage for number in sorted(by_number) for stage in _stages(city, number, by_number[number])]


def _stages(city: City, number: int, hosts: Sequence[str]) -> Iterator[RolloutStage]:
    """Stages of the sites of one number."""
    away = _distances(city, hosts)
    canaries = tuple(_canaries(city, away))
    if canaries:
        yield RolloutStage(number, "canary", canaries)
    by_distance: dict[float, list[str]] = {}
    for host in hosts:
        if host not in canaries:
            by_distance.setdefault(away[host], []).append(host)
    for distance in sorted(by_distance, reverse=True):
        there = tuple(by_distance[distance])
        if distance == inf:
            yield RolloutStage(number, "unlinked", there)
        else:
            yield RolloutStage(number, "linked", there, int(distance))


def _canaries(city: City, away: Mapping[str, float]) -> Iterator[str]:
    """The device of each site that goes ahead; none where it is the one that other sites are reached through."""
    by_site: dict[str, list[str]] = {}
    for host in away:
        by_site.setdefault(_site(city, host), []).append(host)
    hub = city.sites[city.settings.egress.site]
    for site, hosts in by_site.items():
        named = city.sites[site].canary
        canary = named if named in hosts else max(hosts, key=away.__getitem__)
        if canary != hub.gateway or len(by_site) == 1:
            yield canary


def _distances(city: City, hosts: Iterable[str]) -> dict[str, float]:
    """Trunks and lines to the gateway that all lines lead to; infinite where no way is known.

    A controller hangs on its switch, and every other site on its line.
    """
    reached: dict[str, dict[str, int]] = {}
    found: dict[str, float] = {}
    for host in hosts:
        site, controller = _site(city, host), city.controllers.get(host)
        if site not in reached:
            reached[site] = hops(city, site)
        within = reached[site].get(controller.switch if controller else host, inf)
        found[host] = within + bool(controller) + (site != city.settings.egress.site)
    return found


def _site(city: City, host: str) -> str:
    return (city.devices.get(host) or city.controllers[host]).site
