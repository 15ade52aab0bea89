"""Channels of wireless LANs: which there are, what each takes of its band, and what holds there (spectrum.yml)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import yaml
from pydantic import Field

from sanso.city.element import Element
from sanso.city.wlan import Band

PART = 20
"""MHz; wider channels are made of parts of this width."""
APART = 4
"""Distance of two such parts in channel numbers, which count 5 MHz (IEEE 802.11)."""
Block = tuple[int, ...]
"""The channels of 20 MHz that a channel of some width takes, the lowest first."""


class ChannelRange(Element):
    """Channels for which the same holds."""

    name: str = Field(description="What people call them: W52, W53, W56…")
    first: int = Field(description="Lowest channel.")
    last: int = Field(description="Highest channel.")
    every: int = Field(description="Distance from one channel to the next.")
    block: int | None = Field(
        default=None, description="The channel that wider channels are counted from; absent = they lie anywhere."
    )
    power: int = Field(description="Most transmit power, in dBm.")
    indoor: bool = Field(default=False, description="Whether they are for indoors only.")
    radar: bool = Field(default=False, description="Whether they are left when radar is heard (DFS).")

    @property
    def channels(self) -> range:
        """The channels themselves."""
        return range(self.first, self.last + 1, self.every)


class BandPlan(Element):
    """The channels of a band."""

    step: int = Field(description="Distance at which two channels of 20 MHz do not overlap.")
    widths: list[int] = Field(description="Channel widths, in MHz.")
    ranges: list[ChannelRange] = Field(description="Its channels, the lowest first.")

    @property
    def channels(self) -> list[int]:
        """Every channel of the band."""
        return [channel for part in self.ranges for channel in part.channels]

    def ranges_of(self, block: Iterable[int]) -> list[ChannelRange]:
        """Ranges that a block lies in, the lowest first."""
        taken = set(block)
        return [part for part in self.ranges if taken & set(part.channels)]

    def block(self, channel: int, width: int) -> Block:
        """Channels that a primary channel of this width takes.

        Raises:
            LookupError: there is no such channel, or none of this width around it.
        """
        known = self.channels
        part = next((part for part in self.ranges if channel in part.channels), None)
        if part is None or width not in self.widths:
            raise LookupError(f"no channel {channel} of {width} MHz")
        count = width // PART
        reach = APART * (count - 1)
        if part.block is None:
            first = channel if channel + reach in known else channel - reach
        else:
            first = channel - (channel - part.block) % (APART * count)
        found = tuple(range(first, first + APART * count, APART))
        if not set(found) <= set(known):
            raise LookupError(f"no channel of {width} MHz around {channel}")
        return found

    def overlap(self, one: Block, other: Block) -> bool:
        """Whether two blocks disturb each other."""
        return any(abs(mine - theirs) < self.step for mine in one for theirs in other)


class Spectrum(Element):
    """Channels of wireless LANs in a country."""

    source: str = Field(description="Where the channels are from.")
    verified: bool = Field(description="Whether a person compared this file with the regulations in force.")
    bands: dict[Band, BandPlan] = Field(description="The plan of each band.")


@cache
def spectrum() -> Spectrum:
    """Read the data file."""
    text = files("sanso.city").joinpath("spectrum.yml").read_text(encoding="utf-8")
    return Spectrum.model_validate(yaml.safe_load(text))
