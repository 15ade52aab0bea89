"""The proof as a gate around the work on one device of the embedded city; all others are as intended."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from sanso.change import Assessment
from sanso.city import City, load_city
from sanso.devices import Gate, Job, Known, Options, Outcome, Status, run_fleet
from sanso.devices.job import change, look
from sanso.devices.session import Session
from sanso.lab.inventory import inventory_specs
from sanso.messages import Language
from sanso.render import Intent, intend_city, intended_snapshots
from sanso.report import Separation, proof_lines, record
from tests.emulated import EmulatedDevices, emulated, free_port

INVENTORY = Path(__file__).resolve().parents[2] / "inventories" / "lab"
HOST = "hoikusho-east-1"
LINE = "TenGigabitEthernet1/1/1"
"""The branch's line: somebody else configures it."""
BRIDGED = [f"interface {LINE}", "switchport", "switchport mode trunk", "exit"]
UNKNOWN_HOP = ["ip route 10.99.0.0 255.255.0.0 10.21.1.77"]
HARMLESS = ["ip route 10.99.0.0 255.255.0.0 Null0"]
CHECK, APPLY = Options(check=True), Options(check=False, timer=1)


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(INVENTORY)


@pytest.fixture(scope="module")
def intents(city: City) -> dict[str, Intent]:
    return intend_city(city)


@pytest.fixture
def gate(city: City, intents: dict[str, Intent]) -> Gate:
    return Gate(city, Known(intended_snapshots(intents)))


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[EmulatedDevices]:
    spec = next(spec for spec in inventory_specs(INVENTORY) if spec.name == HOST)
    with emulated([replace(spec, port=free_port())], tmp_path) as devices:
        yield devices


@pytest.fixture
def job(lab: EmulatedDevices, intents: dict[str, Intent]) -> Job:
    return Job(lab.target(HOST), intents[HOST])


def work(job: Job, gate: Gate, options: Options = APPLY) -> Outcome:
    (outcome,) = run_fleet([job], options, gate)
    return outcome


def by_hand(lab: EmulatedDevices, lines: Sequence[str]) -> None:
    shell = lab.call(lambda: lab[HOST].shell(privileged=True))
    for line in ["configure terminal", *lines, "end"]:
        answer = lab.call(lambda line=line: shell.execute(line)) or ""
        assert "%" not in answer, (line, answer)


def running(lab: EmulatedDevices) -> list[str]:
    lines = lab.call(lab[HOST].running_config).splitlines()
    return [line for line in lines if not line.startswith(("!", "Building", "Current"))]


@pytest.fixture
def sent_too(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[str]], None]:
    """Make the device take more than it is sent, once."""

    def add(lines: Sequence[str]) -> None:
        send, left = Session.send, [*lines]

        def more(session: Session, commands: Sequence[str]) -> None:
            send(session, [*commands, *left])
            left.clear()

        monkeypatch.setattr(Session, "send", more)

    return add


def test_a_factory_device_joins_layers_and_the_rollout_ends_that(job: Job, gate: Gate) -> None:
    assert gate.verdict().holds
    assert work(job, gate, CHECK).status is Status.DRIFT
    found = Separation(gate.verdict(), gate.read)
    assert found.of_hosts().keys() == {HOST}
    assert work(job, gate).status is Status.CHANGED
    assert gate.verdict().holds


def test_a_change_that_leaves_what_is_expected_needs_no_proof(
    job: Job, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Gate, "_compare", None)
    assert work(job, gate).status is Status.CHANGED


