"""What each port carries: the VLANs of its profile, as segments."""

from __future__ import annotations

from dataclasses import dataclass

from sanso.city.device import (
    AccessPort,
    ApPort,
    Device,
    ExternalPort,
    HypervisorPort,
    PortProfile,
    UnusedPort,
)
from sanso.city.model import City


@dataclass(frozen=True)
class Carried:
    """Segments on a port: one untagged or none (on a trunk: the dead native VLAN), others tagged."""

    untagged: str | None
    tagged: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[str, ...]:
        """All of them, the untagged first."""
        return self.tagged if self.untagged is None else (self.untagged, *self.tagged)


def carried(city: City, device: Device, port: PortProfile) -> Carried:
    """Segments that a port of this profile carries at the device's site."""
    match port:
        case AccessPort():
            return Carried(port.segment)
        case ApPort():
            wlans = [city.wlans[name] for name in ap_wlans(city, device, port) if name in city.wlans]
            tagged = tuple(dict.fromkeys(segment for wlan in wlans for segment in wlan.segments))
            return Carried(port.segment or city.settings.ap_segment, tagged)
        case HypervisorPort():
            return Carried(port.native, tuple(s for s in port.segments if s != port.native))
        case ExternalPort() | UnusedPort():
            return Carried(None)
        case _:
            named = port.segments if port.segments is not None else list(city.sites[device.site].segments)
            return Carried(port.native, tuple(s for s in named if s != port.native))


def ap_wlans(city: City, device: Device, port: ApPort) -> list[str]:
    """WLANs that an access point on this port offers."""
    if port.wlans is not None:
        return port.wlans
    return [name for name, wlan in city.wlans.items() if device.site in wlan.sites]


def device_segments(city: City, device: Device) -> list[str]:
    """Segments whose VLAN a device needs, in the city's order: on ports, routed, management."""
    needed: set[str] = {city.settings.management_segment}
    for port in city.ports[device.hostname].values():
        needed.update(carried(city, device, port).segments)
    if is_gateway(city, device):
        needed.update(city.sites[device.site].segments)
    return [name for name in city.segments if name in needed]


def is_gateway(city: City, device: Device) -> bool:
    """Whether the device routes between its site's segments."""
    return city.sites[device.site].gateway == device.hostname
