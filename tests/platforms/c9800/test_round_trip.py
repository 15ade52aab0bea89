"""What is written is read back, whatever it is."""

from __future__ import annotations

from hypothesis import given, settings

from sanso.network.wireless import WirelessFacts
from sanso.platforms import load_controller
from tests.change.wireless.strategies import facts


@settings(deadline=None)
@given(facts())
def test_facts_are_read_as_they_were_written(wanted: WirelessFacts) -> None:
    nos = load_controller("c9800")
    assert nos.parse("wlc-1", nos.render(wanted)) == wanted


@settings(deadline=None)
@given(facts())
def test_text_is_written_as_it_was_read(wanted: WirelessFacts) -> None:
    nos = load_controller("c9800")
    text = nos.render(wanted)
    assert nos.render(nos.parse("wlc-1", text)) == text


@settings(deadline=None)
@given(facts())
def test_a_replay_that_takes_no_command_is_the_same(wanted: WirelessFacts) -> None:
    nos = load_controller("c9800")
    assert nos.parse("wlc-1", nos.replay(nos.render(wanted)).text) == wanted
