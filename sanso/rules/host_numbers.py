"""The own addresses of virtualization hosts, as host numbers in the segments that they are in."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from sanso.messages.source import Path
from sanso.rules.index import Index, SiteSegment


class OwnNumber(NamedTuple):
    """The number of an address of a host, and where it is said."""

    host: str
    number: int
    path: Path


def host_numbers(index: Index) -> dict[SiteSegment, list[OwnNumber]]:
    """Own addresses of all virtualization hosts, by the segment and site that they lie in."""
    found: dict[SiteSegment, list[OwnNumber]] = defaultdict(list)
    for name, host in index.city.virtualization_hosts.items():
        native = index.cabled[name].untagged if name in index.cabled else None
        if native is not None:
            found[host.site, native].append(OwnNumber(name, host.management_host, host.at("management_host")))
        if host.migration is not None:
            own = OwnNumber(name, host.migration.host, host.migration.at("host"))
            found[host.site, host.migration.segment].append(own)
    return found
