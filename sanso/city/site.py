"""Sites: the city hall and its branches, their lines and their maintenance windows."""

from __future__ import annotations

from datetime import time
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from sanso.city.element import Element, Identifier, Named
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


def _clock(value: Any) -> Any:
    """Undo YAML 1.1's reading of an unquoted 19:00 as the base-60 number 1140."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 24 * 60:
        return time(value // 60, value % 60)
    return value


Clock = Annotated[time, BeforeValidator(_clock)]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Window(Element):
    """A maintenance window that opens on the given days; one that ends before it starts passes midnight."""

    days: list[Day] = Field(min_length=1, description="Days on which the window opens.")
    start: Clock = Field(alias="from", description="Opening time, local, HH:MM.")
    end: Clock = Field(alias="to", description="Closing time, local, HH:MM; not after `from` = next day.")


class Line(Element):
    """The line of a site (回線)."""

    kind: Literal["ipoe", "dark_fibre", "ethernet_wan", "security_cloud"]
    delegation: Literal["ra", "dhcpv6_pd"] | None = Field(
        default=None, description="How an IPoE line hands out its prefix: RA /64 or DHCPv6-PD /56."
    )
    ipv4: Literal["map_e", "ds_lite", "ipip_fixed"] | None = Field(
        default=None, description="How IPv4 rides on an IPoE line."
    )


class Site(Named):
    """A site: what it is, which segments it has, who routes between them, and when it may be worked on."""

    id: Identifier = Field(description="The site's Ansible group.")
    kind: SiteKind
    number: int = Field(ge=0, le=65535, description="Picks this site's share of every segment's pool.")
    gateway: str = Field(description="The device that routes between this site's segments.")
    line: Line
    windows: Literal["always"] | list[Window] = Field(description="When devices may be changed.")
    timezone: str | None = Field(default=None, description="IANA name, if not the city's.")
    segments: dict[Identifier, SiteSegment | None] = Field(
        min_length=1, description="Segments of this site; a value replaces the computed share."
    )
