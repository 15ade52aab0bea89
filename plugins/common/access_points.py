"""Access points that are configured by themselves: from the city to facts, and from files to what differs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from sanso.change import Difference
from sanso.change.wireless import differences
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
from sanso.render import intend_wireless
from sanso.report.record import difference_text

FACTS = TypeAdapter(WirelessFacts)
PLATFORM = "hostapd"


def intended(city: City) -> dict[str, dict[str, Any]]:
    """What each access point with hostapd should be, as plain data, by host name."""
    intents = intend_wireless(city)
    return {
        host: {
            "facts": FACTS.dump_python(intents[host], mode="json"),
            "layers": {str(segment.vlan): str(segment.layer) for segment in city.segments.values()},
        }
        for host, point in city.access_points.items()
        if point.platform == PLATFORM and point.controller is None
    }


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
        self._layers = {int(vlan): layer for vlan, layer in intent["layers"].items()}
        self.files: list[FileDifference] = file_differences(
            render(self.facts, hardware), found, lambda words: with_secrets(words, *secrets)
        )
        self.reading: Reading = read(self.host, found, hardware)
        self.address = found.get(ADDRESS.format(interface=hardware.uplink), "").strip()

    @property
    def expected_address(self) -> str:
        """The MAC address that the inventory gives the access point."""
        return next(iter(self.facts.aps))

    @property
    def differences(self) -> list[Difference]:
        """What differs on the air."""
        # that a WLAN is missing says so of its policy and of the list of all WLANs, which have no names there
        found = differences(self.reading.facts, as_read(self.facts), self._layers)
        return [one for one in found if one.attribute not in ("policy", "wlans")]

    def lines(self, lang: Language) -> list[str]:
        """What differs, for people: what is on the air, then lines that are not understood."""
        return [
            *(difference_text(one, lang) for one in self.differences),
            *(_unread(one, lang) for one in self.reading.unread),
        ]


def _unread(one: Unread, lang: Language) -> str:
    key = "unread" if one.number else "lacking"
    return text(f"access_point.{key}", lang, path=one.path, number=one.number, line=one.text)
