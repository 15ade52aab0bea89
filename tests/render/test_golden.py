"""The embedded city's intent as text: what a reviewer reads when the rendering changes.

``UPDATE_GOLDEN=1`` writes the files anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sanso.city import load_city
from sanso.city.model import City
from sanso.platforms import load_platform
from sanso.render import Intent, intend_city

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = Path(__file__).with_name("golden")
HOSTS = ("hoikusho-east-1", "kukaku-seiri-1", "toshokan-chuo-1", "hall-floor-3")
"""A branch with all on one switch, a routed and an EOS branch, a floor switch that does not route."""


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(ROOT / "inventories" / "lab")


@pytest.fixture(scope="module")
def intents(city: City) -> dict[str, Intent]:
    return intend_city(city)


@pytest.mark.parametrize("host", HOSTS)
def test_intent_of_a_device(intents: dict[str, Intent], host: str) -> None:
    intent = intents[host]
    text = load_platform(intent.facts.platform).render(intent.facts)
    file = GOLDEN / f"{host}.cfg"
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")


def test_every_gateway_denies_what_it_does_not_know(city: City, intents: dict[str, Intent]) -> None:
    for site in city.sites.values():
        facts = intents[site.gateway].facts
        assert facts.acls, site.id
        for svi in facts.svis.values():
            for family, prefixes in (("ipv4", svi.ipv4), ("ipv6", svi.ipv6)):
                if prefixes:
                    bound = facts.acls[family, svi.acls[family, "in"]]  # type: ignore[index]
                    last = list(bound.entries.values())[-1]
                    assert (last.action, last.protocol, last.source, last.target) == ("deny", "ip", None, None)
                    assert last.log
