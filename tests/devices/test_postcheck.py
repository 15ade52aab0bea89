"""Who must still answer after a change, and what becomes of one after which somebody does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Interface, ip_address

import pytest

from sanso.devices import DeviceError, Job, Options, Outcome, Status, postcheck
from sanso.devices.job import run_job
from sanso.devices.observer import Nobody
from sanso.devices.session import Session
from sanso.lab.spec import Cable, DeviceSpec
from sanso.messages import Language
from sanso.network.facts import Facts, Mode, Port, Svi
from sanso.network.surroundings import Gateway, Heard, Surroundings
from sanso.network.wireless import WirelessFacts
from sanso.render import Intent, WirelessIntent
from sanso.report.record import message
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

PORTS = {
    "ios": ("GigabitEthernet1/0/1", "TenGigabitEthernet1/1/1", "TenGigabitEthernet1/1/2"),
    "eos": ("Ethernet1", "Ethernet2", "Ethernet3"),
}
"""For a terminal, towards the core, and of the provider."""
STARTUP = {
    "ios": """\
hostname sw1
archive
 path flash:archive
vtp mode transparent
lldp run
vlan 10
 name s10
interface TenGigabitEthernet1/1/1
 switchport mode trunk
interface Vlan10
 ip address 10.99.0.2 255.255.255.0
ip default-gateway 10.99.0.1
""",
    "eos": """\
hostname sw1
vlan 10
   name s10
interface Ethernet2
   switchport mode trunk
interface Vlan10
   ip address 10.99.0.2/24
ip route 0.0.0.0/0 10.99.0.1
""",
}
GATEWAY = "10.99.0.1"
OPTIONS = Options(check=False, removal_floor=99, patience=0.0)


@dataclass
class Switch:
    """An emulated switch between a core and a provider, with its gateway behind the core."""

    devices: EmulatedDevices
    platform: str

    @property
    def ports(self) -> tuple[str, str, str]:
        return PORTS[self.platform]

    @property
    def everybody(self) -> Surroundings:
        _, uplink, line = self.ports
        neighbours = {Heard(uplink, "hall-core-1"), Heard(line, "provider-1")}
        return Surroundings(frozenset(neighbours), frozenset({Gateway(ip_address(GATEWAY))}))

    def intent(self, *, carried: int = 10, uplink: bool = True, svi: bool = True) -> Intent:
        """The gateway's VLAN leaves the switch by its uplink alone."""
        terminal, core, line = self.ports
        ports = {
            terminal: Port(terminal, "terminal", access_vlan=20),
            core: Port(core, "core", not uplink, Mode.TRUNK, native_vlan=998, allowed=frozenset({carried, 20})),
        }
        names = {10: "s10", 20: "s20", 30: "s30", 998: "NATIVE", 999: "DEAD"}
        management = Svi(10, "management", ipv4=frozenset({IPv4Interface("10.99.0.2/24")}))
        svis = {10: management} if svi else {}
        unused = Port("", "unused", shutdown=True, access_vlan=999)
        return Intent(Facts("sw1", self.platform, names, ports, svis), unused, frozenset({line}), site="city_hall")

    def change(self, wanted: Intent, observer: Nobody | None = None, options: Options = OPTIONS) -> Outcome:
        return run_job(Job(self.devices.target("sw1"), wanted), options, observer=observer or Nobody())

    def hush(self, *who: str) -> None:
        self.devices.call(lambda: self.devices["sw1"].troubles.hush(*who))

    def running(self) -> list[str]:
        text: str = self.devices.call(self.devices["sw1"].running_config)
        return [line for line in text.splitlines() if not line.startswith(("!", "Building", "Current"))]

    def reset(self) -> None:
        def reset() -> None:
            self.devices["sw1"].troubles.mend()
            self.devices["sw1"].factory_reset()

        self.devices.call(reset)


class Listener(Nobody):
    """Keeps who is told to answer."""

    def __init__(self) -> None:
        self.heard: list[Surroundings] = []

    def answered(self, host: str, around: Surroundings) -> None:
        assert host == "sw1"
        self.heard.append(around)


@pytest.fixture(scope="module", params=PORTS)
def lab(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Switch]:
    platform: str = request.param
    _, uplink, line = PORTS[platform]
    cables = (Cable(uplink, "hall-core-1", "Ethernet7", "eos"), Cable(line, "provider-1", "Ethernet1", "eos"))
    spec = DeviceSpec(
        "sw1", platform, ADDRESS, free_port(), PORTS[platform], startup=STARTUP[platform], cables=cables
    )
    with emulated([spec], tmp_path_factory.mktemp("lab")) as devices:
        yield Switch(devices, platform)


@pytest.fixture
def switch(lab: Switch) -> Switch:
    lab.reset()
    return lab


