from __future__ import annotations

import pytest

from sanso.network.wireless import Band
from sanso.platforms.hostapd.channels import centre, first_choice, second_half


@pytest.mark.parametrize(
    ("band", "channel", "width", "middle"),
    [
        ("5ghz", 36, 20, 36),
        ("5ghz", 36, 40, 38),
        ("5ghz", 40, 40, 38),
        ("5ghz", 48, 80, 42),
        ("5ghz", 64, 160, 50),
        ("5ghz", 100, 80, 106),
        ("5ghz", 128, 160, 114),
        ("5ghz", 144, 80, 138),
        ("5ghz", 132, 160, None),  # its eight channels would end beyond 144
        ("5ghz", 38, 20, None),
        ("6ghz", 1, 40, 3),
        ("6ghz", 37, 80, 39),
        ("6ghz", 37, 160, 47),
        ("6ghz", 233, 40, None),
        ("2.4ghz", 6, 40, 6),
        ("2.4ghz", 6, 80, None),
    ],
)
def test_centre_is_that_of_the_standard(band: Band, channel: int, width: int, middle: int | None) -> None:
    assert centre(band, channel, width) == middle


@pytest.mark.parametrize(
    ("band", "channel", "side"), [("5ghz", 36, "+"), ("5ghz", 40, "-"), ("2.4ghz", 1, "+"), ("2.4ghz", 13, "-")]
)
def test_second_half_is_on_the_side_of_the_centre(band: Band, channel: int, side: str) -> None:
    assert second_half(band, channel) == side


def test_a_channel_with_radar_detection_comes_first_and_the_other_when_radar_is_heard() -> None:
    assert first_choice({36, 100}) == 100
    assert first_choice({36, 44}) == 36
