"""What the city intends for each managed device, as neutral facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from ipaddress import IPv4Interface, IPv6Interface

from sanso.city.addressing import FAMILIES, Family, gateway_address, host_address, share
from sanso.city.device import AccessPort, Device, ExternalPort, PortProfile, UnusedPort
from sanso.city.links import carried, device_segments, is_gateway
from sanso.city.model import City
from sanso.network.facts import Acl, AclKey, Direction, Facts, Mode, Port, Svi
from sanso.render.acl import AclBuilder
from sanso.render.names import DEAD_VLAN_NAME, NATIVE_VLAN_NAME, acl_name, port_description
from sanso.render.policy import SiteSegmentKey, legs_by_source


@dataclass(frozen=True)
class Intent:
    """Intended facts of a device, and what its configuration is read with.

    ``external`` ports belong to somebody else.  A port that the device has and the inventory does not name is
    intended to be ``unused``.
    """

    facts: Facts
    unused: Port
    external: frozenset[str] = frozenset()
    layers: dict[int, str] = field(default_factory=dict)
    """VLAN id → layer, for the whole city."""
    site: str = ""


def intend_city(city: City) -> dict[str, Intent]:
    """Intent of every managed device of the city, by host name."""
    return Intender(city).all()


class Intender:
    """Makes intents; what is the same for every device is computed once."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._acls = AclBuilder(city)
        self._legs = legs_by_source(city)
        self._layers = {segment.vlan: str(segment.layer) for segment in city.segments.values()}
        self._vlans = {name: segment.vlan for name, segment in city.segments.items()}

    def all(self) -> dict[str, Intent]:
        """Intent of every device."""
        return {name: self.of(device) for name, device in self.city.devices.items()}

    def of(self, device: Device) -> Intent:
        """Intent of one device."""
        ports = self.city.ports[device.hostname]
        svis, acls = self._layer3(device)
        facts = Facts(
            hostname=device.hostname,
            platform=device.platform,
            vlans=self._vlan_names(device),
            ports={name: self._port(device, name, port) for name, port in ports.items() if _managed(port)},
            svis=svis,
            acls=acls,
        )
        external = frozenset(name for name, port in ports.items() if not _managed(port))
        unused = self._port(device, "", UnusedPort(profile="unused"))
        return Intent(facts, unused, external, self._layers, device.site)

    def _vlan_names(self, device: Device) -> dict[int, str]:
        names = {self._vlans[name]: name for name in device_segments(self.city, device)}
        names[self.city.settings.dead_vlan] = DEAD_VLAN_NAME
        names[self.city.settings.native_vlan] = NATIVE_VLAN_NAME
        return dict(sorted(names.items()))

    def _port(self, device: Device, name: str, profile: PortProfile) -> Port:
        description = port_description(profile)
        if isinstance(profile, UnusedPort):
            dead = self.city.settings.dead_vlan
            return Port(name, description, shutdown=True, mode=Mode.ACCESS, access_vlan=dead)
        if isinstance(profile, AccessPort):
            return Port(name, description, mode=Mode.ACCESS, access_vlan=self._vlans[profile.segment])
        segments = carried(self.city, device, profile)
        untagged = segments.untagged
        native = self.city.settings.native_vlan if untagged is None else self._vlans[untagged]
        allowed = frozenset(self._vlans[segment] for segment in segments.segments)
        return Port(name, description, mode=Mode.TRUNK, native_vlan=native, allowed=allowed)

    def _layer3(self, device: Device) -> tuple[dict[int, Svi], dict[AclKey, Acl]]:
        if not is_gateway(self.city, device):
            management = self._management_svi(device)
            return ({management.vlan: management} if management else {}), {}
        svis: dict[int, Svi] = {}
        acls: dict[AclKey, Acl] = {}
        for segment in self.city.sites[device.site].segments:
            if self.city.segments[segment].routed:
                bound = self._segment_acls((segment, device.site))
                acls.update({(acl.family, acl.name): acl for acl in bound})
                svi = self._gateway_svi(segment, device.site, bound)
                svis[svi.vlan] = svi
        return dict(sorted(svis.items())), acls

    def _segment_acls(self, key: SiteSegmentKey) -> list[Acl]:
        segment, site = key
        built = [self._acls.build(segment, site, family, self._legs.get(key, [])) for family in FAMILIES]
        return [acl for acl in built if acl is not None]

    def _gateway_svi(self, segment: str, site: str, acls: list[Acl]) -> Svi:
        addresses = [gateway_address(self.city, segment, site, family) for family in FAMILIES]
        bindings: dict[tuple[Family, Direction], str] = {
            (acl.family, "in"): acl_name(segment, acl.family) for acl in acls
        }
        return _svi(self._vlans[segment], segment, addresses, bindings)

    def _management_svi(self, device: Device) -> Svi | None:
        """The device's own address, where it does not route: host ``management_host`` of the site's share."""
        segment = self.city.settings.management_segment
        if device.management_host is None or segment not in self.city.sites[device.site].segments:
            return None
        prefixes = [share(self.city, segment, device.site, family) for family in FAMILIES]
        addresses = [host_address(prefix, device.management_host) for prefix in prefixes if prefix is not None]
        return _svi(self._vlans[segment], segment, addresses, {})


def _svi(
    vlan: int,
    description: str,
    addresses: list[IPv4Interface | IPv6Interface | None] | list[IPv4Interface | IPv6Interface],
    bindings: dict[tuple[Family, Direction], str],
) -> Svi:
    return Svi(
        vlan,
        description,
        ipv4=frozenset(address for address in addresses if isinstance(address, IPv4Interface)),
        ipv6=frozenset(address for address in addresses if isinstance(address, IPv6Interface)),
        acls=bindings,
    )


def _managed(port: PortProfile) -> bool:
    return not isinstance(port, ExternalPort)
