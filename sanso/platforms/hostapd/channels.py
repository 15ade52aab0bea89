"""Channels as hostapd wants them told: the centre of a wide one, the side of its second half, the operating class.

Source: IEEE 802.11-2020, tables E-1 and E-4, 19.3.15, 21.3.14; IEEE 802.11ax-2021, 27.3.23.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sanso.network.wireless import Band

BLOCKS: Mapping[Band, tuple[tuple[int, int], ...]] = {
    "2.4ghz": (),
    "5ghz": ((36, 64), (100, 144), (149, 177)),
    "6ghz": ((1, 233),),
}
"""First and last channel of each run of 20 MHz channels, that wider ones are made of."""
OPERATING_CLASSES = {20: 131, 40: 132, 80: 133, 160: 134}
"""Width in MHz → operating class at 6 GHz."""
RADAR = frozenset({*range(52, 65, 4), *range(100, 145, 4)})
"""W53 and W56, which are left when radar is heard (Japan)."""
WIDEST_BEFORE_VHT = 40
"""Width in MHz that 802.11n ends with, and 2.4 GHz."""
LAST_UPWARDS = 7
"""Highest channel at 2.4 GHz whose second half is put above it."""


def centre(band: Band, channel: int, width: int) -> int | None:
    """Number of the centre of the channel of a width in MHz that holds a 20 MHz channel; None: there is none."""
    count = width // 20
    for first, last in BLOCKS[band]:
        if first <= channel <= last and (channel - first) % 4 == 0:
            start = first + (channel - first) // (4 * count) * 4 * count
            return start + 2 * (count - 1) if start + 4 * (count - 1) <= last else None
    return channel if band == "2.4ghz" and 1 <= channel <= 14 and width <= WIDEST_BEFORE_VHT else None


def second_half(band: Band, channel: int) -> str:
    """Where the other 20 MHz of a 40 MHz channel are: ``+`` above, ``-`` below."""
    above = channel <= LAST_UPWARDS if band == "2.4ghz" else channel < (centre(band, channel, 40) or 0)
    return "+" if above else "-"


def first_choice(channels: Iterable[int]) -> int:
    """The channel to begin with: others are for when radar is heard on it."""
    return min(channels, key=lambda channel: (channel not in RADAR, channel))
