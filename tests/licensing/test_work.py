"""Work on one terminal, against an emulated one over the real protocol."""

from __future__ import annotations

import pytest

from sanso.licensing.fleet import license_terminal
from sanso.licensing.outcome import Outcome, State, Status
from sanso.licensing.terminal import Terminal
from sanso.licensing.wanted import Wanted
from tests.terminals import KEY, KMS, OFFICE_KEY, WRONG_KEY, RunningTerminals, office, windows

BY_KMS = Wanted("windows", "kms", kms_host=KMS)
SHARED = ("software\\microsoft\\office\\clicktorun\\configuration", "sharedcomputerlicensing")


def work(lab: RunningTerminals, *wanted: Wanted, check: bool = False, name: str = "pc") -> Outcome:
    return license_terminal(Terminal(name, lab.endpoint(name), wanted), check=check)


def test_a_terminal_is_sent_to_its_kms_host_and_activated(lab: RunningTerminals) -> None:
    lab.add("pc")
    outcome = work(lab, BY_KMS)
    assert outcome.status is Status.CHANGED, outcome
    assert outcome.results[0].done == ["kms_host", "activate"]
    assert outcome.results[0].state is State.LICENSED
    assert lab.world.kms[KMS].served == 1


def test_an_activated_terminal_costs_one_message(lab: RunningTerminals) -> None:
    terminal = lab.add("pc", windows("WIN11", status=1, reason=0, kms_host=KMS))
    outcome = work(lab, BY_KMS)
    assert (outcome.status, outcome.messages, terminal.messages) == (Status.IN_SYNC, 1, 1)


def test_check_mode_tells_what_would_be_done_and_does_nothing(lab: RunningTerminals) -> None:
    terminal = lab.add("pc", windows())
    before = repr(terminal.classes.licences.held)
    outcome = work(lab, Wanted("windows", "kms", KEY, KMS), check=True)
    assert outcome.status is Status.PENDING
    assert outcome.results[0].done == ["install_key", "activate"]
    assert repr(terminal.classes.licences.held) == before


def test_a_key_is_installed_where_another_one_is(lab: RunningTerminals) -> None:
    lab.add("pc", windows("OTHER", status=1, reason=0))
    wanted = Wanted("windows", "kms", KEY, KMS)
    outcome = work(lab, wanted)
    assert outcome.results[0].done == ["install_key", "refresh", "kms_host", "activate"]
    assert (outcome.results[0].partial_key, outcome.results[0].state) == ("WIN11", State.LICENSED)
    assert work(lab, wanted).status is Status.IN_SYNC


def test_drift_is_seen_and_mended(lab: RunningTerminals) -> None:
    terminal = lab.add("pc", windows("WIN11", status=1, reason=0, kms_host=KMS))
    terminal.classes.licences.held[0].kms_host = "kms.elsewhere.example"
    assert work(lab, BY_KMS, check=True).results[0].done == ["kms_host", "activate"]
    assert work(lab, BY_KMS).status is Status.CHANGED
    assert work(lab, BY_KMS).status is Status.IN_SYNC


def test_a_host_that_is_to_be_found_by_dns_is_not_set(lab: RunningTerminals) -> None:
    lab.world.srv = KMS
    terminal = lab.add("pc", windows("WIN11", kms_host="old.example"))
    assert work(lab, Wanted("windows", "kms")).results[0].done == ["clear_kms", "activate"]
    assert terminal.classes.licences.held[0].kms_host == ""


def test_a_mak_is_installed_and_activated(lab: RunningTerminals) -> None:
    lab.add("pc", windows("WIN11", status=1, reason=0, kms_host=KMS))
    outcome = work(lab, BY_KMS, Wanted("office", "mak", OFFICE_KEY))
    assert [one.state for one in outcome.results] == [State.LICENSED, State.LICENSED]
    assert outcome.results[0].done == []
    assert lab.world.mak_left == 49_999


def test_ad_based_activation_is_chosen(lab: RunningTerminals) -> None:
    lab.add("pc", windows("WIN11"))
    assert work(lab, Wanted("windows", "ad")).results[0].done == ["activation_type", "activate"]
    assert work(lab, Wanted("windows", "ad")).status is Status.IN_SYNC


