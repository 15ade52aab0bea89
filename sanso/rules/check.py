"""Run every rule over a city."""

from __future__ import annotations

from datetime import date

from sanso.city.model import City
from sanso.messages import Finding
from sanso.rules.index import Index
from sanso.rules.rule import all_rules


def check_city(city: City, today: date) -> list[Finding]:
    """All findings of all rules, by file and line; rules that need whole references see only whole ones.

    Args:
        city: the city to check.
        today: the day on which flows are checked for expiry, in the city's time zone.
    """
    index = Index(city)
    findings = [finding for rule in all_rules() for finding in rule(index, today).check()]
    # one YAML anchor may stand for many values, all of them on the same line
    different = {(_place(finding), finding.variant, repr(finding.args)): finding for finding in reversed(findings)}
    return sorted(different.values(), key=_place)


def _place(finding: Finding) -> tuple[str, int, int, str]:
    place = finding.location
    return (place.file, place.line, place.column, finding.rule) if place else ("", 0, 0, finding.rule)
