"""Work on one emulated device over SSH, and what is left of it when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from pathlib import Path
from time import monotonic
from typing import Any

import asyncssh
import pytest
from paramiko import ECDSAKey, Ed25519Key

from sanso.devices import Job, Options, Target, job
from sanso.devices.errors import DeviceError, Fault
from sanso.devices.job import Outcome, Status, run_job
from sanso.devices.open import open_session
from sanso.devices.session import Session
from sanso.lab.spec import DeviceSpec, Timing
from sanso.lab.trouble import Moment
from sanso.network.facts import Facts, Mode, Port
from sanso.network.surroundings import Heard, Surroundings
from sanso.platforms import load_platform
from sanso.platforms.eos.session import EosSession
from sanso.platforms.ios.session import IosSession
from sanso.render import Intent
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

PORTS = {"ios": ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), "eos": ("Ethernet1", "Ethernet2")}
ARCHIVE = {"ios": "hostname sw1\narchive\n path flash:archive\nvtp mode transparent\n", "eos": None}
SILENT = Surroundings(frozenset({Heard("Gi1/0/48", "core-1")}))
SESSIONS: dict[str, type[Session]] = {"ios": IosSession, "eos": EosSession}
CHECK, APPLY = Options(check=True), Options(check=False, timer=1)
FAST = 60
"""A device's minute is a second of the test."""


@pytest.fixture(params=["ios", "eos"])
def platform(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def lab(platform: str, tmp_path: Path) -> Iterator[EmulatedDevices]:
    spec = DeviceSpec("sw1", platform, ADDRESS, free_port(), PORTS[platform], startup=ARCHIVE[platform])
    with emulated([spec], tmp_path, Timing(timer_scale=FAST)) as devices:
        yield devices


def intent(platform: str, *vlans: int) -> Intent:
    """The first port in the first VLAN, the second a trunk for all of them."""
    first, second = PORTS[platform]
    ports = {
        first: Port(first, "terminal", access_vlan=vlans[0]),
        second: Port(second, "uplink", mode=Mode.TRUNK, native_vlan=998, allowed=frozenset(vlans)),
    }
    names = {**{vlan: f"s{vlan}" for vlan in vlans}, 998: "NATIVE", 999: "DEAD"}
    unused = Port("", "unused", shutdown=True, access_vlan=999)
    return Intent(Facts("sw1", platform, names, ports), unused, layers={vlans[0]: "lgwan"}, site="city_hall")


def work(lab: EmulatedDevices, wanted: Intent, options: Options = APPLY, **target: Any) -> Outcome:
    return run_job(Job(lab.target("sw1", **target), wanted), options)


def running(lab: EmulatedDevices) -> str:
    """Configuration without its comments, which tell sizes and times."""
    lines = lab.call(lab["sw1"].running_config).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("!", "Building", "Current")))


def test_a_check_tells_the_commands_and_touches_nothing(lab: EmulatedDevices, platform: str) -> None:
    before = running(lab)
    outcome = work(lab, intent(platform, 10, 20), CHECK)
    assert outcome.status is Status.DRIFT
    assert outcome.commands
    assert running(lab) == before


def test_a_run_sends_what_the_check_told_and_a_second_finds_nothing(lab: EmulatedDevices, platform: str) -> None:
    wanted = intent(platform, 10, 20)
    told = work(lab, wanted, CHECK).commands
    outcome = work(lab, wanted)
    assert (outcome.status, outcome.commands) == (Status.CHANGED, told)
    assert work(lab, wanted).status is Status.IN_SYNC
    found = load_platform(platform).parse("sw1", running(lab))
    assert dict(found.ports).items() >= dict(wanted.facts.ports).items()


def test_a_change_is_saved(lab: EmulatedDevices, platform: str) -> None:
    work(lab, intent(platform, 10))
    lab.call(lab["sw1"].reload)
    assert work(lab, intent(platform, 10), CHECK).status is Status.IN_SYNC


