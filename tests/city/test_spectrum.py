"""Channels as the data file gives them, against frequencies worked out another way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.city.spectrum import BandPlan, spectrum
from sanso.city.wlan import Band

BASES: dict[Band, int] = {"2.4ghz": 2407, "5ghz": 5000, "6ghz": 5950}
"""Channel 0 of each band, in MHz (IEEE 802.11, annex E)."""
EDGES: dict[Band, tuple[int, int]] = {"2.4ghz": (2400, 2484), "5ghz": (5150, 5730), "6ghz": (5925, 6425)}
"""What Japan gives to wireless LANs, in MHz; between 5350 and 5470 there is nothing."""


@st.composite
def channels(draw: st.DrawFn) -> tuple[Band, int, int]:
    band: Band = draw(st.sampled_from(list(BASES)))
    plan = spectrum().bands[band]
    return band, draw(st.sampled_from(plan.channels)), draw(st.sampled_from(plan.widths))


def block(plan: BandPlan, channel: int, width: int) -> tuple[int, ...]:
    try:
        return plan.block(channel, width)
    except LookupError:
        return ()


@given(channels())
def test_a_wide_channel_lies_around_its_primary_one_and_within_the_band(one: tuple[Band, int, int]) -> None:
    band, channel, width = one
    found = block(spectrum().bands[band], channel, width)
    if not found:
        return
    low, high = BASES[band] + 5 * found[0] - 10, BASES[band] + 5 * found[-1] + 10
    assert high - low == width
    assert channel in found
    assert EDGES[band][0] <= low < high <= EDGES[band][1]
    assert not (low < 5470 and high > 5350)


@given(channels())
def test_every_part_of_a_wide_channel_leads_to_the_same_one(one: tuple[Band, int, int]) -> None:
    band, channel, width = one
    plan = spectrum().bands[band]
    found = block(plan, channel, width)
    if band != "2.4ghz":
        assert all(plan.block(part, width) == found for part in found)


@given(channels(), channels())
def test_wide_channels_of_one_width_are_the_same_or_apart(
    one: tuple[Band, int, int], two: tuple[Band, int, int]
) -> None:
    plan = spectrum().bands[one[0]]
    if one[0] != two[0] or one[0] == "2.4ghz":
        return
    mine, theirs = block(plan, one[1], one[2]), block(plan, two[1], one[2])
    assert plan.overlap(mine, theirs) == (mine == theirs and bool(mine))


@pytest.mark.parametrize(
    ("band", "width", "expected"),
    [
        ("2.4ghz", 20, list(range(1, 14))),
        ("5ghz", 40, [*range(36, 65, 4), *range(100, 145, 4)]),
        ("5ghz", 80, [*range(36, 65, 4), *range(100, 145, 4)]),
        ("5ghz", 160, [*range(36, 65, 4), *range(100, 129, 4)]),
        ("6ghz", 160, list(range(1, 94, 4))),
    ],
)
def test_the_primary_channels_of_a_width(band: Band, width: int, expected: list[int]) -> None:
    plan = spectrum().bands[band]
    assert [channel for channel in plan.channels if block(plan, channel, width)] == expected


@pytest.mark.parametrize(("channel", "width"), [(14, 20), (0, 20), (6, 80), (6, 0)])
def test_what_is_no_channel_is_refused(channel: int, width: int) -> None:
    with pytest.raises(LookupError):
        spectrum().bands["2.4ghz"].block(channel, width)


@pytest.mark.parametrize(("one", "two", "expected"), [(1, 5, True), (1, 6, False), (13, 9, True), (6, 6, True)])
def test_channels_at_2_4_ghz_need_five_numbers(one: int, two: int, expected: bool) -> None:
    assert spectrum().bands["2.4ghz"].overlap((one,), (two,)) is expected


def test_the_data_say_where_they_are_from_and_wait_to_be_verified() -> None:
    assert "wireless-regdb" in spectrum().source
    assert not spectrum().verified
