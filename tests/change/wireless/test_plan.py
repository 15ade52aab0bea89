"""Replay every command of random changes and look at what is on the air after each."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from sanso.change.plan import commands
from sanso.change.wireless import plan
from sanso.network.on_air import on_air
from sanso.network.wireless import WirelessFacts
from sanso.platforms import load_controller
from tests.change.wireless.strategies import facts

EMPTY = WirelessFacts("wlc-1", "c9800")
NOS = load_controller("c9800")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(facts(), facts())
def test_no_command_puts_on_the_air_what_neither_state_does(old: WirelessFacts, new: WirelessFacts) -> None:
    held = NOS.replay(NOS.render(old))
    allowed = on_air(old) | on_air(new)
    for command in commands(plan(NOS, old, new)):
        held.send(command)
        now = NOS.parse("wlc-1", held.text)
        assert on_air(now) <= allowed, command
    reached = NOS.parse("wlc-1", held.text)
    assert reached == new
    assert plan(NOS, reached, new) == []
