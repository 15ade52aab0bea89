"""What a RADIUS server of the city is there for: which certificates get into which VLAN on which SSID."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sanso.city.addressing import FAMILIES, Network, share
from sanso.city.device import ApPort
from sanso.city.links import ap_wlans
from sanso.city.model import City
from sanso.city.segment import Layer
from sanso.city.wlan import ENTERPRISE
from sanso.messages import RefusedError

_SECRET = re.compile(r"[A-Za-z0-9._~+/=-]{22,128}")
"""Long enough for 128 random bits (RFC 2865, 3, asks for 16 octets at least)."""


class Answer(NamedTuple):
    """Terminals of a layer on an SSID, and where they are put."""

    ssid: str
    layer: Layer
    """Of the authority that issued their certificates."""
    unit: str
    """The segment that their certificates name (OU)."""
    vlan: int


class RadiusClient(NamedTuple):
    """Access points or a controller, as a RADIUS server knows them."""

    name: str
    site: str
    prefix: Network


@dataclass(frozen=True)
class Service:
    """All that one RADIUS server answers, and whom."""

    node: str
    city: str
    answers: tuple[Answer, ...]
    clients: tuple[RadiusClient, ...]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """Layers whose authorities the server trusts."""
        return tuple(sorted({answer.layer for answer in self.answers}))


def service(city: City, node: str) -> Service:
    """What a node with role ``radius`` serves.

    Raises:
        RefusedError: no WLAN names it, or one that does asks for an EAP method without client certificates.
    """
    served = {name: wlan for name, wlan in city.wlans.items() if node in wlan.radius and wlan.auth in ENTERPRISE}
    if not served:
        nodes = sorted({one for wlan in city.wlans.values() if wlan.auth in ENTERPRISE for one in wlan.radius})
        raise RefusedError("radius.node", node=node, known=", ".join(nodes) or "-")
    for name, wlan in served.items():
        if wlan.eap != "tls":
            raise RefusedError("radius.eap", wlan=name, eap=wlan.eap or "-", node=node)
    answers = dict.fromkeys(
        Answer(wlan.ssid, city.segments[name].layer, name, city.segments[name].vlan)
        for wlan in served.values()
        for name in wlan.segments
    )
    return Service(node, city.settings.name, tuple(answers), tuple(_clients(city, set(served))))


def check_secrets(service: Service, secrets: Mapping[str, str]) -> None:
    """Look for a good secret for each site.

    Raises:
        RefusedError: one is missing, short, or would not be taken for itself in FreeRADIUS's files.
    """
    for client in service.clients:
        if not _SECRET.fullmatch(str(secrets.get(client.site, ""))):
            raise RefusedError("radius.secret", site=client.site, node=service.node)


def _clients(city: City, served: set[str]) -> Iterator[RadiusClient]:
    """The segments of access points at every site that offers one of the WLANs; controllers stand there too."""
    for site, devices in city.devices_at.items():
        segments: dict[str, None] = {}
        for device in devices:
            for port in city.ports[device.hostname].values():
                if isinstance(port, ApPort) and served.intersection(ap_wlans(city, device, port)):
                    segments[port.segment or city.settings.ap_segment] = None
        for segment in segments:
            for family in FAMILIES:
                prefix = share(city, segment, site, family)
                if prefix is not None:
                    yield RadiusClient(f"{site}-{segment}-{family}", site, prefix)