class Interfering:
    """Adds to what a session sends: a line that the device refuses, or the loss of the session."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, lab: EmulatedDevices) -> None:
        self.lab = lab
        self._send = Session.send
        self._patch = monkeypatch

    def refuse(self) -> None:
        def send(session: Session, commands: Sequence[str]) -> None:
            self._send(session, [*commands, "frobnicate the network"])

        self._patch.setattr(Session, "send", send)

    def hang_up(self) -> None:
        def send(session: Session, commands: Sequence[str]) -> None:
            self._send(session, commands)
            self.lab.call(self.lab["sw1"].hang_up)

        self._patch.setattr(Session, "send", send)


@pytest.fixture
def interfering(monkeypatch: pytest.MonkeyPatch, lab: EmulatedDevices) -> Interfering:
    return Interfering(monkeypatch, lab)


def test_a_refused_command_is_told_and_the_device_put_back(
    lab: EmulatedDevices, platform: str, interfering: Interfering
) -> None:
    work(lab, intent(platform, 10))
    before = running(lab)
    interfering.refuse()
    outcome = work(lab, intent(platform, 10, 20))
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert (outcome.error.command, outcome.error.restored) == ("frobnicate the network", True)
    assert "Invalid input" in outcome.error.answer
    assert running(lab) == before


def test_a_lost_session_leaves_the_device_as_it_was(
    lab: EmulatedDevices, platform: str, interfering: Interfering
) -> None:
    work(lab, intent(platform, 10))
    before = running(lab)
    interfering.hang_up()
    outcome = work(lab, intent(platform, 10, 20))
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert outcome.error.restored is True
    assert running(lab) == before


class Lost:
    """After the second login none succeeds, as long as there is a reason."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, fault: Callable[[], Fault | None]) -> None:
        self.logins = 0
        self._fault = fault
        monkeypatch.setattr(job, "open_session", self._open)
        monkeypatch.setattr(job, "PAUSE", 0.1)

    def _open(self, target: Target) -> Session:
        self.logins += 1
        if self.logins > 2 and (fault := self._fault()):
            raise DeviceError(fault, "nobody is let in")
        return open_session(target)


