"""Which certificates a city wants: of which terminals and servers, for how long."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from sanso.city.model import City
from sanso.city.segment import Layer
from sanso.city.wlan import ENTERPRISE
from sanso.messages import RefusedError
from sanso.pki.names import Subject

Reason = Literal["key_compromise", "affiliation_changed", "superseded", "cessation_of_operation"]
"""Why a certificate is revoked (RFC 5280, 5.3.1)."""
REASONS: tuple[Reason, ...] = get_args(Reason)


_HOST = re.compile(r"(?=.{1,64}$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")


@dataclass(frozen=True)
class Revocation:
    """Certificates of a name that were issued before a time are void; what is issued at that time is not."""

    name: str
    until: datetime
    reason: Reason = "key_compromise"


@dataclass(frozen=True)
class Lifetimes:
    """Days that things last, and how long before its end a certificate is renewed."""

    authority: int = 3650
    terminal: int = 730
    server: int = 397
    crl: int = 30
    renewal: int = 60


@dataclass(frozen=True)
class Wanted:
    """All that the city's authorities shall have issued."""

    city: str
    terminals: Mapping[Layer, tuple[Subject, ...]]
    """By layer; the unit of a terminal is its segment. A layer without terminals has its authority all the same."""
    servers: Mapping[str, str]
    """RADIUS server → its DNS name."""
    revoked: tuple[Revocation, ...] = ()
    crl_url: str = ""
    """Where terminals and servers find the revocation lists: ``{url}/{unit}.crl``; empty: nowhere."""
    days: Lifetimes = field(default_factory=Lifetimes)
    removal_limit: float = 0.3
    """Largest share of a layer's terminals that may be revoked because nobody names them any more."""


def wanted_terminals(city: City, by_segment: Mapping[str, list[str]]) -> dict[Layer, tuple[Subject, ...]]:
    """Terminals of each layer that has a WLAN with client certificates.

    Raises:
        RefusedError: a segment that the city does not have, or that no such WLAN leads to; a terminal named twice.
    """
    open_to = {name: city.segments[name].layer for name in _wireless_segments(city)}
    found: dict[Layer, list[Subject]] = {layer: [] for layer in open_to.values()}
    seen: dict[str, str] = {}
    for segment, names in by_segment.items():
        if segment not in open_to:
            raise RefusedError("pki.segment", segment=segment, known=", ".join(sorted(open_to)))
        for name in names:
            if not _HOST.fullmatch(name):
                raise RefusedError("pki.name", name=name, segment=segment)
            if name in seen:
                raise RefusedError("pki.twice", name=name, segment=segment, other=seen[name])
            seen[name] = segment
            found[open_to[segment]].append(Subject(city.settings.name, segment, name))
    return {layer: tuple(subjects) for layer, subjects in found.items()}


def wanted_servers(city: City, domain: str) -> dict[str, str]:
    """RADIUS servers of such WLANs, each with its DNS name."""
    nodes = dict.fromkeys(node for wlan in city.wlans.values() if wlan.auth in ENTERPRISE for node in wlan.radius)
    return {node: f"{node.replace('_', '-')}.{domain}" for node in nodes}


def _wireless_segments(city: City) -> Iterator[str]:
    for wlan in city.wlans.values():
        if wlan.auth in ENTERPRISE and wlan.eap == "tls":
            yield from wlan.segments
