"""What becomes of wireless when the city enters another state, told before anybody has to know."""

from __future__ import annotations

from sanso.change.compare import Difference
from sanso.change.plan import commands
from sanso.change.wireless.compare import differences
from sanso.change.wireless.plan import plan
from sanso.change.wireless.scope import effective
from sanso.city import City
from sanso.city.state import STATES, State
from sanso.platforms import load_controller
from sanso.render.wireless import intend_wireless


def both_ways(city: City) -> dict[tuple[str, State], list[str]]:
    """Commands by controller and state to enter, from the other state as the inventory intends it."""
    facts = {state: intend_wireless(city.in_state(state)) for state in STATES}
    found: dict[tuple[str, State], list[str]] = {}
    for state, other in zip(STATES, reversed(STATES), strict=True):
        for host, controller in city.controllers.items():
            before, after = effective(facts[other][host]), effective(facts[state][host])
            found[host, state] = commands(plan(load_controller(controller.platform), before, after))
    return found


def of_points(city: City) -> dict[tuple[str, State], list[Difference]]:
    """What differs at each access point that is configured by itself, by host and state to enter."""
    facts = {state: intend_wireless(city.in_state(state)) for state in STATES}
    layers = {segment.vlan: str(segment.layer) for segment in city.segments.values()}
    return {
        (host, state): differences(effective(facts[other][host]), effective(facts[state][host]), layers)
        for state, other in zip(STATES, reversed(STATES), strict=True)
        for host, point in city.access_points.items()
        if point.controller is None
    }
