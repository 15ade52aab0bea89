"""Devices over SSH: as many as there are, what survives a restart, and a terminal's ways."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import paramiko
import pytest

from sanso.lab.server import LabError
from sanso.lab.spec import DeviceSpec, Timing
from tests.emulated import ADDRESS, EmulatedDevices, emulated, free_port

PORTS = ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2")
PATIENCE = 20.0


def spec(name: str = "sw1", **more: object) -> DeviceSpec:
    return DeviceSpec(name, "ios", ADDRESS, free_port(), PORTS, **more)  # type: ignore[arg-type]


@contextmanager
def client(devices: EmulatedDevices, name: str = "sw1", password: str | None = None) -> Iterator[paramiko.SSHClient]:
    """Log in as a stranger would: by the known_hosts file that the lab wrote."""
    with paramiko.SSHClient() as connected:
        connected.load_host_keys(str(devices.state / "known_hosts"))
        connected.set_missing_host_key_policy(paramiko.RejectPolicy())
        told = devices[name].spec
        connected.connect(
            told.address, told.port, told.username, password or told.password, look_for_keys=False, allow_agent=False
        )
        yield connected


class Terminal:
    """A session with a terminal of 24 lines."""

    def __init__(self, connected: paramiko.SSHClient) -> None:
        self._channel = connected.invoke_shell(width=80, height=24)
        self._channel.settimeout(PATIENCE)
        self.until("sw1#")

    def type(self, text: str, until: str) -> str:
        self._channel.sendall(text.encode())
        return self.until(until)

    def until(self, ending: str) -> str:
        """Read up to where the device waits."""
        received = b""
        while not received.decode(errors="replace").endswith(ending):
            data = self._channel.recv(65535)
            assert data, f"session ended after {received!r}"
            received += data
        return received.decode()

    def ended(self) -> bool:
        """Whether the device closes the session."""
        while self._channel.recv(65535):
            pass
        return True


@pytest.fixture
def devices(tmp_path: Path) -> Iterator[EmulatedDevices]:
    with emulated([spec()], tmp_path, Timing(timer_scale=60)) as running:
        yield running


def test_a_wrong_password_is_refused(devices: EmulatedDevices) -> None:
    with pytest.raises(paramiko.AuthenticationException), client(devices, "sw1", "wrong"):
        pass


def test_the_host_key_is_the_one_in_known_hosts(devices: EmulatedDevices) -> None:
    told = devices["sw1"].spec
    with client(devices) as connected:
        transport = connected.get_transport()
        assert transport is not None
        shown = transport.get_remote_server_key()
    known = (devices.state / "known_hosts").read_text(encoding="utf-8")
    assert known == f"[{told.address}]:{told.port} {shown.get_name()} {shown.get_base64()}\n"
    keys = list(devices.state.glob("devices/*/ssh_host_*"))
    assert [oct(key.stat().st_mode & 0o777) for key in keys] == ["0o600"]


def test_many_lines_in_one_write_are_answered_in_order(devices: EmulatedDevices) -> None:
    wanted = [str(vlan) for vlan in range(100, 500)]
    lines = [line for vlan in wanted for line in (f"vlan {vlan}", f"name seg-{vlan}")]
    with client(devices) as connected:
        terminal = Terminal(connected)
        answer = terminal.type("".join(f"{line}\n" for line in ("configure terminal", *lines, "end")), "\nsw1#")
    typed = re.findall(r"sw1\(config[-a-z]*\)#(\S.*)\r\n", answer)
    assert typed == [*lines, "end"]
    assert "Invalid" not in answer
    names = devices.call(lambda: [vlan.name for vlan in devices["sw1"].config.own_vlans()])  # type: ignore[attr-defined]
    assert names == [f"seg-{vlan}" for vlan in wanted]


def test_a_refused_line_among_many_is_told_in_its_place(devices: EmulatedDevices) -> None:
    with client(devices) as connected:
        answer = Terminal(connected).type("configure terminal\nvlan 10\nnmae x\nvlan 20\nend\n", "\nsw1#")
    after = answer.split("sw1(config-vlan)#")
    assert ["% Invalid input" in part for part in after] == [False, True, False, False]


def test_long_output_comes_by_the_screen(devices: EmulatedDevices) -> None:
    more = " --More-- "
    with client(devices) as connected:
        terminal = Terminal(connected)
        first = terminal.type("show running-config\n", more)
        assert first.count("\r\n") == 24
        assert terminal.type("\r", more).count("\r\n") == 1
        assert terminal.type(" ", more).count("\r\n") == 23
        assert terminal.type("q", "sw1#").count("\r\n") == 0
        terminal.type("terminal length 0\n", "sw1#")
        assert terminal.type("show running-config\n", "\nsw1#").count("\r\n") > 48


def test_keys_of_a_terminal(devices: EmulatedDevices) -> None:
    with client(devices) as connected:
        terminal = Terminal(connected)
        assert "brief" in terminal.type("show vlan ?", "sw1#show vlan ")
        assert "VLAN Name" in terminal.type("br\t\n", "sw1#")
        terminal.type("configure terminal\n", "sw1(config)#")
        assert terminal.type("vlan 10\x1a", "sw1#").count("^Z") == 1
        assert terminal.type("garbage\x03", "sw1#").endswith("^C\r\nsw1#")
    assert "vlan 10" in devices.call(devices["sw1"].running_config)


def test_a_single_command_needs_no_terminal(devices: EmulatedDevices) -> None:
    with client(devices) as connected:
        _, out, _ = connected.exec_command("show version | include uptime", timeout=PATIENCE)
        assert out.read().decode().startswith("sw1 uptime is")
        assert out.channel.recv_exit_status() == 0


def test_logging_out_ends_the_session(devices: EmulatedDevices) -> None:
    with client(devices) as connected:
        terminal = Terminal(connected)
        assert "127.0.0.1" in terminal.type("show users\n", "\nsw1#")
        terminal.type("exit\n", "exit\r\n")
        assert terminal.ended()
    assert wait_for(lambda: not devices["sw1"].sessions)


def test_a_reload_ends_all_sessions(devices: EmulatedDevices) -> None:
    with client(devices) as mine, client(devices) as other:
        terminal, bystander = Terminal(mine), Terminal(other)
        terminal.type("reload\n", "[yes/no]: ")
        terminal.type("no\n", "[confirm]")
        terminal.type("\n", "\n")
        assert terminal.ended()
        assert bystander.ended()
    with client(devices) as again:
        assert "Reload Command" in Terminal(again).type("show version | include reason\n", "\nsw1#")


def test_a_change_nobody_confirms_goes_after_its_session_did(devices: EmulatedDevices) -> None:
    """A minute of the device is a second here."""
    with client(devices) as connected:
        terminal = Terminal(connected)
        terminal.type("configure terminal revert timer 1\n", "sw1(config)#")
        terminal.type("vlan 222\nend\n", "\nsw1#")
        assert "vlan 222" in devices.call(devices["sw1"].running_config)
    assert wait_for(lambda: "vlan 222" not in devices.call(devices["sw1"].running_config))


def test_a_change_is_confirmed_over_another_connection(devices: EmulatedDevices) -> None:
    with client(devices) as connected:
        terminal = Terminal(connected)
        terminal.type("configure terminal revert timer 1\n", "sw1(config)#")
        terminal.type("vlan 222\nend\n", "\nsw1#")
    with client(devices) as connected:
        Terminal(connected).type("configure confirm\n", "\nsw1#")
        answer = Terminal(connected).type("show archive config rollback timer\n", "\nsw1#")
    assert "No Rollback Confirmed Change pending" in answer
    assert "vlan 222" in devices.call(devices["sw1"].running_config)


def wait_for(happened: object, seconds: float = PATIENCE) -> bool:
    """Wait until it happened; no test minds how long that takes."""
    assert callable(happened)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if happened():
            return True
        time.sleep(0.02)
    return False


def test_what_ran_and_the_host_key_survive_a_restart(tmp_path: Path) -> None:
    told = spec()
    with emulated([told], tmp_path) as devices, client(devices) as connected:
        Terminal(connected).type("configure terminal\nvlan 10\nend\n", "\nsw1#")
    known = (tmp_path / "known_hosts").read_text(encoding="utf-8")
    with emulated([told], tmp_path) as devices, client(devices) as connected:
        assert "vlan 10" in Terminal(connected).type("show running-config | include ^vlan\n", "\nsw1#")
    assert (tmp_path / "known_hosts").read_text(encoding="utf-8") == known


def test_devices_by_the_hundred_each_hold_their_own(tmp_path: Path) -> None:
    told = "vtp mode transparent\nhostname sw{0}\nvlan {0}\n"
    port = free_port()
    specs = [
        DeviceSpec(f"sw{number}", "ios", f"127.0.1.{number}", port, PORTS, told.format(number))
        for number in range(100, 200)
    ]
    with emulated(specs, tmp_path) as devices:
        for name in ("sw100", "sw150", "sw199"):
            with client(devices, name) as connected:
                _, out, _ = connected.exec_command("show running-config | include ^(hostname|vlan)", timeout=PATIENCE)
                assert out.read().decode().split() == ["hostname", name, "vlan", name[2:]]


def test_a_taken_port_is_told_and_nothing_is_left_listening(tmp_path: Path) -> None:
    first, second = spec("sw1"), spec("sw2")
    with socket.socket() as other:
        other.bind((second.address, second.port))
        other.listen()
        with pytest.raises(LabError) as caught, emulated([first, second], tmp_path):
            pass
    assert f"device 'sw2' cannot listen on {ADDRESS}:{second.port}: the port is taken by process" in str(caught.value)
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((first.address, first.port), timeout=PATIENCE).close()