def test_a_device_that_is_lost_is_waited_for_until_its_timer_has_undone_the_change(
    lab: EmulatedDevices, platform: str, interfering: Interfering, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(lab, intent(platform, 10))
    before = running(lab)
    interfering.hang_up()
    lost = Lost(monkeypatch, lambda: "unreachable" if running(lab) != before else None)
    outcome = work(lab, intent(platform, 10, 20))
    assert (outcome.status, outcome.error and outcome.error.restored) == (Status.FAILED, True)
    assert running(lab) == before
    assert lost.logins > 2


def test_a_device_that_is_still_putting_itself_back_is_asked_again(
    lab: EmulatedDevices, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(lab, intent(platform, 10))
    before = running(lab)
    monkeypatch.setattr(job, "still_silent", lambda *_: SILENT)
    monkeypatch.setattr(job, "PAUSE", 0.1)
    kind = SESSIONS[platform]
    cancel = kind.cancel
    asked: list[Session] = []

    def late(session: Any) -> None:
        asked.append(session)
        if len(asked) == 3:
            cancel(session)

    monkeypatch.setattr(kind, "cancel", late)
    outcome = work(lab, intent(platform, 10, 20))
    assert (outcome.status, outcome.error and outcome.error.restored) == (Status.FAILED, True)
    assert running(lab) == before
    assert len(asked) == 3


@pytest.mark.parametrize(("fault", "waits"), [("authentication", True), ("unreachable", False)])
def test_a_device_is_not_waited_for_that_lets_nobody_in_or_where_nobody_waits(
    lab: EmulatedDevices,
    platform: str,
    interfering: Interfering,
    monkeypatch: pytest.MonkeyPatch,
    fault: Fault,
    waits: bool,
) -> None:
    work(lab, intent(platform, 10))
    interfering.hang_up()
    lost = Lost(monkeypatch, lambda: fault)
    outcome = work(lab, intent(platform, 10, 20), replace(APPLY, waits=waits))
    assert (outcome.status, outcome.error and outcome.error.restored) == (Status.FAILED, False)
    assert lost.logins == 3


def test_a_change_that_does_not_hold_is_undone(
    lab: EmulatedDevices, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    work(lab, intent(platform, 10))
    before = running(lab)
    monkeypatch.setattr(Session, "send", lambda self, commands: self.run(commands[:-3]))
    outcome = work(lab, intent(platform, 10, 20))
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored) == ("verification", True)
    assert running(lab) == before


def test_a_change_that_removes_too_much_is_refused(lab: EmulatedDevices, platform: str) -> None:
    many = intent(platform, *range(10, 30))
    work(lab, many)
    before = running(lab)
    outcome = work(lab, intent(platform, 10))
    assert outcome.status is Status.REFUSED
    assert outcome.removal is not None
    assert outcome.removal.removed >= 19
    assert running(lab) == before
    assert work(lab, intent(platform, 10), replace(APPLY, removal_limit=1.0)).status is Status.CHANGED


def test_a_login_that_hangs_half_way_is_given_up_at_once(lab: EmulatedDevices, platform: str) -> None:
    lab.call(lambda: lab["sw1"].troubles.strike("hang", Moment(commands=1)))
    begun = monotonic()
    outcome = work(lab, intent(platform, 10), CHECK, timeout=0.5)
    assert outcome.error is not None
    assert outcome.error.fault == "timeout"
    assert monotonic() - begun < 8, "netmiko's own farewell waits for ten seconds"


@pytest.mark.parametrize("by_hand", [[], ["snmp-server location Room 3"]], ids=["all-saved", "something-unsaved"])
def test_what_a_restart_brought_back_is_not_saved_as_the_change(
    lab: EmulatedDevices, platform: str, by_hand: list[str]
) -> None:
    work(lab, intent(platform, 10))
    before = running(lab)
    troubles = lab["sw1"].troubles
    lab.call(lambda: troubles.strike("drop", Moment()))
    assert work(lab, intent(platform, 10, 20)).status is Status.CHANGED
    last = troubles.commands
    work(lab, intent(platform, 10))
    shell = lab.call(lambda: lab["sw1"].shell(privileged=True))
    for line in ["configure terminal", *by_hand, "end"]:
        lab.call(lambda line=line: shell.execute(line))
    assert (running(lab) == before) == (not by_hand)
    lab.call(lambda: troubles.strike("power", Moment(commands=last, done=False)))
    outcome = work(lab, intent(platform, 10, 20))
    assert outcome.status is Status.FAILED
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.error.restored) == ("verification", not by_hand)
    assert running(lab) == before


def ed25519_key() -> Ed25519Key:
    pem = asyncssh.generate_private_key("ssh-ed25519").export_private_key("openssh").decode()
    return Ed25519Key.from_private_key(StringIO(pem))


@pytest.mark.parametrize(
    ("change", "fault", "status"),
    [
        ({"port": free_port()}, "unreachable", Status.UNREACHABLE),
        ({"password": "wrong"}, "authentication", Status.FAILED),
        ({"host_keys": ()}, "host_key", Status.FAILED),
        ({"host_keys": (ed25519_key(),)}, "host_key", Status.FAILED),
        ({"host_keys": (ECDSAKey.generate(),)}, "host_key", Status.FAILED),
    ],
    ids=["nobody listens", "wrong password", "unknown host key", "changed host key", "key of another kind"],
)
def test_what_keeps_us_out_is_told_apart(
    lab: EmulatedDevices, platform: str, change: dict[str, Any], fault: str, status: Status
) -> None:
    outcome = work(lab, intent(platform, 10), **change)
    assert outcome.error is not None
    assert (outcome.error.fault, outcome.status) == (fault, status)
    assert "Errno" not in outcome.error.detail
    assert "wrong" not in outcome.error.detail