@pytest.mark.parametrize(("on", "before", "after"), [(True, None, "1"), (True, "0", "1"), (False, "1", "0")])
def test_shared_computer_is_set_and_read_again(
    lab: RunningTerminals, on: bool, before: str | None, after: str
) -> None:
    terminal = lab.add("pc")
    if before is not None:
        terminal.classes.registry[SHARED] = before
    wanted = Wanted("office", "subscription", shared_computer=on)
    assert work(lab, wanted, check=True).status is Status.PENDING
    assert terminal.classes.registry.get(SHARED) == before
    outcome = work(lab, wanted)
    assert (outcome.status, outcome.results[0].state) == (Status.CHANGED, State.CONFIGURED)
    assert terminal.classes.registry[SHARED] == after
    again = work(lab, wanted)
    assert (again.status, again.messages) == (Status.IN_SYNC, 1)


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("Activate", 0xC004F074),
        ("Activate", 0xC004F038),
        ("InstallProductKey", 0xC004F050),
        ("SetKeyManagementServiceMachine", 0x80070005),
        ("RefreshLicenseStatus", 0x80041001),
    ],
)
def test_the_code_behind_a_failed_method_is_told(lab: RunningTerminals, method: str, code: int) -> None:
    terminal = lab.add("pc", windows())
    terminal.classes.licences.refuses[method] = code
    outcome = work(lab, Wanted("windows", "kms", KEY, KMS))
    assert outcome.status is Status.FAILED
    assert outcome.results[0].code == code
    assert outcome.results[0].problem == ("denied" if code == 0x80070005 else "fault")
    assert KEY not in repr(outcome)


def test_a_key_that_is_wrong_is_refused_by_the_terminal(lab: RunningTerminals) -> None:
    lab.add("pc", windows())
    outcome = work(lab, Wanted("windows", "kms", WRONG_KEY, KMS))
    assert (outcome.results[0].problem, outcome.results[0].code) == ("fault", 0xC004F050)
    assert outcome.results[0].done == []


def test_without_a_product_and_a_key_nothing_can_be_done(lab: RunningTerminals) -> None:
    lab.add("pc", windows())
    assert work(lab, BY_KMS).results[0].problem == "no_product"


def test_a_clock_that_is_off_is_found_before_anything_is_changed(lab: RunningTerminals) -> None:
    terminal = lab.add("pc")
    terminal.classes.licences.clock_minutes = -300
    outcome = work(lab, BY_KMS)
    assert outcome.results[0].problem == "clock"
    assert terminal.classes.licences.held[0].kms_host == ""


def test_a_terminal_without_dns_is_told_so_where_it_needs_names(lab: RunningTerminals) -> None:
    lab.add("pc").classes.dns_servers = ()
    assert work(lab, Wanted("windows", "kms", kms_host="kms.example")).results[0].problem == "dns"
    assert work(lab, BY_KMS).status is Status.CHANGED, "an address needs no DNS"


def test_a_terminal_that_stays_without_licence_after_success_has_failed(lab: RunningTerminals) -> None:
    terminal = lab.add("pc")
    terminal.classes.licences.activate = lambda _: 0  # type: ignore[method-assign]
    outcome = work(lab, BY_KMS)
    assert outcome.results[0].problem == "not_activated"
    assert outcome.results[0].code == 0xC004F034


def test_one_application_that_fails_leaves_the_other_alone(lab: RunningTerminals) -> None:
    lab.world.mak_left = 0
    lab.add("pc", windows("WIN11"), office("OFF24"))
    outcome = work(lab, BY_KMS, Wanted("office", "mak", OFFICE_KEY))
    assert [(one.state, one.code) for one in outcome.results] == [
        (State.LICENSED, None),
        (State.UNLICENSED, 0xC004C020),
    ]


def test_an_unknown_status_is_an_answer_that_cannot_be_read(lab: RunningTerminals) -> None:
    lab.add("pc", windows("WIN11", status=9))
    assert work(lab, BY_KMS).trouble == "answer"
