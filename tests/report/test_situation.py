"""Reminders of a state that is not the usual one."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sanso.city import City, load_city
from sanso.city.state import Situation
from sanso.messages import Language
from sanso.report.situation import situation_text

JST = ZoneInfo("Asia/Tokyo")
UNTIL = datetime(2026, 12, 5, 18, 0, tzinfo=JST)


@pytest.fixture(scope="module")
def city() -> City:
    city = load_city(Path(__file__).resolve().parents[2] / "inventories" / "lab")
    said = {"state": "disaster", "until": UNTIL, "approvers": ["Sato", "Suzuki"], "reason": "Flood"}
    return city.model_copy(update={"situation": Situation.model_validate(said)})


def test_nothing_is_said_in_the_usual_state(city: City) -> None:
    assert situation_text(city.in_state("normal"), UNTIL, "en") == ""


@pytest.mark.parametrize(
    ("day", "lang", "said"),
    [
        (2, "en", "disaster until 2026-12-05 18:00 (JST), in 3 d 5 h; decided by Sato and Suzuki: Flood"),
        (2, "ja", "disaster (2026-12-05 18:00 (JST) まで、あと 3 日 5 時間)。決定者: Sato・Suzuki。理由: Flood"),
        (6, "en", "SHOULD HAVE ENDED at 2026-12-05 18:00 (JST), 0 d 19 h ago"),
        (6, "ja", "2026-12-05 18:00 (JST) を 0 日 19 時間過ぎています"),
    ],
)
def test_the_end_is_reminded_of(city: City, day: int, lang: Language, said: str) -> None:
    assert said in situation_text(city, datetime(2026, 12, day, 13, 0, tzinfo=JST), lang)
