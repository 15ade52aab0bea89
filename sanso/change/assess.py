"""One device, one question: does it hold what the city intends, and if not, what would mend it?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import singledispatch

from sanso.change import wireless
from sanso.change.compare import Difference, differences
from sanso.change.guard import Removal, removal
from sanso.change.plan import Step, commands, plan
from sanso.change.scope import in_scope, target
from sanso.platforms import load_controller, load_platform
from sanso.render.intent import Intent
from sanso.render.wireless import WirelessIntent


@dataclass(frozen=True)
class Assessment:
    """Differences in scope and the steps that mend them; both empty on a device in sync."""

    differences: list[Difference]
    steps: list[Step]
    removal: Removal

    @property
    def in_sync(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def commands(self) -> list[str]:
        """All commands, in order."""
        return commands(self.steps)


@singledispatch
def assess(intent: Intent | WirelessIntent, text: str) -> Assessment:  # noqa: ARG001 - for those that are registered
    """Compare what a device holds with its intent and plan the change, each kind of device in its own way.

    Args:
        intent: what the city intends for the device.
        text: its running configuration.

    Raises:
        ParseError: the text is no whole running configuration.
    """
    raise TypeError(f"no way to assess a {type(intent).__name__}")


@assess.register
def _switch(intent: Intent, text: str) -> Assessment:
    platform = load_platform(intent.facts.platform)
    running = platform.parse(intent.facts.hostname, text)
    scoped, wanted = in_scope(running, intent), target(running, intent)
    found = differences(scoped, wanted, intent, platform)
    steps = plan(platform, scoped, wanted) if found else []
    return Assessment(found, steps, removal(scoped, wanted))


@assess.register
def _controller(intent: WirelessIntent, text: str) -> Assessment:
    platform = load_controller(intent.facts.platform)
    running, wanted = wireless.sides(platform.parse(intent.facts.hostname, text), intent)
    found = wireless.differences(running, wanted, intent.layers)
    steps = wireless.plan(platform, running, wanted) if found else []
    return Assessment(found, steps, wireless.removal(running, wanted))
