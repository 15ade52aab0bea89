"""RADIO-01 to RADIO-05: what radios may do in Japan, by the data of ``sanso/city/spectrum.yml``."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from sanso.city.spectrum import BandPlan, Block, ChannelRange, spectrum
from sanso.city.wireless import AccessPoint, Radio
from sanso.city.wlan import Band
from sanso.messages import Finding, Severity
from sanso.rules.rule import Rule
from sanso.rules.words import some

REGULATIONS = "radio regulations of Japan (wireless-regdb, secondary sources)"
"""Source of the rules on radios; spectrum.yml says more."""
_ONLY_DSSS = 14
"""Channel of the 2.4 GHz band on which only 802.11b may send (wireless-regdb: NO-OFDM)."""


def nearest_channel(channel: int, channels: list[int]) -> int | None:
    """The closest of some channels; None where there are none."""
    return min(channels, key=lambda other: abs(other - channel), default=None)


@dataclass(frozen=True)
class Tuned:
    """A radio of an access point, with the plan of its band."""

    point: AccessPoint
    band: Band
    radio: Radio

    @property
    def plan(self) -> BandPlan:
        """Channels of the band."""
        return spectrum().bands[self.band]

    @property
    def channels(self) -> dict[str, int]:
        """Its channel and its fallback, by the names of their fields."""
        given = {"channel": self.radio.channel, "fallback": self.radio.fallback}
        return {key: channel for key, channel in given.items() if channel is not None}

    def block(self, channel: int) -> Block:
        """What a channel of the radio's width takes; nothing where there is none such (RADIO-01, RADIO-02)."""
        try:
            return self.plan.block(channel, self.radio.width)
        except LookupError:
            return ()

    def ranges(self, key: str) -> list[ChannelRange]:
        """Ranges that its channel lies in, or its fallback, where it is as narrow as it must be."""
        channel = self.channels.get(key, 0)
        return self.plan.ranges_of(self.block(channel) if key == "channel" else [channel])

    def may_use(self, channel: int) -> bool:
        """Whether there is such a channel of the radio's width, and it may be used at its place."""
        ranges = self.plan.ranges_of(self.block(channel))
        return bool(ranges) and all(self._open(part) for part in ranges)

    def without_radar(self) -> list[int]:
        """Channels that may be used at its place and are never left for radar."""
        return [
            channel for part in self.plan.ranges if not part.radar and self._open(part) for channel in part.channels
        ]

    def _open(self, part: ChannelRange) -> bool:
        return self.point.indoor or not part.indoor


class RadioRule(Rule):
    """A rule on each radio by itself."""

    source = REGULATIONS

    def check(self) -> Iterator[Finding]:
        for name, point in self.city.access_points.items():
            for band, radio in point.radios.items():
                yield from self.radio(Tuned(point, band, radio), {"point": name, "band": band})

    @abstractmethod
    def radio(self, tuned: Tuned, args: dict[str, str]) -> Iterator[Finding]:
        """Findings about one radio; ``args`` say which."""


class KnownChannel(RadioRule):
    """A radio's channel, and the one that it falls back to, are channels of its band in Japan."""

    id = "RADIO-01"

    def radio(self, tuned: Tuned, args: dict[str, str]) -> Iterator[Finding]:
        channels = tuned.plan.channels
        known = ", ".join(f"{part.name}: {part.first}-{part.last}" for part in tuned.plan.ranges)
        for key, channel in tuned.channels.items():
            if channel not in channels:
                variant = "dsss" if (tuned.band, channel) == ("2.4ghz", _ONLY_DSSS) else "channel"
                near = nearest_channel(channel, channels)
                yield self.finding(tuned.radio.at(key), variant, **args, channel=channel, known=known, near=near)


class KnownWidth(RadioRule):
    """There is a channel of the radio's width around its primary channel."""

    id = "RADIO-02"

    def radio(self, tuned: Tuned, args: dict[str, str]) -> Iterator[Finding]:
        width, plan = tuned.radio.width, tuned.plan
        if width not in plan.widths:
            widths = ", ".join(map(str, plan.widths))
            yield self.finding(tuned.radio.at("width"), "width", **args, width=width, widths=widths)
            return
        channel = tuned.radio.channel
        if channel in plan.channels and not tuned.block(channel):
            fits = some(other for other in plan.channels if tuned.block(other))
            yield self.finding(tuned.radio.at("channel"), "block", **args, channel=channel, width=width, fits=fits)


class Indoors(RadioRule):
    """W52, W53 and low-power indoor channels at 6 GHz are not used outdoors, not even to fall back to."""

    id = "RADIO-03"

    def radio(self, tuned: Tuned, args: dict[str, str]) -> Iterator[Finding]:
        for key, channel in tuned.channels.items():
            closed = [part.name for part in tuned.ranges(key) if part.indoor]
            if closed and not tuned.point.indoor:
                allowed = some(other for other in tuned.plan.channels if tuned.may_use(other))
                path = tuned.radio.at(key)
                yield self.finding(path, **args, channel=channel, ranges=", ".join(closed), allowed=allowed)


class Radar(RadioRule):
    """A radio on a channel with DFS has one without to fall back to, where there is one for its place."""

    id = "RADIO-04"
    severity = Severity.WARNING

    def radio(self, tuned: Tuned, args: dict[str, str]) -> Iterator[Finding]:
        channel, fallback = tuned.radio.channel, tuned.radio.fallback
        heard = [part.name for part in tuned.ranges("channel") if part.radar]
        free = tuned.without_radar()
        if heard and free and fallback is None:
            path = tuned.radio.at("channel")
            yield self.finding(path, "none", **args, channel=channel, ranges=", ".join(heard), free=some(free))
        elif heard and free:  # outdoors there is none free at 5 GHz
            again = [part.name for part in tuned.ranges("fallback") if part.radar]
            if again:
                path = tuned.radio.at("fallback")
                yield self.error(path, "radar", **args, fallback=fallback, ranges=", ".join(again), free=some(free))
        elif fallback is not None and not heard and tuned.ranges("channel"):
            yield self.finding(tuned.radio.at("fallback"), "idle", **args, channel=channel, fallback=fallback)


class Power(RadioRule):
    """A radio sends with no more power than its channel allows."""

    id = "RADIO-05"

    def radio(self, tuned: Tuned, args: dict[str, str]) -> Iterator[Finding]:
        channel, power = tuned.radio.channel, tuned.radio.power
        limit = min((part.power for part in tuned.ranges("channel")), default=None)
        if limit is not None and power is not None and power > limit:
            yield self.finding(tuned.radio.at("power"), **args, channel=channel, power=power, limit=limit)
