"""Sites: the city hall and its branches, their lines and their maintenance windows."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from sanso.city.calendar import Blackout
from sanso.city.element import Element, Identifier, Named, TimeZone
from sanso.city.hours import MaintenanceWindow
from sanso.city.segment import SiteSegment


class SiteKind(StrEnum):
    """What a site is; people plan maintenance by it."""

    CITY_HALL = "city_hall"
    BRANCH_OFFICE = "branch_office"
    NURSERY_SCHOOL = "nursery_school"
    SCHOOL = "school"
    LAND_READJUSTMENT_OFFICE = "land_readjustment_office"
    LIBRARY = "library"
    FIRE_STATION = "fire_station"
    COMMUNITY_CENTRE = "community_centre"
    HEALTH_CENTRE = "health_centre"


class Line(Element):
    """The line that connects a site to the city hall, or the city hall to the outside (回線)."""

    kind: Literal["ipoe", "dark_fibre", "ethernet_wan", "security_cloud"] = Field(
        description="IPv6 line of a carrier, own fibre, closed carrier network, or the prefecture's security cloud."
    )
    delegation: Literal["ra", "dhcpv6_pd"] | None = Field(
        default=None, description="How an IPoE line hands out its prefix: RA /64 or DHCPv6-PD /56."
    )
    ipv4: Literal["map_e", "ds_lite", "ipip_fixed"] | None = Field(
        default=None, description="How IPv4 rides on an IPoE line."
    )


class Site(Named):
    """A site: what it is, which segments it has, who routes between them, and when it may be worked on."""

    id: Identifier = Field(description="The site's Ansible group, such as `branch_hoikusho_east`.")
    kind: SiteKind = Field(description="What the site is: city hall, nursery school, library…")
    number: int = Field(
        ge=0, le=65535, description="Number of its own, from 0; picks this site's share of every segment's pool."
    )
    gateway: str = Field(description="The device that routes between this site's segments.")
    line: Line = Field(description="How the site is connected.")
    windows: Literal["always"] | list[MaintenanceWindow] = Field(
        description="When devices may be changed: `always`, or a list of windows."
    )
    blackouts: list[Blackout] = Field(
        default_factory=list, description="When nothing may be changed here, in the site's time zone."
    )
    timezone: TimeZone | None = Field(default=None, description="IANA name, where it is not the city's.")
    stage: int = Field(
        default=1, ge=1, le=99, description="Sites of a lower stage are changed before those of a higher."
    )
    canary: str | None = Field(
        default=None, description="The switch that is changed before all others here; absent = the farthest."
    )
    segments: dict[Identifier, SiteSegment | None] = Field(
        min_length=1, description="Segments of this site by name; nothing after the colon means the computed share."
    )