def test_a_change_that_opens_something_on_its_way_is_refused(
    job: Job, gate: Gate, lab: EmulatedDevices, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert work(job, gate).status is Status.CHANGED
    by_hand(lab, ["ip access-list extended SANSO-lgwan_staff-IN-V4", "1 permit tcp any any eq 3389"])
    before = running(lab)
    acl = "ip access-list extended SANSO-lgwan_staff-IN-V4"
    monkeypatch.setattr(Assessment, "commands", [acl, "2 permit ip any any", "no 2", "no 1", "exit"])
    for options in (CHECK, APPLY):
        outcome = work(job, gate, options)
        assert outcome.status is Status.REFUSED
        assert running(lab) == before
        told = record(outcome, options, "en")
        assert "on its way the change would open" in told["message"]
        assert "2 permit ip any any" in told["findings"][0]["text"]


@pytest.mark.parametrize(("lines", "rule"), [(BRIDGED, "TOPO-08"), (UNKNOWN_HOP, "TOPO-09")])
@pytest.mark.parametrize(("lang", "words"), [("en", "no longer be apart"), ("ja", "層の分離が保たれません")])
def test_a_change_that_left_more_than_it_should_is_undone(
    job: Job,
    gate: Gate,
    lab: EmulatedDevices,
    sent_too: Callable[[Sequence[str]], None],
    lines: list[str],
    rule: str,
    lang: Language,
    words: str,
) -> None:
    before = running(lab)
    sent_too(lines)
    outcome = work(job, gate)
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored) == ("separation", True)
    assert {finding.rule for finding in outcome.error.findings} == {rule}
    assert running(lab) == before
    told = record(outcome, APPLY, lang)
    assert words in told["message"]
    assert rule in told["findings"][0]["text"]


def test_more_than_was_sent_stays_where_nothing_crosses_by_it(
    job: Job, gate: Gate, lab: EmulatedDevices, sent_too: Callable[[Sequence[str]], None]
) -> None:
    sent_too(HARMLESS)
    assert work(job, gate).status is Status.CHANGED
    assert HARMLESS[0] in running(lab)


def test_what_was_open_before_does_not_stop_a_change_and_is_told_after_it(
    job: Job, gate: Gate, lab: EmulatedDevices, sent_too: Callable[[Sequence[str]], None]
) -> None:
    by_hand(lab, BRIDGED)
    sent_too(HARMLESS)
    outcome = work(job, gate)
    assert outcome.status is Status.CHANGED
    crossings = Separation(gate.verdict(), gate.read).of_hosts()[HOST]
    assert {finding.rule for finding in crossings} == {"TOPO-08"}
    told = record(outcome, APPLY, "en", crossings)
    assert told["status"] == "failed"
    assert "The layers are not apart on it" in told["message"]


def test_what_is_not_understood_is_told_and_stops_nothing(job: Job, gate: Gate, lab: EmulatedDevices) -> None:
    by_hand(lab, UNKNOWN_HOP)
    assert work(job, gate).status is Status.CHANGED
    found = Separation(gate.verdict(), gate.read)
    assert (found.of_hosts(), [one.rule for one in found.unproved]) == ({}, ["TOPO-09"])
    assert not found.as_dict("en")["holds"]
    assert found.summary("en").startswith("not proved")


def test_a_device_that_somebody_changed_since_is_let_be(job: Job, gate: Gate, lab: EmulatedDevices) -> None:
    outcome = look(job, APPLY, gate)
    by_hand(lab, ["vlan 666", "exit"])
    before = running(lab)
    change(job, outcome, APPLY, gate)
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored, outcome.status) == ("moved", None, Status.FAILED)
    assert running(lab) == before


def test_a_device_that_is_not_reached_is_taken_as_intended(gate: Gate, job: Job) -> None:
    outcome = work(replace(job, target=replace(job.target, port=free_port())), gate)
    assert outcome.status is Status.UNREACHABLE
    found = Separation(gate.verdict(), gate.read)
    assert found.verdict.holds
    assert "taken to be as the inventory has them: 23" in proof_lines(found.as_dict("en"), "en")[1]


def test_what_a_wave_read_is_known_to_the_next_and_told_once(job: Job, gate: Gate, city: City) -> None:
    assert work(job, gate, CHECK).status is Status.DRIFT
    found = Separation(gate.verdict(), gate.read)
    known = gate.handed(found.faults())
    assert known.snapshots.keys() == known.read == {HOST}
    snapshots = gate.known
    later = Gate(city, replace(pickle.loads(pickle.dumps(known)), snapshots=snapshots))  # noqa: S301 - made here
    other = next(host for host in city.devices if host != HOST)
    later.read.add(other)
    again = Separation(later.verdict(), later.read, None, {other}, frozenset(later.told))
    assert len(again.crossings) == len(found.crossings) > 0
    assert (again.of_hosts(), again.lines("en")) == ({}, [])
    assert Separation(later.verdict(), later.read, None, {other}).of_hosts().keys() == {other}
