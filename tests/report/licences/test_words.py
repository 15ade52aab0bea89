"""Every state, cause, problem and code has its words, in both languages."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from sanso.licensing.outcome import Doing, State, Status
from sanso.licensing.plan import ActionName
from sanso.licensing.products import Application, Channel
from sanso.messages import LANGUAGES, Language
from sanso.messages.catalogue import keys
from sanso.report.licences.words import difference_lines, explain, message
from sanso.wsman.errors import Cause

TECHNICIANS = [
    *("C004F074", "8007232B", "8007251D", "80092328", "8007007B", "8007232A", "800706BA", "C004F038", "C004F039"),
    *("C004F041", "C004F042", "C004F06C", "C004C020", "C004F014", "80070005"),
]


@pytest.mark.parametrize("code", TECHNICIANS)
def test_a_code_that_technicians_meet_is_explained(code: str) -> None:
    for lang in LANGUAGES:
        found = explain(f"0x{code}", lang)
        assert found.what
        assert found.mend
        assert "0x2a" not in found.mend, "it says what to do, and not to look it up"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_code_that_nobody_knows_says_how_to_look_it_up(lang: Language) -> None:
    found = explain("0xC0049999", lang)
    assert "slui 0x2a 0xC0049999" in found.mend
    assert explain("0xC0049999", lang, "words of the terminal").what == "words of the terminal"


def test_everything_that_a_record_may_say_has_words() -> None:
    known = keys()
    for cause in get_args(Cause):
        assert {f"licensing.cause.{cause}.what", f"licensing.cause.{cause}.mend"} <= known
    doings = {*get_args(ActionName), *(one for part in get_args(Doing) for one in get_args(part) or ())}
    for kind, names in {
        "doing": doings,
        "would": doings,
        "state": State,
        "status": Status,
        "application": get_args(Application),
        "channel": get_args(Channel),
    }.items():
        assert {f"licensing.{kind}.{name}" for name in names} <= known


@pytest.mark.parametrize(
    "problem", ["no_product", "key_not_taken", "not_activated", "not_settled", "clock", "dns", "fault", "denied"]
)
def test_every_problem_has_words(problem: str) -> None:
    assert {f"licensing.problem.{problem}.what", f"licensing.problem.{problem}.mend"} <= keys()


def test_a_message_says_state_deed_and_mend(records: list[dict[str, Any]]) -> None:
    said = {one["host"]: message(one, "en") for one in records}
    assert said["fine"] == "fine: Windows (KMS): licensed"
    assert said["new"] == "new: Windows (KMS): licensed; done: key installed, activated"
    assert said["few"].startswith(
        "few: Windows (KMS): in grace; done: KMS host set; 0xC004F038: the KMS host has not"
    )
    assert said["login"].startswith("login: it refused name and password [refused] → check ansible_user")
    assert said["tablet"] == "tablet: on loan to <b>welfare</b>, should be back since 2026-11-01"
    assert difference_lines(records[0], "en") == []
    assert difference_lines({**records[1], "check": True}, "ja") == [
        "Windows (KMS): 認証済み\uff08予定: キーの設定, 認証\uff09"
    ]
