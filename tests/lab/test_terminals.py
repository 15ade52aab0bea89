"""Terminals of a lab in the background: found by its command line, kept across restarts, with faults on demand."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sanso.city import city_of
from sanso.city.inventory import read_inventory
from sanso.lab.spec import SpecError
from sanso.lab.wsman.faults import FAULTS
from sanso.lab.wsman.inventory import terminal_specs
from sanso.lab.wsman.spec import Edition, TerminalSpec, TerminalSpecs, load_terminals, written
from sanso.licensing.fleet import license_terminal
from sanso.licensing.outcome import Outcome
from sanso.licensing.terminal import Terminal
from sanso.licensing.wanted import Wanted
from sanso.wsman.endpoint import Endpoint
from tests.emulated import ADDRESS, free_port

ROOT = Path(__file__).parents[2]
USER, PASSWORD = "CITY\\ops", "emulated-ops"
BY_KMS = Wanted("windows", "kms", kms_host="kms")


class CommandLine:
    """The command, with a state directory, no devices, and two terminals: one of them over https."""

    def __init__(self, folder: Path) -> None:
        self.state = folder / "state"
        self.state.mkdir()
        self.specs = self.state / "specs.json"
        self.specs.write_text("[]", encoding="utf-8")
        self.terminals = {
            "plain": TerminalSpec("plain", ADDRESS, free_port(), editions=(Edition("windows", "kms"),)),
            "secure": TerminalSpec("secure", ADDRESS, free_port(), https=True, editions=(Edition("windows", "kms"),)),
        }
        self.write()

    def write(self) -> None:
        specs = TerminalSpecs(tuple(self.terminals.values()), {USER: PASSWORD}, {"kms": 1688})
        (self.state / "terminals.json").write_text(written(specs), encoding="utf-8")

    def __call__(self, action: str, *more: str) -> subprocess.CompletedProcess[str]:
        given = ["--specs", str(self.specs)] if action in ("start", "reset", "restart") else []
        command = [sys.executable, "-m", "sanso.lab", action, "--state", str(self.state), *given, *more]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)

    def work(self, name: str, *wanted: Wanted, check: bool = False, **how: str) -> Outcome:
        spec = self.terminals[name]
        endpoint = Endpoint(
            spec.address,
            scheme="https" if spec.https else "http",
            port=spec.port,
            username=USER,
            password=PASSWORD,
            ca_file=str(self.state / "terminals" / "ca.pem") if spec.https else "",
            connect_timeout=1.0,
            timeout=2.0,
            **how,  # type: ignore[arg-type]
        )
        return license_terminal(Terminal(name, endpoint, wanted), check=check)


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[CommandLine]:
    command = CommandLine(tmp_path)
    started = command("start")
    assert started.returncode == 0, started.stderr
    yield command
    command("stop")


def test_starts_tells_how_many_and_keeps_what_terminals_hold(lab: CommandLine) -> None:
    assert lab("status").stdout.startswith("lab is running: 0 devices (), 2 terminals")
    for name in lab.terminals:
        assert lab.work(name, BY_KMS).status == "changed"
    assert lab("restart").returncode == 0
    for name in lab.terminals:
        assert lab.work(name, BY_KMS).status == "in_sync"

    reset = lab("reset", "plain")

    assert "1 terminals are as they left the factory" in reset.stdout
    assert lab.work("plain", BY_KMS, check=True).status == "pending"
    assert lab.work("secure", BY_KMS, check=True).status == "in_sync"


def test_a_certificate_logs_in_where_the_lab_gave_it(lab: CommandLine) -> None:
    folder = lab.state / "terminals"
    shown = {"certificate": str(folder / "client.pem"), "key": str(folder / "client.key")}
    assert lab.work("secure", BY_KMS, check=True, transport="certificate", **shown).status == "pending"
    own = {"certificate": str(folder / "secure.pem"), "key": str(folder / "secure.key")}
    assert lab.work("secure", BY_KMS, check=True, transport="certificate", **own).status == "failed"
    assert [oct(file.stat().st_mode & 0o777) for file in folder.glob("*.key")] == ["0o600"] * 3


@pytest.mark.parametrize(
    ("fault", "trouble", "problem"),
    [
        ("asleep", "unreachable", ""),
        ("winrm-off", "refused", ""),
        ("denied", "denied", ""),
        ("clock", None, "clock"),
        ("no-dns", None, "dns"),
        ("kms-blocked", None, "fault"),
    ],
)
def test_a_fault_is_there_until_it_is_mended(lab: CommandLine, fault: str, trouble: str | None, problem: str) -> None:
    said = lab("fault", "plain", fault)
    assert said.stdout == f"plain: {fault}\n", said.stderr
    for _ in range(2):
        outcome = lab.work("plain", BY_KMS)
        assert (outcome.trouble, outcome.results[0].problem if outcome.results else "") == (trouble, problem)
        lab("restart")
    assert lab.work("secure", BY_KMS, check=True).trouble is None
    lab("fault", "plain", "none")
    assert lab.work("plain", BY_KMS).status == "changed"


def test_licences_are_lost_once(lab: CommandLine) -> None:
    lab.work("plain", BY_KMS)
    for _ in range(2):
        lab("fault", "plain", "lost")
        assert lab.work("plain", BY_KMS).results[0].done == ["activate"]
        lab("restart")
        assert lab.work("plain", BY_KMS).status == "in_sync"


def test_a_fault_that_is_given_while_nothing_runs_is_there_from_the_start(lab: CommandLine) -> None:
    lab("stop")
    assert "from the next start on" in lab("fault", "plain", "winrm-off").stdout
    lab("start")
    assert lab.work("plain", BY_KMS).trouble == "refused"


def test_what_is_unknown_or_taken_is_told(lab: CommandLine, tmp_path: Path) -> None:
    assert lab("fault", "nobody", "asleep").stderr == "error: no such device or terminal: nobody\n"
    assert "plain cannot be 'power'; it can be none, asleep" in lab("fault", "plain", "power").stderr
    assert "--at is for devices" in lab("fault", "plain", "asleep", "--at", "command:1").stderr
    assert "invalid choice" in lab("fault", "plain", "haunted").stderr
    other = tmp_path / "other"
    other.mkdir()
    second = CommandLine(other)
    second.terminals = {"late": replace(lab.terminals["plain"], name="late")}
    second.write()
    run = second("start")
    assert run.returncode == 1
    assert f"terminal 'late' cannot listen on {ADDRESS}:{lab.terminals['plain'].port}" in run.stderr


def test_every_fault_is_told_in_the_help() -> None:
    command = [sys.executable, "-m", "sanso.lab", "fault", "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert all(f"  {name} " in said and words in said for name, words in FAULTS.items())


SPEC = TerminalSpec("a", ADDRESS, 5985)


@pytest.mark.parametrize(
    ("terminals", "said"),
    [
        ((SPEC, SPEC), "terminal 'a' is listed twice"),
        ((SPEC, replace(SPEC, name="b")), "terminals 'a' and 'b' both claim 127.0.0.1:5985"),
        ((replace(SPEC, address="192.0.2.1"),), "192.0.2.1 is not a loopback address"),
        ((replace(SPEC, fault="haunted"),), "unknown fault 'haunted'"),
    ],
)
def test_what_cannot_be_emulated_is_refused(terminals: tuple[TerminalSpec, ...], said: str) -> None:
    with pytest.raises(SpecError, match=said):
        TerminalSpecs(terminals).check()


def test_a_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    city = read_inventory(ROOT / "inventories" / "lab")
    specs = terminal_specs(city, city_of(city))
    file = tmp_path / "terminals.json"
    file.write_text(written(specs), encoding="utf-8")
    assert load_terminals(file) == specs
    file.write_text(json.dumps({"terminals": [{"name": "a"}]}), encoding="utf-8")
    with pytest.raises(SpecError, match="no list of terminals"):
        load_terminals(file)


def test_the_embedded_city_has_every_way_of_activation_and_of_login() -> None:
    inventory = read_inventory(ROOT / "inventories" / "lab")
    specs = terminal_specs(inventory, city_of(inventory))
    assert {edition.channel for one in specs.terminals for edition in one.editions} == {
        "kms",
        "mak",
        "ad",
        "subscription",
    }
    assert {one.https for one in specs.terminals} == {True, False}
    assert {one.fault for one in specs.terminals} == {"none", "asleep", "clock"}
    assert {inventory.values(one.name)["ansible_winrm_transport"] for one in specs.terminals} == {
        "ntlm",
        "certificate",
    }
    keys = [edition.key for one in specs.terminals for edition in one.editions if edition.channel == "mak"]
    assert keys
    assert all(key.startswith("EMULA-TED") for key in keys)
