"""netmiko as its own users call it for IOS XE, and the answers as ntc-templates reads them."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import netmiko.ssh_autodetect
import pytest
from netmiko import BaseConnection, ConnectHandler, SSHDetect

from tests.emulated import EmulatedDevices


def login(served: EmulatedDevices) -> dict[str, Any]:
    spec = served["wlc1"].spec
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
    with ConnectHandler(device_type="cisco_xe", **login(served)) as connected:
        yield connected


def test_detects_the_platform(served: EmulatedDevices, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its waits, meant for slow devices, are cut short; what it asks and how it judges is its own."""
    patient = BaseConnection.read_channel_timing

    def impatient(self: BaseConnection, last_read: float = 2.0, **more: Any) -> str:
        return str(patient(self, last_read=last_read / 20, **more))

    monkeypatch.setattr(netmiko.ssh_autodetect, "time", SimpleNamespace(sleep=lambda _: None))
    monkeypatch.setattr(BaseConnection, "read_channel_timing", impatient)

    assert SSHDetect(device_type="autodetect", **login(served)).autodetect() == "cisco_xe"


def test_configures_and_saves(connection: BaseConnection, served: EmulatedDevices) -> None:
    said = connection.send_config_set(
        ["wlan OFFICE 1 OFFICE", "security pmf optional", "no shutdown", "exit", "ap 0253.414e.0001", "site-tag S"]
    )
    assert "Associating site-tag will cause associated AP to reconnect" in said
    assert "%" not in said
    assert connection.find_prompt() == "wlc1#"
    assert "[OK]" in connection.save_config()
    assert "wlan OFFICE 1 OFFICE\n security pmf optional\n no shutdown\n" in str(
        served.call(served["wlc1"].startup_config)
    )


def test_notices_a_refusal(connection: BaseConnection) -> None:
    with pytest.raises(netmiko.ConfigInvalidException, match="security wpa akm owe"):
        connection.send_config_set(
            ["wlan GUEST 2 GUEST", "security wpa akm owe"], error_pattern=r"^% .*simultaneously"
        )


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("show version", {"hostname": "wlc1", "hardware": ["C9800-L-F-K9"], "version": "17.9.4a"}),
        ("show inventory", {"pid": "C9800-L-F-K9"}),
        ("show ap summary", {"ap_name": "ap-1", "mac_address": "0253.414e.0001", "state": "Registered",
                             "country": "JP", "location": "default location"}),
        ("show wireless tag policy summary", {"name": "default-policy-tag", "description": "default policy-tag"}),
        ("show ip interface brief", {"interface": "Vlan1", "status": "administratively down"}),
    ],
)  # fmt: skip
def test_what_is_shown_is_read(connection: BaseConnection, command: str, expected: dict[str, Any]) -> None:
    rows = connection.send_command(command, use_textfsm=True)
    assert isinstance(rows, list), f"{command}: not understood:\n{rows}"
    assert {key: rows[0].get(key) for key in expected} == expected
