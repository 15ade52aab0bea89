"""Hosts whose site may not be worked on now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from sanso.city import City
from sanso.city.windows import is_open, next_opening, site_zone
from sanso.messages import LANGUAGES, Language, text


def closed_records(city: City, sites: Mapping[str, str], lang: Language) -> dict[str, dict[str, Any]]:
    """A record, as :func:`sanso.report.record` makes them, of each host whose site has no open window now.

    Args:
        city: the city.
        sites: host → site.
        lang: language of the texts.
    """
    now = datetime.now(UTC)
    closed = {site for site in set(sites.values()) if not _open(city, site, now)}
    said = {site: {one: _text(city, site, now, one) for one in LANGUAGES} for site in closed}
    return {host: _record(host, site, said[site], lang) for host, site in sites.items() if site in closed}


def _open(city: City, site: str, now: datetime) -> bool:
    return is_open(city.sites[site], city, now)


def _text(city: City, site_id: str, now: datetime, lang: Language) -> str:
    site = city.sites[site_id]
    opening = next_opening(site, city, now)
    local = _minute(now.astimezone(site_zone(site, city)))
    name = site.name_ja if lang == "ja" else site.name
    if opening is None:
        return text("window.never", lang, site=name, now=local)
    return text("window.closed", lang, site=name, now=local, opens=_minute(opening))


def _record(host: str, site: str, why: Mapping[Language, str], lang: Language) -> dict[str, Any]:
    said = {one: {"message": f"{host}: {words}", "findings": []} for one, words in why.items()}
    return {
        "host": host,
        "site": site,
        "status": "refused",
        **said[lang],
        "said": said,
        "differences": [],
        "commands": [],
        "error": None,
    }


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M (%Z)")
