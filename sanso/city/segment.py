"""Segments: a VLAN id, a layer, and how each site gets its share of the addresses."""

from __future__ import annotations

from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Generic, Literal, TypeVar

from pydantic import Field

from sanso.city.element import Element, Named

N = TypeVar("N", IPv4Network, IPv6Network)


class Layer(StrEnum):
    """The layers that are kept apart (三層 and the three beside them)."""

    MYNUMBER = "mynumber"
    LGWAN = "lgwan"
    INTERNET = "internet"
    PUBLIC = "public"
    MANAGEMENT = "management"
    SCHOOL = "school"


EGRESS_LAYERS = frozenset({Layer.INTERNET, Layer.PUBLIC, Layer.SCHOOL})
"""Layers whose hosts may send to addresses that are not the city's (SEP-07 says by which line)."""


OFFICE_LAYERS = frozenset({Layer.MYNUMBER, Layer.LGWAN, Layer.INTERNET, Layer.MANAGEMENT})
"""The layers no citizen's device may reach."""

Purpose = Literal["office_terminals", "terminals", "servers", "business_systems", "exchange", "guests", "equipment"]


class Pool(Element, Generic[N]):
    """A prefix that sites share: site number ``n`` gets the ``n``-th sub-prefix of the given length."""

    pool: N = Field(description="Prefix that all the segment's shares are cut from.")
    length: int = Field(ge=1, le=128, description="Prefix length of one site's share, such as 24 or 64.")


class Segment(Named):
    """A network segment: exactly one layer, one VLAN id, the same in the whole city (SEP-01)."""

    layer: Layer = Field(description="The one layer that this segment belongs to.")
    vlan: Annotated[int, Field(strict=True, ge=1, le=4094)] = Field(description="VLAN id (IEEE 802.1Q).")
    purpose: Purpose = Field(description="What lives here; the separation model says where each may stand.")
    ipv4: Pool[IPv4Network] | None = Field(default=None, description="IPv4 addresses; absent = none.")
    ipv6: Pool[IPv6Network] | None = Field(default=None, description="IPv6 addresses; absent = none.")
    routed: bool = Field(
        default=True, description="Whether the site's gateway has an address in it and routes for it."
    )


class SiteSegment(Element):
    """A segment at one site; a prefix given here replaces the site's computed share."""

    ipv4: IPv4Network | None = Field(default=None, description="IPv4 prefix instead of the computed share.")
    ipv6: IPv6Network | None = Field(default=None, description="IPv6 prefix instead of the computed share.")
