"""RADIO-06: access points that hear each other are on channels that do not overlap."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sanso.messages import Finding, Severity
from sanso.rules.radios import Tuned, nearest_channel
from sanso.rules.rule import Rule
from sanso.rules.words import some


class ChannelPlan(Rule):
    """Neighbours, whichever of the two names the other, are on channels that do not overlap."""

    id = "RADIO-06"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        done: set[str] = set()
        for name, point in self.city.access_points.items():
            for band, radio in point.radios.items():
                yield from self._radio(name, Tuned(point, band, radio), done)
            done.add(name)

    def _radio(self, name: str, tuned: Tuned, done: set[str]) -> Iterator[Finding]:
        """What is told at a radio: its overlaps with neighbours that stand before it in the inventory."""
        others = {host: other for host in self._neighbours[name] if (other := self._same_band(host, tuned))}
        block = tuned.block(tuned.radio.channel)
        blocks = {host: other.block(other.radio.channel) for host, other in others.items()}
        disturbed = [host for host, other in blocks.items() if host in done and tuned.plan.overlap(block, other)]
        if not disturbed:
            return
        free = [
            channel
            for channel in tuned.plan.channels
            if tuned.may_use(channel)
            and not any(tuned.plan.overlap(tuned.block(channel), other) for other in blocks.values())
        ]
        yield self.finding(
            tuned.radio.at("channel"),
            "free" if free else "full",
            point=name,
            band=tuned.band,
            channel=tuned.radio.channel,
            width=tuned.radio.width,
            others=some(f"{host} ({others[host].radio.channel})" for host in disturbed),
            near=nearest_channel(tuned.radio.channel, free),
        )

    def _same_band(self, host: str, tuned: Tuned) -> Tuned | None:
        point = self.city.access_points[host]
        radio = point.radios.get(tuned.band)
        return None if radio is None else Tuned(point, tuned.band, radio)

    @cached_property
    def _neighbours(self) -> dict[str, list[str]]:
        """Neighbours of each access point, in the inventory's order: those that it names, and that name it."""
        points = self.city.access_points
        pairs = {(name, other) for name, point in points.items() for other in point.neighbours if other in points}
        heard: dict[str, set[str]] = {name: set() for name in points}
        for one, other in pairs:
            if one != other:
                heard[one].add(other)
                heard[other].add(one)
        return {name: [other for other in points if other in heard[name]] for name in points}
