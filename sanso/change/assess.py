"""One device, one question: does it hold what the city intends, and if not, what would mend it?"""

from __future__ import annotations

from dataclasses import dataclass

from sanso.change.compare import Difference, differences
from sanso.change.guard import Removal, removal
from sanso.change.plan import Step, commands, plan
from sanso.change.scope import in_scope, target
from sanso.network.facts import Facts
from sanso.platforms.platform import Platform
from sanso.render.intent import Intent


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


def assess(platform: Platform, running: Facts, intent: Intent) -> Assessment:
    """Compare a device with its intent and plan the change."""
    scoped, wanted = in_scope(running, intent), target(running, intent)
    found = differences(scoped, wanted, intent, platform)
    steps = plan(platform, scoped, wanted) if found else []
    return Assessment(found, steps, removal(scoped, wanted))
