"""The cities as rendered: everything is read, and nothing is reported."""

from __future__ import annotations

import pytest

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