@pytest.fixture
def during(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Session], object]], None]:
    """Let something happen behind the planned commands of a change."""
    send = Session.send

    def arrange(happens: Callable[[Session], object]) -> None:
        def sent(session: Session, commands: Sequence[str]) -> None:
            send(session, commands)
            happens(session)

        monkeypatch.setattr(Session, "send", sent)

    return arrange


During = Callable[[Callable[[Session], object]], None]


def undone(switch: Switch, before: list[str], outcome: Outcome, silent: str) -> None:
    assert outcome.error is not None
    assert (outcome.status, outcome.error.fault, outcome.error.restored) == (Status.FAILED, "silent", True)
    assert outcome.error.detail == silent
    assert switch.running() == before


def test_a_change_after_which_all_answer_stays(switch: Switch) -> None:
    listener = Listener()
    assert switch.change(switch.intent(), listener).status is Status.CHANGED
    assert listener.heard == [switch.everybody]


def test_a_change_that_cuts_off_the_gateway_is_undone(switch: Switch) -> None:
    before, listener = switch.running(), Listener()
    outcome = switch.change(switch.intent(carried=30), listener)
    undone(switch, before, outcome, GATEWAY)
    assert listener.heard == [Surroundings(switch.everybody.neighbours)]


def test_a_change_that_shuts_the_port_of_somebody_else_is_undone(switch: Switch, during: During) -> None:
    """No difference is left in scope: only what no longer answers shows it."""
    before, line = switch.running(), switch.ports[2]
    during(lambda session: session.run([f"interface {line}", "shutdown", "exit"]))
    undone(switch, before, switch.change(switch.intent()), f"provider-1 ({line})")


def test_a_neighbour_and_a_gateway_that_fall_silent_are_both_told(switch: Switch, during: During) -> None:
    before, uplink = switch.running(), switch.ports[1]
    during(lambda _: switch.hush("hall-core-1", GATEWAY))
    undone(switch, before, switch.change(switch.intent()), f"hall-core-1 ({uplink}), {GATEWAY}")


def test_who_answers_again_in_time_is_waited_for(
    switch: Switch, during: During, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[float] = []

    def pause(seconds: float) -> None:
        looks.append(seconds)
        switch.hush(*(["hall-core-1"] if len(looks) == 1 else []))

    monkeypatch.setattr(postcheck, "sleep", pause)
    during(lambda _: switch.hush("hall-core-1", GATEWAY))
    listener = Listener()
    outcome = switch.change(switch.intent(), listener, Options(check=False, removal_floor=99))
    assert (outcome.status, len(looks)) == (Status.CHANGED, 2)
    assert listener.heard == [switch.everybody]


def test_who_did_not_answer_before_need_not_do_so_after(switch: Switch) -> None:
    switch.hush("provider-1", GATEWAY)
    listener = Listener()
    assert switch.change(switch.intent(carried=30), listener).status is Status.CHANGED
    assert listener.heard == [Surroundings(frozenset({Heard(switch.ports[1], "hall-core-1")}))]


def test_a_neighbour_on_a_port_that_is_to_be_shut_need_not_answer(switch: Switch) -> None:
    switch.hush(GATEWAY)
    listener = Listener()
    assert switch.change(switch.intent(uplink=False), listener).status is Status.CHANGED
    assert listener.heard == [Surroundings(frozenset({Heard(switch.ports[2], "provider-1")}))]


def test_a_gateway_behind_an_svi_that_is_to_go_need_not_answer(switch: Switch) -> None:
    listener = Listener()
    assert switch.change(switch.intent(svi=False), listener).status is Status.CHANGED
    assert listener.heard == [Surroundings(switch.everybody.neighbours)]


def test_only_trunks_and_ports_of_others_have_neighbours_that_must_stay() -> None:
    switch = Switch(None, "eos")  # type: ignore[arg-type]  # no device is asked
    on_other_ports = {Heard("Ethernet1", "telephone"), Heard("Ethernet9", "unknown")}
    before = Surroundings(switch.everybody.neighbours | on_other_ports, switch.everybody.gateways)
    wireless = WirelessIntent(WirelessFacts("wlc1", "c9800"), {}, "city_hall")
    assert postcheck.expected(before, switch.intent(), "end\n") == switch.everybody
    assert postcheck.expected(before, wireless, "end\n") == before


WORDS: dict[Language, str] = {
    "en": "sw1: after the change, these neighbours or gateways no longer answer: 10.99.0.1. "
    "The device was put back and holds what it held before.",
    "ja": "sw1: 変更後、次の隣接機器またはゲートウェイが応答しなくなりました: 10.99.0.1. "
    "機器は元に戻され、変更前の設定と一致しています。",
}


@pytest.mark.parametrize("lang", WORDS)
def test_it_is_told_in_words(lang: Language) -> None:
    error = DeviceError("silent", GATEWAY, restored=True)
    outcome = Outcome("sw1", "city_hall", Status.FAILED, error=error)
    assert message(outcome, Options(), lang) == WORDS[lang]
