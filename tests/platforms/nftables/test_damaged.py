"""Rulesets with words lost, changed or moved: whatever they are then, reading them ends in a snapshot."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from sanso.platforms import read_snapshot

GOLDEN = Path(__file__).parent / "golden"
HEAD = "# nft list ruleset\n"
STRANGE = ("", "{", "}", '"', "#", "!=", "@", "drop", "10.0.0.0/33", "999999", "a-b", ";", ",", ":", "-1", "vmap")


@pytest.mark.parametrize("seed", range(150))
def test_text(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # damage, not secrets
    words = (GOLDEN / "ruleset.nft").read_text().split(" ")
    for _ in range(draw.choice((1, 1, 5))):
        words[draw.randrange(len(words))] = draw.choice(STRANGE)
    assert read_snapshot(HEAD + " ".join(words), "fw.cfg", "nftables").firewall is not None


@pytest.mark.parametrize("seed", range(150))
def test_json(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311  # damage, not secrets
    whole = json.loads((GOLDEN / "ruleset.json").read_text())
    for _ in range(draw.choice((1, 1, 5))):
        damage(whole, draw)
    assert read_snapshot(HEAD + json.dumps(whole), "fw.cfg", "nftables").firewall is not None


def damage(value: Any, draw: random.Random) -> None:
    """Go down at random, and put something else there."""
    while True:
        places = list(value) if isinstance(value, dict) else range(len(value))
        place = draw.choice(places) if places else None
        if place is None:
            return
        if not isinstance(value[place], dict | list) or draw.random() < 0.1:
            value[place] = draw.choice((None, "odd", -1, 2**40, [], {}, {"odd": 1}, ["odd"], True, "@odd", [[]]))
            return
        value = value[place]
