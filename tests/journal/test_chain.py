"""No line of a journal can be changed, taken away, added or moved unseen."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.journal.chain import START, Chain, Fault, canonical, sealed, torn_entry

TEXTS = st.text(st.characters(codec="utf-8"), max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)
ENTRIES = st.lists(
    st.dictionaries(TEXTS.filter(lambda name: name not in {"hash", "before", "event"}), VALUES, max_size=4),
    min_size=1,
    max_size=8,
)


def chained(entries: list[dict[str, Any]]) -> list[bytes]:
    before, lines = START, []
    for entry in entries:
        line = sealed(entry, before)
        before = line["hash"]
        lines.append(canonical(line) + b"\n")
    return lines


def followed(lines: list[bytes]) -> Chain:
    chain = Chain()
    for line in lines:
        chain.follow(line)
    return chain


def is_whole(lines: list[bytes], head: str) -> bool:
    """As the journal judges: no fault, nothing torn behind the last line, and the head that was kept is there."""
    chain = followed(lines)
    return chain.fault is None and not chain.torn and head in chain.hashes


@given(ENTRIES)
def test_what_was_written_is_read_again_and_is_whole(entries: list[dict[str, Any]]) -> None:
    lines = chained(entries)
    chain = Chain()
    read = [chain.follow(line) for line in lines]
    assert [{k: v for k, v in one.items() if k not in {"before", "hash"}} for one in read if one] == entries
    assert is_whole(lines, chain.head)


@given(ENTRIES, st.data())
def test_any_edited_byte_is_found(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    lines = chained(entries)
    head = followed(lines).head
    whole = b"".join(lines)
    place = data.draw(st.integers(0, len(whole) - 2), label="place")
    byte = data.draw(st.integers(0, 255).filter(lambda one: one != whole[place]), label="byte")
    edited = whole[:place] + bytes([byte]) + whole[place + 1 :]
    assert not is_whole(edited.splitlines(keepends=True), head)


@given(ENTRIES, st.data())
def test_any_removed_line_is_found(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    lines = chained(entries)
    head = followed(lines).head
    first = data.draw(st.integers(0, len(lines) - 1), label="first")
    last = data.draw(st.integers(first + 1, len(lines)), label="last")
    assert not is_whole(lines[:first] + lines[last:], head)


@given(ENTRIES.filter(lambda entries: len(entries) > 1), st.data())
def test_any_two_lines_in_each_others_place_are_found(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    lines = chained(entries)
    head = followed(lines).head
    one, other = data.draw(st.lists(st.integers(0, len(lines) - 1), min_size=2, max_size=2, unique=True))
    lines[one], lines[other] = lines[other], lines[one]
    assert not is_whole(lines, head)


@given(ENTRIES, st.data())
def test_any_line_that_stands_twice_or_was_added_is_found(entries: list[dict[str, Any]], data: st.DataObject) -> None:
    lines = chained(entries)
    head = followed(lines).head
    place = data.draw(st.integers(0, len(lines)), label="place")
    own = sealed({"event": "added"}, followed(lines[:place]).head)
    for added in (data.draw(st.sampled_from(lines)), canonical(own) + b"\n"):
        longer = [*lines[:place], added, *lines[place:]]
        if place < len(lines):
            assert not is_whole(longer, head)


@given(ENTRIES, st.data())
def test_a_line_that_was_edited_and_sealed_anew_is_found_by_the_next_or_the_head(
    entries: list[dict[str, Any]], data: st.DataObject
) -> None:
    lines = chained(entries)
    head = followed(lines).head
    place = data.draw(st.integers(0, len(lines) - 1))
    entry = json.loads(lines[place])
    forged = sealed(
        {**{k: v for k, v in entry.items() if k not in {"hash", "before"}}, "event": "forged"}, entry["before"]
    )
    lines[place] = canonical(forged) + b"\n"
    assert not is_whole(lines, head)


def test_a_chain_made_wholly_anew_is_found_by_a_hash_that_was_kept_elsewhere() -> None:
    lines = chained([{"event": "begun"}, {"event": "ended"}])
    forged = chained([{"event": "begun"}, {"event": "ended", "ok": True}])
    assert is_whole(forged, followed(forged).head)
    assert not is_whole(forged, followed(lines).head)


Spoil = Callable[[list[bytes]], list[bytes]]
BLANK: Spoil = lambda lines: [lines[0], lines[1].replace(b'":', b'": ', 1), *lines[2:]]  # noqa: E731
FAULTS: dict[str, tuple[Spoil, int, str]] = {
    "edited": (lambda lines: [lines[0], lines[1].replace(b"armed", b"saved"), *lines[2:]], 2, "edited"),
    "a blank more": (BLANK, 2, "edited"),
    "removed": (lambda lines: [lines[0], *lines[2:]], 2, "order"),
    "moved": (lambda lines: [lines[0], lines[2], lines[1], lines[3]], 2, "order"),
    "garbage": (lambda lines: [lines[0], b"garbage\n", *lines[2:]], 2, "unreadable"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_the_first_broken_place_is_told(name: str) -> None:
    spoil, line, what = FAULTS[name]
    lines = chained([{"event": "begun"}, {"stage": "armed"}, {"stage": "applied"}, {"event": "ended"}])
    fault = followed(spoil(lines)).fault
    assert isinstance(fault, Fault)
    assert (fault.line, fault.what) == (line, what)
    assert fault.expected != fault.found


def test_half_a_line_is_told_by_the_next_and_what_it_was_cannot_be_changed() -> None:
    lines = chained([{"event": "begun"}])
    torn = b'{"event":"sta\n'
    told = canonical(sealed(torn_entry(torn), followed(lines).head)) + b"\n"
    chain = followed([*lines, torn, told])
    assert (chain.fault, chain.tears, chain.torn) == (None, 1, b"")
    spoiled = followed([*lines, b'{"event":"sto\n', told]).fault
    assert spoiled is not None
    assert (spoiled.line, spoiled.what) == (2, "unreadable")
    gone = followed([*lines, told]).fault
    assert gone is not None
    assert gone.what == "unreadable"


def test_half_a_character_does_not_stop_the_journal() -> None:
    lines = chained([{"limit": "\udc80"}])
    assert followed(lines).fault is None
    assert json.loads(lines[0])["limit"] == "\udc80"
