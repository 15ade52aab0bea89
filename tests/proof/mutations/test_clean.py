"""The cities as rendered: everything is read, and nothing is reported."""

from __future__ import annotations

import pytest

from sanso.proof.lint import lint
from tests.proof.mutations.harness import World


@pytest.mark.parametrize("name", ["lab", "generated"])
def test_nothing_is_reported_of_a_clean_city(name: str, worlds: dict[str, World]) -> None:
    outcome = worlds[name].outcome()
    assert outcome.topology.findings == []
    assert outcome.proof.crossings == []
    assert outcome.proof.unread == []
    assert outcome.proof.holds
    assert outcome.proof.sources > 0
    assert outcome.proof.pairs
    assert not any(outcome.proof.pairs.values())


@pytest.mark.parametrize("name", ["lab", "generated"])
def test_there_is_nothing_to_tidy_up_in_a_clean_city(name: str, worlds: dict[str, World]) -> None:
    world = worlds[name]
    assert lint(world.snapshots, world.city) == []
    closing = [one for one in lint(world.snapshots, world.city, redundant=True) if one.rule != "LINT-03"]
    assert closing == []
