"""ADDR: the addresses of segments and of their shares at the sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanso.city.addressing import FAMILIES, Family, Network, nth_share
from sanso.city.segment import Layer
from sanso.messages import Finding, Severity
from sanso.messages.source import Path
from sanso.rules.index import Index, Share, last_host
from sanso.rules.overlap import overlaps
from sanso.rules.rule import Rule


@dataclass(frozen=True)
class Claim:
    """A prefix that a segment takes for itself: its pool, or what a site has instead of a share."""

    segment: str
    layer: Layer
    prefix: Network
    path: Path


def claims(index: Index) -> list[Claim]:
    """Every prefix of every segment."""
    city = index.city
    found = [
        Claim(name, segment.layer, pool.pool, pool.at("pool"))
        for name, segment in city.segments.items()
        for pool in (segment.ipv4, segment.ipv6)
        if pool is not None
    ]
    found.extend(
        Claim(share.segment, index.layers[share.segment], share.prefix, share.path)
        for share in _all_shares(index)
        if share.override
    )
    return found


def clashes(index: Index) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of claims of different segments on the same addresses."""
    return overlaps(claims(index), prefix=lambda claim: claim.prefix, owner=lambda claim: claim.segment)


def _all_shares(index: Index) -> Iterator[Share]:
    for shares in index.shares.values():
        yield from shares


class OverlappingPrefixes(Rule):
    """Addresses that two segments of one layer claim, or two sites of one segment."""

    id = "ADDR-01"

    def check(self) -> Iterator[Finding]:
        for inner, outer in clashes(self.index):
            if inner.layer is outer.layer:
                yield self.finding(
                    inner.path,
                    "segments",
                    segment=inner.segment,
                    prefix=inner.prefix,
                    other=outer.segment,
                    other_prefix=outer.prefix,
                )
        yield from self._between_sites()

    def _between_sites(self) -> Iterator[Finding]:
        """Overlaps inside one segment; two shares that are both computed only clash with equal numbers (SITE-02)."""
        by_segment: dict[str, list[Share]] = {name: [] for name in self.city.segments}
        for share in _all_shares(self.index):
            by_segment[share.segment].append(share)
        for shares in by_segment.values():
            for inner, outer in overlaps(shares, prefix=lambda share: share.prefix, owner=lambda share: share.site):
                if inner.override or outer.override:
                    yield self._between(inner, outer)

    def _between(self, inner: Share, outer: Share) -> Finding:
        fault, other = (inner, outer) if inner.override else (outer, inner)
        return self.finding(
            fault.path,
            "sites",
            segment=fault.segment,
            site=fault.site,
            prefix=fault.prefix,
            other=other.site,
            other_prefix=other.prefix,
        )


class ShareDoesNotFit(Rule):
    """A site's share of a pool: longer than the pool, beyond its end, or too small for a gateway."""

    id = "ADDR-02"

    def check(self) -> Iterator[Finding]:
        yield from self._lengths()
        for site_id, name in self.index.site_segments:
            for family in FAMILIES:
                yield from self._number(site_id, name, family)
        yield from self._gateways()

    def _lengths(self) -> Iterator[Finding]:
        for name, segment in self.city.segments.items():
            for pool in (segment.ipv4, segment.ipv6):
                if pool is not None and not pool.pool.prefixlen <= pool.length <= pool.pool.max_prefixlen:
                    longest = pool.pool.max_prefixlen
                    yield self.finding(
                        pool.at("length"), "length", segment=name, pool=pool.pool, length=pool.length, longest=longest
                    )

    def _number(self, site_id: str, name: str, family: Family) -> Iterator[Finding]:
        site, pool = self.city.sites[site_id], getattr(self.city.segments[name], family)
        override = site.segments[name]
        own = override is not None and getattr(override, family) is not None
        if pool is None or own or not pool.pool.prefixlen <= pool.length <= pool.pool.max_prefixlen:
            return
        try:
            nth_share(pool, site.number)
        except ValueError:
            needed = pool.length - site.number.bit_length()
            yield self.finding(
                site.at("segments", name),
                "number",
                segment=name,
                site=site_id,
                number=site.number,
                pool=pool.pool,
                length=pool.length,
                shares=1 << (pool.length - pool.pool.prefixlen),
                last=(1 << (pool.length - pool.pool.prefixlen)) - 1,
                needed=max(needed, 1),
                family=family,
            )

    def _gateways(self) -> Iterator[Finding]:
        told: set[Path] = set()
        for share in _all_shares(self.index):
            if last_host(share.prefix) < 1 and share.path not in told:
                told.add(share.path)
                yield self.finding(share.path, "small", segment=share.segment, prefix=share.prefix)


class ForeignPrefix(Rule):
    """A segment's addresses lie within the city's own; the access lists take all others for the Internet."""

    id = "ADDR-03"

    def check(self) -> Iterator[Finding]:
        own = self.city.settings.prefixes
        for claim in claims(self.index):
            inside: list[Network] = [*(own.ipv4 if claim.prefix.version == 4 else own.ipv6)]
            if not any(_within(claim.prefix, prefix) for prefix in inside):
                yield self.finding(
                    claim.path,
                    segment=claim.segment,
                    prefix=claim.prefix,
                    own=", ".join(str(prefix) for prefix in inside) or "-",
                    family=f"ipv{claim.prefix.version}",
                )


class NotAutoconfigurable(Rule):
    """An IPv6 share is a /64; hosts configure no address of their own in any other (RFC 4862, RFC 4291)."""

    id = "ADDR-04"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        told: set[Path] = set()
        for share in _all_shares(self.index):
            if share.family == "ipv6" and share.prefix.prefixlen != 64 and share.path not in told:
                told.add(share.path)
                path = share.path if share.override else self.city.segments[share.segment].at("ipv6", "length")
                yield self.finding(path, segment=share.segment, length=share.prefix.prefixlen)


def _within(inner: Network, outer: Network) -> bool:
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]  # same version
