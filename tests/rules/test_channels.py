"""The channel plan of random access points against every pair of them, in frequencies."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sanso.city import City
from sanso.city.spectrum import spectrum
from sanso.city.wireless import AccessPoint
from sanso.messages import Finding
from sanso.rules.channel_plan import ChannelPlan
from sanso.rules.index import Index
from sanso.rules.radios import Tuned
from tests.rules.conftest import wireless_city

WIDE = [(channel, width) for width in (20, 40, 80) for channel in spectrum().bands["5ghz"].channels]


def with_points(radios: list[tuple[int, int]], pairs: set[tuple[int, int]]) -> City:
    """A city with an access point for each channel and width at 5 GHz; ``pairs`` name whom each hears."""
    city = wireless_city()
    template = city.access_points["ap-1"]
    points = {
        f"ap{index}": AccessPoint.model_validate(
            template.model_dump()
            | {
                "hostname": f"ap{index}",
                "radios": {"5ghz": {"channel": channel, "width": width}},
                "neighbours": [f"ap{other}" for one, other in sorted(pairs) if one == index],
            }
        )
        for index, (channel, width) in enumerate(radios)
    }
    changed = city.model_copy(update={"access_points": points})
    changed.place(())
    return changed


@st.composite
def plans(draw: st.DrawFn) -> tuple[list[tuple[int, int]], set[tuple[int, int]]]:
    radios = draw(st.lists(st.sampled_from(WIDE), min_size=1, max_size=7))
    places = st.integers(0, len(radios) - 1)
    return radios, draw(st.sets(st.tuples(places, places), max_size=12))


def megahertz(channel: int, width: int) -> set[int]:
    """The steps of 5 MHz that a channel takes, as IEEE 802.11 lays them out from 5170 and 5490 MHz."""
    start = 5170 if channel < 100 else 5490
    first = start + (5000 + 5 * channel - start) // width * width
    return set(range(first, first + width, 5))


def told(city: City) -> list[Finding]:
    return list(ChannelPlan(Index(city), date(2026, 10, 1)).check())


@given(plans())
def test_every_pair_of_neighbours_that_overlap_is_told_once(
    plan: tuple[list[tuple[int, int]], set[tuple[int, int]]],
) -> None:
    radios, pairs = plan
    later: dict[str, set[str]] = {}
    for one, other in {(max(pair), min(pair)) for pair in pairs if pair[0] != pair[1]}:
        if megahertz(*radios[one]) & megahertz(*radios[other]):
            later.setdefault(f"ap{one}", set()).add(f"ap{other}")
    found = told(with_points(radios, pairs))
    assert {finding.args["point"] for finding in found} == set(later)
    for finding in found:
        named = {part.split(" ")[0] for part in finding.args["others"].split(", ") if part != "…"}
        assert named == later[finding.args["point"]]


@given(plans())
def test_the_channel_that_is_offered_is_free_and_none_is_nearer(
    plan: tuple[list[tuple[int, int]], set[tuple[int, int]]],
) -> None:
    radios, pairs = plan
    city = with_points(radios, pairs)
    for finding in told(city):
        place = int(finding.args["point"].removeprefix("ap"))
        channel, width = radios[place]
        heard = {one for pair in pairs if place in pair for one in pair} - {place}
        taken = set().union(*(megahertz(*radios[other]) for other in heard))
        tuned = Tuned(city.access_points[f"ap{place}"], "5ghz", city.access_points[f"ap{place}"].radios["5ghz"])
        usable = [other for other in spectrum().bands["5ghz"].channels if tuned.may_use(other)]
        free = [other for other in usable if not megahertz(other, width) & taken]
        assert (finding.variant == "free") == bool(free)
        if free:
            near = finding.args["near"]
            assert near in free
            assert abs(near - channel) == min(abs(other - channel) for other in free)
