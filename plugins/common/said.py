"""What results tell of the city: findings as plain data, and in every language what pages say."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sanso.city import City
from sanso.city.element import Named
from sanso.messages import LANGUAGES, Finding, Language
from sanso.report.situation import situation_text


def said_of_city(findings: Iterable[Finding], city: City | None, lang: Language) -> dict[str, Any]:
    """Findings in one language, and under ``said``, as JSON, what :class:`sanso.report.Run` takes of each.

    Args:
        findings: of the checks of the city.
        city: None where the variables do not have its shape.
        lang: the language of the run.
    """
    found = list(findings)
    said = {
        one: {
            "findings": [finding.as_dict(one) for finding in found],
            "situation": situation_of(city, one),
            "city": names_of(city, one),
        }
        for one in LANGUAGES
    }
    return {"findings": said[lang]["findings"], "said": json.dumps(said, ensure_ascii=False)}


def situation_of(city: City | None, lang: Language) -> str:
    """What reminds of a state that is not the usual one; empty in the usual one."""
    return "" if city is None else situation_text(city, datetime.now(ZoneInfo(city.settings.timezone)), lang)


def names_of(city: City | None, lang: Language) -> dict[str, Any]:
    """Names of the city and its sites, what its clocks show, and what stands for all that the inventory says."""
    if city is None:
        return {}

    def name(named: Named) -> str:
        return named.name_ja if lang == "ja" else named.name

    return {
        "name": name(city.settings),
        "sites": {site: name(one) for site, one in city.sites.items()},
        "timezone": city.settings.timezone,
        "digest": city.digest,
    }
