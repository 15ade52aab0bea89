from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_network

from hypothesis import given
from hypothesis import strategies as st

from sanso.rules.overlap import overlaps

Network = IPv4Network | IPv6Network
Item = tuple[Network, str]


@st.composite
def items(draw: st.DrawFn) -> Item:
    """A prefix out of a small space, so that many overlap, and its owner."""
    if draw(st.booleans()):
        length = draw(st.integers(24, 32))
        return ip_network((0x0A000000 + draw(st.integers(0, 255)), length), strict=False), draw(
            st.sampled_from("abc")
        )
    length = draw(st.integers(120, 128))
    return ip_network((0xFD << 120 | draw(st.integers(0, 255)), length), strict=False), draw(st.sampled_from("abc"))


def inside(inner: Network, outer: Network) -> bool:
    return inner.version == outer.version and inner.subnet_of(outer)  # type: ignore[arg-type]


@given(st.lists(items(), max_size=12))
def test_every_item_inside_another_owners_is_found_once_and_no_other(given_items: list[Item]) -> None:
    numbered = list(enumerate(given_items))
    found = list(overlaps(numbered, prefix=lambda item: item[1][0], owner=lambda item: item[1][1]))
    expected = {
        index
        for index, (network, owner) in numbered
        for other, (around, another) in numbered
        if owner != another and inside(network, around) and (network != around or other < index)
    }
    assert sorted(index for (index, _), _ in found) == sorted(expected)
    for (_, (network, owner)), (_, (around, another)) in found:
        assert inside(network, around)
        assert owner != another


@given(st.lists(items(), max_size=12))
def test_the_outer_item_is_the_narrowest(given_items: list[Item]) -> None:
    for (network, owner), (around, _) in overlaps(
        given_items, prefix=lambda item: item[0], owner=lambda item: item[1]
    ):
        between = [
            other
            for other, another in given_items
            if another != owner
            and other not in {network, around}
            and inside(network, other)
            and inside(other, around)
        ]
        assert not between
