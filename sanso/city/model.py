"""The whole city as one typed model."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from ipaddress import IPv4Network, IPv6Network

from pydantic import Field, PrivateAttr

from sanso.city.calendar import Calendar
from sanso.city.device import Device, PortProfile
from sanso.city.element import Element, Identifier, Named, TimeZone
from sanso.city.flow import Breakout, Flow, Node, PortRange
from sanso.city.ports import expand_ports
from sanso.city.segment import Layer, Segment
from sanso.city.separation import ModelName
from sanso.city.site import Site
from sanso.city.state import Situation, State
from sanso.city.virtual import Machine, VirtualizationHost
from sanso.city.wireless import AccessPoint, Controller, HostName
from sanso.city.wlan import Wlan
from sanso.messages.source import Locate, Location, Path, nowhere


class Prefixes(Element):
    """All addresses that are the city's own; what is outside them is the Internet."""

    ipv4: list[IPv4Network] = Field(min_length=1, description="The city's IPv4 prefixes.")
    ipv6: list[IPv6Network] = Field(default_factory=list, description="The city's IPv6 prefixes.")


class Egress(Element):
    """Where the city's Internet traffic leaves (SEP-07)."""

    site: Identifier = Field(description="Site that the line out stands at.")
    by: str = Field(description="What it leaves through: `security_cloud`, the prefecture's.")


class Settings(Named):
    """What holds for the whole city (`sanso_city`)."""

    model: ModelName = Field(description="Separation model of the guideline: α, α′, β or β′.")
    timezone: TimeZone = Field(default="Asia/Tokyo", description="IANA name; a site may have its own.")
    prefixes: Prefixes = Field(description="The city's own addresses; all others are the Internet.")
    egress: Egress = Field(description="The way of the city's Internet traffic.")
    management_segment: Identifier = Field(description="Segment of the switches' own addresses.")
    ap_segment: Identifier = Field(description="Segment of the access points' own addresses (WLAN-04).")
    dead_vlan: int = Field(default=999, ge=2, le=4094, description="Where unused ports rest; not routed.")
    native_vlan: int = Field(default=998, ge=2, le=4094, description="Untagged on trunks; not routed.")
    shared_hosts: list[list[Layer]] = Field(
        default_factory=list,
        description="Layers whose machines may be on the same virtualization host; absent = a host has one layer.",
    )
    flow_warning_days: int = Field(default=30, ge=0, description="Warn so many days before a flow expires.")


class City(Element):
    """A city: settings, segments, sites, devices, WLANs, and what may pass between layers."""

    settings: Settings = Field(description="What holds for the whole city.")
    segments: dict[Identifier, Segment] = Field(description="Every segment of the city, by name.")
    services: dict[Identifier, list[PortRange]] = Field(
        default_factory=dict, description="Services that flows name, beside the well-known ones."
    )
    nodes: dict[Identifier, Node] = Field(default_factory=dict, description="Machines that flows speak of, by name.")
    flows: dict[str, Flow] = Field(default_factory=dict, description="Approved flows between layers, by name.")
    breakouts: dict[str, Breakout] = Field(
        default_factory=dict, description="Local breakouts to named cloud services, by name."
    )
    wlans: dict[Identifier, Wlan] = Field(default_factory=dict, description="Wireless networks, by name.")
    machines: dict[HostName, Machine] = Field(default_factory=dict, description="Virtual machines, by name.")
    calendar: Calendar = Field(default=Calendar(), description="Closed days, and when nothing may be changed.")
    situation: Situation = Field(default=Situation(), description="The state that the city is in.")
    sites: dict[str, Site] = Field(description="The sites, by their Ansible group.")
    devices: dict[str, Device] = Field(description="The managed switches, by their name in the inventory.")
    controllers: dict[str, Controller] = Field(
        default_factory=dict, description="Wireless LAN controllers, by their name in the inventory."
    )
    access_points: dict[str, AccessPoint] = Field(
        default_factory=dict, description="Access points, by their name in the inventory."
    )
    virtualization_hosts: dict[str, VirtualizationHost] = Field(
        default_factory=dict, description="Hosts of virtual machines, by their name in the inventory."
    )

    # a factory: pydantic would bind a plain function to the city as if it were a method
    _locate: Locate = PrivateAttr(default_factory=lambda: nowhere)

    def located_by(self, locate: Locate) -> City:
        """Tell every element its path and the city how a path becomes file, line and column."""
        self.place(())
        self._locate = locate
        return self

    def location(self, path: Path) -> Location | None:
        """File, line and column of the value at ``path``, or of the nearest thing around it."""
        return self._locate(path)

    def in_state(self, state: State) -> City:
        """The same city in a state, with all else as it is."""
        if state == self.situation.state:
            return self
        other = self.model_copy(update={"situation": self.situation.model_copy(update={"state": state})})
        other.__dict__.pop("on_air", None)
        return other

    @property
    def digest(self) -> str:
        """SHA-256 of all that the inventory says of the city."""
        # pydantic warns of dates that are read by a validator of our own, and writes them all the same
        return sha256(self.model_dump_json(warnings=False).encode()).hexdigest()

    @cached_property
    def on_air(self) -> dict[str, Wlan]:
        """The WLANs that are on the air in the city's state, by name."""
        return {name: wlan for name, wlan in self.wlans.items() if self.situation.state in wlan.states}

    @cached_property
    def platforms(self) -> dict[str, str]:
        """What each switch, controller and access point that is configured by itself runs, by host name."""
        switches = {name: device.platform for name, device in self.devices.items()}
        controllers = {name: one.platform for name, one in self.controllers.items()}
        points = {name: one.platform for name, one in self.access_points.items() if one.platform is not None}
        return switches | controllers | points

    @cached_property
    def ports(self) -> dict[str, dict[str, PortProfile]]:
        """Every port of every device by its full name, ranges expanded."""
        return {name: expand_ports(device.ports) for name, device in self.devices.items()}

    @cached_property
    def devices_at(self) -> dict[str, list[Device]]:
        """The devices of each site, in the inventory's order."""
        by_site: dict[str, list[Device]] = {site: [] for site in self.sites}
        for device in self.devices.values():
            by_site.setdefault(device.site, []).append(device)
        return by_site
