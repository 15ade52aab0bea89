"""Sites: the city hall and its branches, their lines and their maintenance windows."""

from __future__ import annotations

import re
from datetime import time
from enum import StrEnum
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from sanso.city.element import Element, Identifier, Named, TimeZone
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


_HH_MM = re.compile(r"([0-9]{2}):([0-9]{2})")


def _clock(value: Any) -> time:
    """Read HH:MM; undo YAML 1.1's reading of an unquoted 19:00 as the base-60 number 1140."""
    hour, minute = -1, -1
    if isinstance(value, time):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        hour, minute = divmod(value, 60)
    elif isinstance(value, str) and (match := _HH_MM.fullmatch(value)):
        hour, minute = int(match[1]), int(match[2])
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError("a time of day is HH:MM, from 00:00 to 23:59")
    return time(hour, minute)


Clock = Annotated[
    time,
    BeforeValidator(_clock),
    WithJsonSchema({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"}),
]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[Day, ...] = get_args(Day)
"""The days of the week, Monday first."""


class Window(Element):
    """A weekly maintenance window; one that ends before it starts passes midnight."""

    days: list[Day] = Field(min_length=1, description="Days on which the window opens: `mon` … `sun`.")
    start: Clock = Field(alias="from", description="Opening time in the site's time zone, HH:MM.")
    end: Clock = Field(alias="to", description="Closing time, HH:MM; where it is not after `from`, the next day's.")


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
    windows: Literal["always"] | list[Window] = Field(
        description="When devices may be changed: `always`, or a list of weekly windows."
    )
    timezone: TimeZone | None = Field(default=None, description="IANA name, where it is not the city's.")
    segments: dict[Identifier, SiteSegment | None] = Field(
        min_length=1, description="Segments of this site by name; nothing after the colon means the computed share."
    )
