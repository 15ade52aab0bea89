"""netmiko, as its own users call it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import netmiko.ssh_autodetect
import pytest
from netmiko import BaseConnection, ConnectHandler, SSHDetect

from tests.emulated import EmulatedDevices


def login(served: EmulatedDevices) -> dict[str, Any]:
    spec = served["sw1"].spec
    return {
        "host": spec.address,
        "port": spec.port,
        "username": spec.username,
        "password": spec.password,
        "secret": spec.secret,
        "ssh_strict": True,
        "alt_host_keys": True,
        "alt_key_file": str(served.state / "known_hosts"),
    }


@pytest.fixture
def connection(served: EmulatedDevices) -> Iterator[BaseConnection]:
    with ConnectHandler(device_type="cisco_ios", **login(served)) as connected:
        yield connected


def test_detects_the_platform(served: EmulatedDevices, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its waits, meant for slow devices, are cut short; what it asks and how it judges is its own."""
    patient = BaseConnection.read_channel_timing

    def impatient(self: BaseConnection, last_read: float = 2.0, **more: Any) -> str:
        return str(patient(self, last_read=last_read / 20, **more))

    monkeypatch.setattr(netmiko.ssh_autodetect, "time", SimpleNamespace(sleep=lambda _: None))
    monkeypatch.setattr(BaseConnection, "read_channel_timing", impatient)

    assert SSHDetect(device_type="autodetect", **login(served)).autodetect() == "cisco_ios"


def test_configures_and_saves(connection: BaseConnection, served: EmulatedDevices) -> None:
    said = connection.send_config_set(["vlan 10", "name office", "interface gi1/0/1", "switchport access vlan 10"])
    assert "Invalid" not in said
    assert connection.find_prompt() == "sw1#"
    assert "[OK]" in connection.save_config()

    assert "vlan 10\n name office\n" in str(served.call(served["sw1"].startup_config))
    ports = {row["vlan_id"]: row["interfaces"] for row in parsed(connection, "show vlan")}
    assert ports["10"] == ["Gi1/0/1"]


def test_notices_a_refused_line(connection: BaseConnection) -> None:
    with pytest.raises(netmiko.ConfigInvalidException, match="switchport trunk encapsulation"):
        connection.send_config_set(
            ["interface gi1/0/1", "switchport trunk encapsulation dot1q"], error_pattern=r"% Invalid input"
        )


def test_becomes_privileged(served: EmulatedDevices) -> None:
    add = ["configure terminal", "username clerk privilege 1 secret wicket"]
    served.call(lambda: type_all(served, add))
    with ConnectHandler(
        device_type="cisco_ios", **{**login(served), "username": "clerk", "password": "wicket"}
    ) as connected:
        assert connected.find_prompt() == "sw1>"
        connected.enable()
        assert connected.find_prompt() == "sw1#"


def type_all(served: EmulatedDevices, lines: list[str]) -> None:
    shell = served["sw1"].shell(privileged=True)
    for line in lines:
        shell.execute(line)


def parsed(connection: BaseConnection, command: str) -> list[dict[str, Any]]:
    """The answer as ntc-templates reads it, which knows real devices."""
    rows = connection.send_command(command, use_textfsm=True)
    assert isinstance(rows, list), f"{command}: not understood:\n{rows}"
    return rows


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("show version", {"hostname": "sw1", "hardware": ["WS-C3850-48P"], "reload_reason": "power-on"}),
        ("show inventory", {"pid": "WS-C3850-48P"}),
        ("show interfaces", {"interface": "Vlan1", "link_status": "administratively down"}),
        ("show interfaces status", {"port": "Gi0/0", "status": "connected", "vlan_id": "routed"}),
        ("show interfaces switchport", {"interface": "Gi1/0/1", "switchport": "Enabled", "trunking_vlans": ["ALL"]}),
        ("show interfaces description", {"port": "Vl1", "status": "admin down", "protocol": "down"}),
        ("show ip interface brief", {"interface": "Vlan1", "status": "administratively down", "proto": "down"}),
        ("show users", {"user": "admin", "location": "127.0.0.1"}),
        ("show clock", {"timezone": "UTC"}),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(connection: BaseConnection, command: str, expected: dict[str, Any]) -> None:
    first = parsed(connection, command)[0]
    assert {key: first.get(key) for key in expected} == expected
