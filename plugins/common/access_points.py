"""Access points that are configured by themselves: from the city to facts, and from files to what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from sanso.change.access_point import deviations
from sanso.city import City
from sanso.messages import Language, text
from sanso.network.wireless import WirelessFacts, with_secrets
from sanso.platforms.hostapd import (
    FileDifference,
    Hardware,
    Reading,
    Unread,
    as_read,
    file_differences,
    read,
    render,
)
from sanso.platforms.hostapd.files import ADDRESS
from sanso.render.wireless import intend_wireless

FACTS = TypeAdapter(WirelessFacts)
PLATFORM = "hostapd"


def intended(city: City) -> dict[str, dict[str, Any]]:
    """What each access point with hostapd should be, as plain data, by host name."""
    intents = intend_wireless(city)
    return {
        host: {
            "facts": FACTS.dump_python(intents[host], mode="json"),
            "segments": _segments(city, point.site),
            "site": point.site,
        }
        for host, point in city.access_points.items()
        if point.platform == PLATFORM and point.controller is None
    }


def _segments(city: City, site: str) -> dict[str, str]:
    """VLAN → segment and layer, those of the site first."""
    own = city.sites[site].segments
    ordered = sorted(city.segments.items(), key=lambda item: item[0] in own)  # the last one of an id counts
    return {str(segment.vlan): f"{name}, {segment.layer}" for name, segment in ordered}


class Comparison:
    """One access point: what it should be, and what its files say.

    Raises:
        UnsupportedError: it cannot do what is wanted.
        LookupError: a secret is missing; the message is its place.
    """

    def __init__(
        self,
        intent: Mapping[str, Any],
        found: Mapping[str, str],
        hardware: Hardware,
        secrets: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> None:
        self.facts = FACTS.validate_python(intent["facts"])
        self.host = self.facts.hostname
        self._segments = {int(vlan): name for vlan, name in intent["segments"].items()}
        self.files: list[FileDifference] = file_differences(
            render(self.facts, hardware), found, lambda words: with_secrets(words, *secrets)
        )
        self.reading: Reading = read(self.host, found, hardware)
        self.address = found.get(ADDRESS.format(interface=hardware.uplink), "").strip()

    @property
    def expected_address(self) -> str:
        """The MAC address that the inventory gives the access point."""
        return next(iter(self.facts.aps))

    def lines(self, lang: Language) -> list[str]:
        """What differs, for people: what is on the air, then lines that are not understood."""
        differing = deviations(self.reading.facts, as_read(self.facts), self._segments)
        return [*(one.say(lang) for one in differing), *(_unread(one, lang) for one in self.reading.unread)]


def _unread(one: Unread, lang: Language) -> str:
    key = "unread" if one.number else "lacking"
    return text(f"access_point.{key}", lang, path=one.path, number=one.number, line=one.text)
