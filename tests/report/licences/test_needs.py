"""Each cause once, with its terminals, the most urgent first."""

from __future__ import annotations

from typing import Any

from sanso.licensing.outcome import State
from sanso.report.licences.needs import needs
from sanso.report.licences.table import column
from tests.report.licences.conftest import recorded, result

FEW = {"problem": "fault", "code": 0xC004F038}


def told(records: list[dict[str, Any]]) -> list[tuple[str, str, list[str]]]:
    return [(need.column, need.reason.code, hosts) for need, hosts in needs(records, "en")]


def test_the_most_urgent_come_first_and_who_is_licensed_is_in_none(records: list[dict[str, Any]]) -> None:
    found = told(records)
    assert [one[0] for one in found] == ["failed"] * 3 + ["grace", "not_reached", "on_loan"]
    assert ("grace", "0xC004F038", ["few (20 days left)"]) in found
    assert ("on_loan", "", ["tablet (on loan to <b>welfare</b>, should be back since 2026-11-01)"]) in found
    assert not any(host in {"fine", "new"} for one in found for host in one[2])


def test_terminals_with_the_same_cause_stand_together() -> None:
    records = [recorded(f"pc-{number}", "hall", result(State.UNLICENSED, **FEW)) for number in range(3)]
    assert told(records) == [("failed", "0xC004F038", ["pc-0", "pc-1", "pc-2"])]


def test_what_check_mode_would_do_is_told_in_place_of_a_cause() -> None:
    record = recorded("pc", "hall", result(State.UNLICENSED, "kms_host", "activate"), check=True)
    ((need, hosts),) = needs([record], "en")
    assert (need.column, need.application, need.reason.what, hosts) == (
        "pending",
        "Windows (KMS)",
        "set the KMS host, activate",
        ["pc"],
    )


def test_another_application_that_went_well_makes_no_failure_of_grace() -> None:
    record = recorded("pc", "hall", result(State.GRACE, **FEW), result(State.LICENSED, "install_key", "activate"))
    assert column(record) == "grace"
