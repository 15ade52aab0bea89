"""Stages in which devices would be changed, in words."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.change.stages import rollout_stages
from sanso.city import City
from sanso.devices.job import Outcome, Status
from sanso.messages import Language, text
from sanso.rules.words import some


def stages_text(city: City, outcomes: Iterable[Outcome], lang: Language) -> str:
    """What a run would change first, and what later; empty where it would be one stage."""
    stages = rollout_stages(city, [one.hostname for one in outcomes if one.status is Status.DRIFT])
    if len(stages) < 2:
        return ""
    lines = (
        text("stage.line", lang, place=place, title=one.title(lang), count=len(one.hosts), hosts=some(one.hosts))
        for place, one in enumerate(stages, 1)
    )
    return "\n".join([text("stage.plan", lang), *(f"  {line}" for line in lines)])
