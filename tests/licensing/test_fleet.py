"""Many terminals at once, and everything that can be wrong with one."""

from __future__ import annotations

import time
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from sanso.lab.wsman.authority import Authority
from sanso.licensing.fleet import Fleet, Limits
from sanso.licensing.outcome import Outcome, Status
from sanso.licensing.terminal import Loan, Terminal
from sanso.licensing.wanted import Wanted
from sanso.licensing.work import Work
from tests.terminals import KEY, KMS, RunningTerminals

BY_KMS = (Wanted("windows", "kms", kms_host=KMS),)
QUICK = {"connect_timeout": 0.5, "timeout": 1.0}


def terminal(lab: RunningTerminals, name: str, *, loan: Loan | None = None, **changes: object) -> Terminal:
    return Terminal(name, lab.endpoint(name, **{**QUICK, **changes}), BY_KMS, loan=loan)


def run(*terminals: Terminal, limits: Limits | None = None) -> list[Outcome]:
    return Fleet(limits or Limits(), check=False).run(terminals)


def test_what_is_wrong_is_told_apart(lab: RunningTerminals, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanso.wsman.transport.MARGIN", 0.0)
    for name in ("fine", "password", "denied", "refused", "slow", "asleep"):
        lab.add(name)
    lab.terminals["denied"].behaviour.denied = True
    lab.terminals["slow"].behaviour.delay = 2.5
    lab.stop("refused")
    lab.sleep("asleep")
    found = run(
        terminal(lab, "fine"),
        terminal(lab, "password", password="wrong"),  # noqa: S106
        terminal(lab, "denied"),
        terminal(lab, "refused"),
        terminal(lab, "slow"),
        terminal(lab, "asleep"),
        Terminal("name", lab.endpoint("fine", host="no-such-host.invalid"), BY_KMS),
        limits=Limits(rounds=1),
    )
    assert {one.hostname: one.trouble for one in found} == {
        "fine": None,
        "password": "credentials",
        "denied": "denied",
        "refused": "refused",
        "slow": "timeout",
        "asleep": "unreachable",
        "name": "name",
    }
    assert found[0].status is Status.CHANGED


def test_a_third_that_is_off_stops_nobody(lab: RunningTerminals) -> None:
    names = [f"pc-{number}" for number in range(60)]
    for number, name in enumerate(names):
        lab.add(name)
        if number % 3 == 0:
            lab.sleep(name)
    started = time.monotonic()
    found = run(*(terminal(lab, name) for name in names))
    assert [one.hostname for one in found] == names
    assert Counter(one.status for one in found) == {Status.CHANGED: 40, Status.NOT_REACHED: 20}
    assert time.monotonic() - started < 30, "twenty that are off are waited for together"


def test_a_terminal_that_wakes_up_meanwhile_is_worked_on_at_the_end(lab: RunningTerminals) -> None:
    for name in ("early", "late"):
        lab.add(name)
    lab.sleep("late")
    told: list[tuple[str, Status]] = []

    def report(outcome: Outcome) -> None:
        told.append((outcome.hostname, outcome.status))
        if outcome.hostname == "early":
            lab.wake("late")

    Fleet(Limits(), check=False, report=report).run([terminal(lab, "late"), terminal(lab, "early")])
    assert told == [("early", Status.CHANGED), ("late", Status.CHANGED)]


def test_a_tablet_on_loan_may_be_away_and_is_worked_on_where_it_is_not(lab: RunningTerminals) -> None:
    for name in ("away", "here"):
        lab.add(name)
    lab.sleep("away")
    loan = Loan("welfare division", date(2026, 12, 1))
    found = run(terminal(lab, "away", loan=loan), terminal(lab, "here", loan=loan))
    assert [one.status for one in found] == [Status.ON_LOAN, Status.CHANGED]
    assert loan.overdue(date(2026, 12, 2))
    assert not loan.overdue(date(2026, 12, 1))


def test_a_fault_of_the_program_at_one_terminal_stops_nobody(
    lab: RunningTerminals, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("odd", "fine"):
        lab.add(name)
    ensure = Work.ensure

    def broken(self: Work, wanted: tuple[Wanted, ...]) -> None:
        if self.outcome.hostname == "odd":
            raise RuntimeError(f"something about {KEY}")
        ensure(self, wanted)

    monkeypatch.setattr(Work, "ensure", broken)
    odd, fine = run(terminal(lab, "odd"), terminal(lab, "fine"))
    assert (odd.trouble, odd.detail) == ("answer", "RuntimeError: something about *****")
    assert fine.status is Status.CHANGED


def test_no_lane_is_flooded(lab: RunningTerminals) -> None:
    for number in range(12):
        lab.add(f"pc-{number}").behaviour.delay = 0.02
    now = most = 0

    class Counting(Work):
        def ensure(self, wanted: tuple[Wanted, ...]) -> None:  # type: ignore[override]
            nonlocal now, most
            now += 1
            most = max(most, now)
            super().ensure(wanted)
            now -= 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sanso.licensing.fleet.Work", Counting)
        found = run(*(terminal(lab, name, timeout=20.0) for name in lab.terminals), limits=Limits(per_lane=2))
    assert {one.status for one in found} == {Status.CHANGED}
    assert most == 2


def test_lanes_are_named_by_what_is_shared(lab: RunningTerminals) -> None:
    lab.add("pc")
    endpoint = lab.endpoint("pc")
    by_mak = (Wanted("office", "mak", KEY),)
    assert Terminal("pc", endpoint, BY_KMS, "hall").lane == f"kms {KMS}"
    assert Terminal("pc", endpoint, by_mak, "hall").lane == "breakout hall"
    assert Terminal("pc", endpoint, (), "hall").lane == ""


def test_the_digest_changes_with_the_wish_and_holds_no_key(lab: RunningTerminals) -> None:
    lab.add("pc")
    one, other = (Terminal("pc", lab.endpoint("pc"), (Wanted("windows", "kms", key),)) for key in (KEY, ""))
    assert one.digest != other.digest
    assert KEY not in repr(one)


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    folder = tmp_path / "authority"
    folder.mkdir()
    return Authority(folder)


def https(lab: RunningTerminals, authority: Authority, name: str, address: str) -> None:
    """Add a terminal that listens over https with a certificate for an address."""
    made = authority.terminal(name, address)
    lab.add(name, certificate=made.certificate, key=made.key)


def test_over_https_the_certificate_has_to_be_the_terminals_own(lab: RunningTerminals, authority: Authority) -> None:
    https(lab, authority, "fine", f"{lab.network}.0.1")
    https(lab, authority, "moved", "127.0.0.99")
    trusted = {"scheme": "https", "ca_file": str(authority.own.certificate)}
    found = run(
        terminal(lab, "fine", **trusted),
        terminal(lab, "moved", **trusted),
        Terminal("untrusted", lab.endpoint("fine", scheme="https"), BY_KMS),
    )
    assert [one.trouble for one in found] == [None, "certificate", "certificate"]


def test_it_stops_where_nobody_waits_for_it(lab: RunningTerminals) -> None:
    for number in range(20):
        lab.add(f"pc-{number}")
    done: list[Outcome] = []
    fleet = Fleet(Limits(workers=2), check=False, report=done.append, stopped=lambda: len(done) >= 5)
    found = fleet.run([terminal(lab, name) for name in lab.terminals])
    assert 5 <= len(found) == len(done) < 15
