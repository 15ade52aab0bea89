"""Who may be put back, by what the gate behind it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sanso.devices.rollback import RollbackGate
from sanso.messages import Finding
from sanso.network.snapshot import Line
from sanso.proof.findings import Step, error

PLANS = {"a": ["vlan 1"], "b": ["vlan 2"], "c": ["vlan 3"]}


def crossing(host: str, through: str = "", rule: str = "PROOF-01") -> Finding:
    line = Line(f"{host} (after)", 7, "permit ip any any")
    return error(rule, line, {"device": host}, chain=[Step(through, "Vlan10", line)] if through else [])


class Gate:
    """Finds what it is told to, at the end where all of the devices that are named with it are put back."""

    def __init__(self, ends: Mapping[str, Finding], opens: Mapping[str, Finding] | None = None) -> None:
        self.ends = ends
        self.opens = opens or {}
        self.planned: set[str] = set()
        self.asked: list[list[str]] = []

    def note(self, host: str, text: str) -> None: ...

    def admit(self, host: str, text: str) -> None: ...

    def plan(self, commands: Mapping[str, Sequence[str]]) -> dict[str, list[Finding]]:
        self.asked.append(sorted(commands))
        refused = {host: [self.opens[host]] for host in commands if host in self.opens}
        self.planned = set(commands) - set(refused)
        return refused

    def end(self) -> list[Finding]:
        return [finding for hosts, finding in self.ends.items() if self.planned.issuperset(hosts.split())]


def planned(gate: Gate, moved: str = "") -> dict[str, list[str]]:
    back = RollbackGate(gate, "run", lambda host, _: host != moved)
    for host in PLANS:
        back.note(host, "text")
    return {host: [one.rule for one in found] for host, found in back.plan(PLANS).items()}


def test_all_go_back_where_nothing_is_found() -> None:
    assert planned(Gate({})) == {}


def test_a_device_that_was_changed_since_stays_and_the_others_go_back() -> None:
    gate = Gate({})
    assert planned(gate, moved="b") == {"b": ["BACK-01"]}
    assert gate.asked == [["a", "c"]]


def test_a_device_at_whose_old_line_something_crosses_stays_and_the_rest_is_planned_anew() -> None:
    gate = Gate({"b": crossing("b")})
    assert planned(gate) == {"b": ["BACK-02", "PROOF-01"]}
    assert gate.asked == [["a", "b", "c"], ["a", "c"]]


def test_every_device_on_the_way_of_what_crosses_stays() -> None:
    assert planned(Gate({"b c": crossing("elsewhere", through="c")})) == {"c": ["BACK-02", "PROOF-01"]}


def test_what_crosses_newly_and_names_no_device_keeps_all_of_them() -> None:
    assert planned(Gate({"b": crossing("elsewhere")})).keys() == PLANS.keys()


def test_what_crosses_anyway_elsewhere_keeps_nobody() -> None:
    assert planned(Gate({"": crossing("elsewhere")})) == {}


def test_what_is_not_understood_keeps_nobody() -> None:
    assert planned(Gate({"b": crossing("b", rule="PROOF-02")})) == {}


def test_what_opens_on_the_way_is_told_as_in_any_change() -> None:
    assert planned(Gate({}, {"a": crossing("a", rule="PROOF-05")})) == {"a": ["PROOF-05"]}
