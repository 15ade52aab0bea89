"""Access points of a generated city, on the ports that its switches have for them, and the controller of them all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, zip_longest
from itertools import count as count_from

from sanso.city.ports import expand_ports, port_range
from sanso.city.spectrum import spectrum
from sanso.generate.plan import Data
from sanso.generate.sites import SitePlan
from sanso.generate.size import SizeError

CONTROLLER = "hall-wlc-1"
WIDTH = 40
"""MHz at 5 GHz."""
ROOMS = 5
"""Access points of a floor."""
HEARD = 2
"""An access point hears so many before it and after it; the channels of any three in a row differ."""

Place = tuple[str, str]
"""Switch and port."""


@dataclass
class Wireless:
    """Access points by the group of their building, and the controller; both as their variables."""

    buildings: dict[str, dict[str, Data]] = field(default_factory=dict)
    site_of: dict[str, str] = field(default_factory=dict)
    """Building → site."""
    controller: Data | None = None


def plan_wireless(count: int, sites: list[SitePlan], ports: dict[str, dict[str, Data]]) -> Wireless:
    """Deal access points out to the sites in turn; at a site that gets some, ports that get none become unused.

    Args:
        count: how many access points.
        sites: the sites, the city hall first.
        ports: site → switch → ports by range, changed in place.

    Raises:
        SizeError: there are not so many ports for them.
    """
    if not count:
        return Wireless()
    places = {site.id: list(_places(ports[site.id])) for site in sites}
    controller = places[sites[0].id].pop()
    most = sum(map(len, places.values()))
    if count > most:
        raise SizeError(f"the switches have ports for {most} access points, not {count}; raise --switches")
    shares = _deal(count, {site: len(free) for site, free in places.items()})
    made = Wireless(controller=_controller(*controller))
    numbers = count_from(1)
    for site in sites:
        taken = places[site.id][: shares[site.id]]
        if taken:
            building = f"building_{site.host.replace('-', '_')}"
            made.site_of[building] = site.id
            made.buildings[building] = _points(site, building, taken, numbers)
            _settle(ports[site.id], taken, controller)
    return made


def _controller(switch: str, port: str) -> Data:
    names = {"name": "Wireless controller", "name_ja": "無線LANコントローラー"}
    return {**names, "switch": switch, "port": port, "model": "C9800-L-F-K9"}


def _places(ports: dict[str, Data]) -> Iterator[Place]:
    """Ports for access points, one of each switch in turn."""
    rows = (
        [(switch, name) for name, profile in expand_ports(profiles).items() if profile["profile"] == "ap"]
        for switch, profiles in ports.items()
    )
    return (place for place in chain.from_iterable(zip_longest(*rows)) if place is not None)


def _deal(count: int, room: dict[str, int]) -> dict[str, int]:
    """How many each site gets: one after the other, for as long as there is room."""
    turns = chain.from_iterable(
        [site for site, free in room.items() if free > turn] for turn in range(max(room.values()))
    )
    shares = dict.fromkeys(room, 0)
    for site in islice(turns, count):
        shares[site] += 1
    return shares


def _points(site: SitePlan, building: str, taken: list[Place], numbers: Iterator[int]) -> dict[str, Data]:
    names = [f"ap-{site.host}-{index + 1:03d}" for index in range(len(taken))]
    return {
        name: {
            "controller": CONTROLLER,
            "building": building,
            "floor": 1 + index // ROOMS,
            "room": f"Room {index + 1}",
            "mac": f"02:00:00:{number >> 16 & 255:02x}:{number >> 8 & 255:02x}:{number & 255:02x}",
            "switch": switch,
            "port": port,
            "radios": {"2.4ghz": {"channel": (1, 6, 11)[index % 3]}, "5ghz": _radio(index)},
            "neighbours": [*names[max(0, index - HEARD) : index], *names[index + 1 : index + 1 + HEARD]],
        }
        for index, (name, (switch, port), number) in enumerate(zip(names, taken, numbers, strict=False))
    }


def _radio(index: int) -> Data:
    """A channel at 5 GHz, the next one for each access point; where radar may be heard, with one to fall back to."""
    plan = spectrum().bands["5ghz"]
    channels = [channel for channel in plan.channels if channel == plan.block(channel, WIDTH)[0]]
    channel = channels[index % len(channels)]
    radar = any(part.radar for part in plan.ranges_of(plan.block(channel, WIDTH)))
    return {"channel": channel, "width": WIDTH, **({"fallback": channels[0]} if radar else {})}


def _settle(ports: dict[str, Data], taken: list[Place], controller: Place) -> None:
    """Write the ports of a site for what hangs on them; the controller's stands in the access points' segment."""
    for switch, profiles in ports.items():
        ports[switch] = {}
        for entry, profile in profiles.items():
            for name in port_range(entry) if profile["profile"] == "ap" else [entry]:
                if (switch, name) == controller:
                    ports[switch][name] = {
                        "profile": "access",
                        "segment": "ap_management",
                        "description": CONTROLLER,
                    }
                elif profile["profile"] == "ap" and (switch, name) not in taken:
                    ports[switch][name] = {"profile": "unused"}
                else:
                    ports[switch][name] = profile
