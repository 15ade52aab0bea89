"""The way to the devices of a site: from its gateway, over the trunks that carry their own addresses."""

from __future__ import annotations

from sanso.city.device import TrunkPort, UplinkPort
from sanso.city.links import carried
from sanso.city.model import City


def hops(city: City, site: str, without: str | None = None) -> dict[str, int]:
    """How many trunks away from the site's gateway each of its devices is, by the shortest way.

    A device that no way leads to is not among them.

    Args:
        city: the city.
        site: a site of it.
        without: a device through which no way leads.
    """
    neighbours, gateway = _neighbours(city, site), city.sites[site].gateway
    if gateway not in neighbours or gateway == without:
        return {}
    found = {gateway: 0}
    queue = [gateway]
    for device in queue:
        for other in neighbours[device]:
            if other not in found and other != without:
                found[other] = found[device] + 1
                queue.append(other)
    return found


def behind(city: City, site: str, device: str) -> list[str]:
    """Other devices of the site to which every way leads through this one."""
    kept = hops(city, site, without=device)
    return [name for name in hops(city, site) if name not in kept and name != device]


def _neighbours(city: City, site: str) -> dict[str, list[str]]:
    """The devices that each device of a site has a trunk to; it is enough that one end names the other."""
    found: dict[str, list[str]] = {device.hostname: [] for device in city.devices_at[site]}
    for device in city.devices_at[site]:
        for port in device.ports.values():
            if not isinstance(port, TrunkPort | UplinkPort) or port.to is None or port.to not in found:
                continue
            if city.settings.management_segment in carried(city, device, port).segments:
                found[device.hostname].append(port.to)
                found[port.to].append(device.hostname)
    return found
