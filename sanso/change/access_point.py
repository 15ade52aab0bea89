"""What an access point that is configured by itself puts on the air otherwise than intended, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sanso.messages import Language, text
from sanso.network.vlans import write_vlans
from sanso.network.wireless import AirPolicy, AirRadio, AirWlan, WirelessFacts

View = dict[str, str]
"""Catalogue key below ``access_point`` → what stands there."""


@dataclass(frozen=True)
class Deviation:
    """One thing that is not as it should be; an empty ``expected`` or ``found`` means that it is not there."""

    where: str
    attribute: str
    expected: str
    found: str

    def say(self, lang: Language) -> str:
        """One line."""
        form = "extra" if not self.expected else "missing" if not self.found else "expected_found"
        what = text(f"access_point.{self.attribute}", lang)
        said = text(f"drift.{form}", lang, what=what, expected=self.expected, found=self.found)
        return f"{self.where}: {said}"


def deviations(found: WirelessFacts, wanted: WirelessFacts, segments: Mapping[int, str]) -> list[Deviation]:
    """Everything that differs, by SSID, then by radio.

    Args:
        found: what the access point's reader gives.
        wanted: what is intended, with the names that an access point knows.
        segments: VLAN → segment and its layer, for people.
    """
    words = _Words(segments)
    return [
        *_compare("SSID {}", _stations(found, words), _stations(wanted, words)),
        *_compare("RADIUS {}", _servers(found), _servers(wanted)),
        *_compare("{}", _radios(found), _radios(wanted)),
    ]


def _compare(where: str, found: Mapping[str, View], wanted: Mapping[str, View]) -> Iterator[Deviation]:
    for name in dict.fromkeys((*wanted, *found)):
        before, after = found.get(name), wanted.get(name)
        if before is None or after is None:
            there = [", ".join(view.values()) if view else "" for view in (after, before)]
            yield Deviation(where.format(name), "whole", *there)
            continue
        for attribute in after:
            if before[attribute] != after[attribute]:
                yield Deviation(where.format(name), attribute, after[attribute], before[attribute])


class _Words:
    """VLANs as people know them."""

    def __init__(self, segments: Mapping[int, str]) -> None:
        self._segments = segments

    def vlan(self, vlan: int | None) -> str:
        """A VLAN with its segment and layer."""
        return "-" if vlan is None else f"VLAN {vlan} ({self._segments.get(vlan, '?')})"

    def vlans(self, policy: AirPolicy) -> str:
        """What the RADIUS server may say."""
        if not policy.vlan_by_radius:
            return "-"
        return "1-4094" if policy.radius_vlans is None else write_vlans(policy.radius_vlans)


def _stations(facts: WirelessFacts, words: _Words) -> dict[str, View]:
    pairs = ((facts.wlans[name], facts.policies[policy]) for name, policy in _offered(facts))
    return {wlan.name: _station(wlan, policy, words) for wlan, policy in pairs}


def _offered(facts: WirelessFacts) -> Iterable[tuple[str, str]]:
    return (pair for group in facts.groups.values() for pair in group.policies.items())


def _station(wlan: AirWlan, policy: AirPolicy, words: _Words) -> View:
    return {
        "vlan": words.vlan(policy.vlan),
        "security": wlan.security,
        "protection": wlan.protection,
        "isolated": str(wlan.isolated).lower(),
        "radius": ", ".join(wlan.radius) or "-",
        "radius_vlans": words.vlans(policy),
        "down": str(policy.down_kbps or "-"),
        "up": str(policy.up_kbps or "-"),
        "bands": ", ".join(sorted(wlan.bands)),
    }


def _servers(facts: WirelessFacts) -> dict[str, View]:
    return {
        name: {"ports": f"{server.authentication_port}, {server.accounting_port}"}
        for name, server in facts.radius.items()
    }


def _radios(facts: WirelessFacts) -> dict[str, View]:
    return {band: _radio(radio) for plan in facts.plans.values() for band, radio in plan.radios.items()}


def _radio(radio: AirRadio) -> View:
    return {
        "channels": ", ".join(map(str, sorted(radio.channels))) or "-",
        "width": f"{radio.width} MHz",
        "power": f"{radio.power} dBm" if radio.power is not None else "-",
    }
