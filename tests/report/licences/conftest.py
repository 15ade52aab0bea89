"""Records as a run of a fleet leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from sanso.licensing.outcome import Outcome, Result, State
from sanso.licensing.record import record
from sanso.licensing.terminal import Loan, Terminal
from sanso.wsman.endpoint import Endpoint

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def recorded(host: str, site: str = "hall", *results: Result, **outcome: Any) -> dict[str, Any]:
    """The record of one terminal."""
    found = Outcome(host, site, "lgwan", results=list(results), **outcome)
    return record(found, Terminal(host, Endpoint("192.0.2.1")), AT)


def result(state: State, *done: Any, problem: str = "", code: int | None = None, **more: Any) -> Result:
    """Windows by KMS."""
    return Result("windows", "kms", state, "Windows", "WIN11", done=list(done), problem=problem, code=code, **more)


@pytest.fixture
def records() -> list[dict[str, Any]]:
    """One of each kind."""
    licensed, grace, not_yet = State.LICENSED, State.GRACE, State.UNLICENSED
    return [
        recorded("fine", "hall", result(licensed)),
        recorded("new", "hall", result(licensed, "install_key", "activate", grace_minutes=259_200)),
        recorded("few", "hall", result(grace, "kms_host", problem="fault", code=0xC004F038, grace_minutes=30_000)),
        recorded("odd", "hall", result(not_yet, problem="fault", code=0xC0049999, detail="=cmd|' /C calc'!A0")),
        recorded("late", "north", result(not_yet, problem="clock", detail="20261124000000.000000+540")),
        recorded("login", "north", trouble="credentials", detail="refused"),
        recorded("dark", "north", trouble="unreachable", detail="no answer"),
        recorded("tablet", "", trouble="unreachable", loan=Loan("<b>welfare</b>", date(2026, 11, 1))),
    ]
