"""Check a city that is given as plain hosts' variables, with no file behind them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sanso.city import CityError, build_city
from sanso.city.document import VARIABLES, assemble
from sanso.messages import language
from sanso.rules.check import check_city


def check_plain(
    hosts: Mapping[str, Mapping[str, Any]], lang: str = "en", today: date | None = None
) -> list[dict[str, Any]]:
    """Findings as plain data; without ``today``, the present day in the city's time zone."""
    devices = {host: {name: values[name] for name in VARIABLES if name in values} for host, values in hosts.items()}
    groups = {host: values["group_names"] for host, values in hosts.items() if "group_names" in values}
    try:
        city = build_city(assemble(devices, groups), lambda _host, _variable, _path: None)
    except CityError as error:
        return [finding.as_dict(language(lang)) for finding in error.findings]
    day = today or datetime.now(ZoneInfo(city.settings.timezone)).date()
    return [finding.as_dict(language(lang)) for finding in check_city(city, day)]
