"""What became of a controller, told for each of its access points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sanso.city.wireless import AccessPoint
from sanso.devices.job import Outcome, Status
from sanso.messages import Language, text

UNTOUCHED = frozenset({Status.DRIFT, Status.CHANGED, Status.LEFT})
"""How a controller ends of which some access points may be in sync."""


def by_access_point(outcome: Outcome, points: Iterable[AccessPoint]) -> list[Outcome]:
    """The outcome of a controller for access points of it; the commands stand with the controller."""
    return [_of(outcome, point) for point in points]


def _of(outcome: Outcome, point: AccessPoint) -> Outcome:
    mine = [one for one in outcome.differences if one.kind == "ap" and one.where == point.hostname]
    status = Status.IN_SYNC if outcome.status in UNTOUCHED and not mine else outcome.status
    left = outcome.left if status is Status.LEFT else None
    told = replace(outcome, hostname=point.hostname, site=point.site, status=status, left=left)
    return replace(told, differences=mine, commands=[])


def commands_text(outcomes: Iterable[Outcome], lang: Language) -> str:
    """The commands for controllers that have no result of their own, as they were or would be sent."""
    lines: list[str] = []
    for one in outcomes:
        if one.commands:
            sent = one.status is Status.CHANGED
            lines.append(f"{one.hostname}: {text('run.commands_sent' if sent else 'run.commands', lang)}")
            lines += [f"  {command}" for command in one.commands]
    return "\n".join(lines)
