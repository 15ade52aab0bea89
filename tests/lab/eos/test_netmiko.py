"""netmiko's own class for EOS: detection, paging, configuration, saving."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import netmiko.ssh_autodetect
import pytest
from netmiko import BaseConnection, ConfigInvalidException, ConnectHandler, NetmikoAuthenticationException, SSHDetect

from tests.emulated import EmulatedDevices


def _login(served: EmulatedDevices, **changes: Any) -> dict[str, Any]:
    spec = served["sw1"].spec
    login = {
        "host": spec.address,
        "port": spec.port,
        "username": spec.username,
        "password": spec.password,
        "ssh_strict": True,
        "alt_host_keys": True,
        "alt_key_file": str(served.state / "known_hosts"),
    }
    return {**login, **changes}


@pytest.fixture(scope="module")
def connection(served: EmulatedDevices) -> Iterator[Any]:
    with ConnectHandler(device_type="arista_eos", **_login(served)) as made:
        yield made


def test_autodetect(served: EmulatedDevices, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its waits, meant for slow devices, are cut short; what it asks and how it judges is its own."""
    patient = BaseConnection.read_channel_timing

    def impatient(self: BaseConnection, last_read: float = 2.0, **more: Any) -> str:
        return str(patient(self, last_read=last_read / 20, **more))

    monkeypatch.setattr(netmiko.ssh_autodetect, "time", SimpleNamespace(sleep=lambda _: None))
    monkeypatch.setattr(BaseConnection, "read_channel_timing", impatient)

    assert SSHDetect(device_type="autodetect", **_login(served)).autodetect() == "arista_eos"


def test_a_wrong_password_is_refused(served: EmulatedDevices) -> None:
    with pytest.raises(NetmikoAuthenticationException):
        ConnectHandler(device_type="arista_eos", **_login(served, password="wrong"))  # noqa: S106


def test_configure_and_save(connection: Any, served: EmulatedDevices) -> None:
    output = connection.send_config_set(
        ["vlan 10", "name office", "interface Ethernet1", "switchport access vlan 10"], error_pattern=r"% .*"
    )

    assert "(config-if-Et1)#" in output
    assert "Copy completed successfully." in connection.save_config()
    assert connection.send_command("show vlan brief").splitlines()[3].split() == ["10", "office", "active", "Et1"]
    startup = served["sw1"].startup_config()
    assert startup is not None
    assert "   switchport access vlan 10" in startup.splitlines()


def test_a_refused_line_is_seen(connection: Any) -> None:
    with pytest.raises(ConfigInvalidException, match="swtichport mode trunk"):
        connection.send_config_set(["interface Ethernet1", "swtichport mode trunk"], error_pattern=r"% .*")
    connection.exit_config_mode()


def test_the_configuration_comes_whole(connection: Any, served: EmulatedDevices) -> None:
    assert connection.send_command("show running-config").strip() == served["sw1"].running_config().strip()


def test_a_pager_stops_at_the_height_of_the_terminal(served: EmulatedDevices) -> None:
    with ConnectHandler(device_type="terminal_server", **_login(served)) as raw:
        raw.write_channel("terminal length 10\n")
        raw.read_until_pattern(r"#")
        raw.write_channel("show running-config\n")
        assert raw.read_until_pattern(r"--More--").count("\n") < 15
        raw.write_channel("q")
        assert raw.read_until_pattern(r"sw1#").rstrip().endswith("sw1#")


def test_json_through_the_pipe(connection: Any) -> None:
    assert connection.send_command("show vlan | json").lstrip().startswith('{\n    "sourceDetail"')


def test_a_configuration_session_by_hand(connection: Any, served: EmulatedDevices) -> None:
    before = served["sw1"].running_config()

    connection.send_config_set(
        ["vlan 77", "abort"], config_mode_command="configure session byhand", exit_config_mode=False
    )

    assert connection.find_prompt() == "sw1#"
    assert served["sw1"].running_config() == before
