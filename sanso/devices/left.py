"""Why a device is not begun, though it could be changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sanso.change.stages import RolloutStage
from sanso.city.site import Site
from sanso.messages import Language, text
from sanso.rules.words import some


@dataclass(frozen=True)
class StageFailed:
    """An earlier stage failed."""

    stage: RolloutStage
    hosts: tuple[str, ...]
    """Those of it that failed."""

    def why(self, lang: Language) -> str:
        """In words."""
        return text("stage.left.failed", lang, title=self.stage.title(lang), hosts=some(self.hosts))


@dataclass(frozen=True)
class WindowEnds:
    """The maintenance window of a site has no room for it any more."""

    site: Site
    ends: datetime | None
    """None where it is over."""
    opens: datetime | None
    """The next one; None where none is in sight."""
    lasting: timedelta | None
    """How long the change is taken to last; None where nothing was measured."""
    timer: int
    """Of the device, in minutes."""

    def why(self, lang: Language) -> str:
        """In words."""
        site = self.site.name_ja if lang == "ja" else self.site.name
        opens = _moment(self.opens) if self.opens is not None else text("stage.left.never", lang)
        if self.ends is None:
            return text("stage.left.over", lang, site=site, opens=opens)
        lasting = (
            text("stage.left.unmeasured", lang)
            if self.lasting is None
            else text("stage.left.seconds", lang, count=ceil(self.lasting.total_seconds()))
        )
        ends = _moment(self.ends)
        return text("stage.left.ends", lang, site=site, ends=ends, opens=opens, lasting=lasting, timer=self.timer)


Left = StageFailed | WindowEnds


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M (%Z)")
