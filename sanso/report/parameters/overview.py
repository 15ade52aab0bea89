"""The cover, sites and their windows, segments and their subnets."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network

from sanso.city.addressing import FAMILIES, gateway_address, share
from sanso.city.model import City
from sanso.city.segment import Pool
from sanso.city.separation import separation_model
from sanso.city.site import Site
from sanso.messages import text
from sanso.report.parameters.sheet import Names, Sheet, Value, layer, lines, shown, word, yes


def cover(city: City, names: Names, sheets: Iterable[Sheet]) -> Sheet:
    """What holds for the whole city, and what the other sheets tell."""
    settings = city.settings
    model = separation_model(settings.model)
    said: dict[str, Value] = {
        "city": settings.name_ja,
        "city_en": settings.name,
        "model": f"{model.name_ja} ({settings.model})",
        "timezone": settings.timezone,
        "prefixes_v4": lines(settings.prefixes.ipv4),
        "prefixes_v6": lines(settings.prefixes.ipv6),
        "egress": f"{names.site(settings.egress.site)}: {settings.egress.by}",
        "management_segment": names.segment(settings.management_segment),
        "ap_segment": names.segment(settings.ap_segment),
        "dead_vlan": settings.dead_vlan,
        "native_vlan": settings.native_vlan,
        "shared_hosts": lines(" + ".join(map(layer, group)) for group in settings.shared_hosts),
        "digest": city.digest,
    }
    rows: list[list[Value]] = [[_both(f"sheet.setting.{key}"), value] for key, value in said.items()]
    rows += [[sheet.title, text("sheet.rows", "ja", count=len(sheet.rows))] for sheet in sheets]
    return Sheet("cover", ("item", "value"), rows)


def sheets(city: City, names: Names) -> list[Sheet]:
    """Sites, windows, blackouts, segments, subnets."""
    return [_sites(city), _windows(city, names), _blackouts(city), _segments(city), _subnets(city, names)]


def _sites(city: City) -> Sheet:
    columns = ("number", "id", "name", "name_en", "kind", "gateway", "line", "delegation", "ipv4_over", "timezone")
    rows: list[list[Value]] = [
        [
            *(site.number, site.id, site.name_ja, site.name, word("site", site.kind), site.gateway),
            *(word("line", site.line.kind), word("delegation", site.line.delegation), word("over", site.line.ipv4)),
            site.timezone or city.settings.timezone,
        ]
        for site in city.sites.values()
    ]
    return Sheet("sites", columns, rows)


def _windows(city: City, names: Names) -> Sheet:
    columns = ("site", "days", "opens", "closes")
    return Sheet("windows", columns, [row for site in city.sites.values() for row in _windows_of(site, names)])


def _windows_of(site: Site, names: Names) -> list[list[Value]]:
    if site.windows == "always":
        return [[names.site(site.id), text("sheet.always", "ja"), "", ""]]
    return [
        [names.site(site.id), lines((days(one.days), *one.dates)).strip(), f"{one.start:%H:%M}", f"{one.end:%H:%M}"]
        for one in site.windows
    ]


def days(names: Iterable[str]) -> str:
    """Days of the week, and kinds of day."""
    return "・".join(text(f"window.day.{name}", "ja") for name in names)


def _blackouts(city: City) -> Sheet:
    """When nothing may be changed, in the whole city and at each site."""
    found = [(text("sheet.all_sites", "ja"), one) for one in city.calendar.blackouts]
    found += [(f"{site.name_ja} ({site.id})", one) for site in city.sites.values() for one in site.blackouts]
    rows: list[list[Value]] = [[where, str(one.start), str(one.end), one.reason] for where, one in found]
    return Sheet("blackouts", ("site", "opens", "closes", "reason"), rows)


def _segments(city: City) -> Sheet:
    columns = ("vlan", "id", "name", "name_en", "layer", "purpose", "pool_v4", "pool_v6", "routed")
    rows: list[list[Value]] = [
        [
            *(one.vlan, name, one.name_ja, one.name, layer(one.layer), word("purpose", one.purpose)),
            *(_pool(one.ipv4), _pool(one.ipv6), yes(one.routed)),
        ]
        for name, one in city.segments.items()
    ]
    return Sheet("segments", columns, rows)


def _pool(pool: Pool[IPv4Network] | Pool[IPv6Network] | None) -> str:
    return "" if pool is None else text("sheet.pool", "ja", pool=pool.pool, length=pool.length)


def _subnets(city: City, names: Names) -> Sheet:
    columns = ("site", "segment", "layer", "vlan", "subnet_v4", "gateway_v4", "subnet_v6", "gateway_v6")
    rows = [_subnet(city, site.id, segment, names) for site in city.sites.values() for segment in site.segments]
    return Sheet("subnets", columns, rows)


def _subnet(city: City, site: str, segment: str, names: Names) -> list[Value]:
    told: list[Value] = [names.site(site), names.segment(segment), names.layer(segment), names.vlan(segment)]
    for family in FAMILIES:
        gateway = gateway_address(city, segment, site, family) if city.segments[segment].routed else None
        told += [shown(share(city, segment, site, family)), shown(gateway.ip if gateway else None)]
    return told


def _both(key: str) -> str:
    return f"{text(key, 'ja')} / {text(key, 'en')}"
