"""What the IOS session reads where the running configuration does not tell everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.devices.errors import DeviceError
from sanso.devices.open import open_session
from sanso.lab.spec import DeviceSpec
from sanso.platforms import load_platform
from tests.emulated import ADDRESS, emulated, free_port

VLANS = "vlan 10\n name staff\nvlan 20\n name guests\n"


@pytest.mark.parametrize("mode", ["server", "client", "transparent"])
def test_vlans_are_read_in_every_mode_of_vtp(tmp_path: Path, mode: str) -> None:
    startup = f"hostname sw1\nvtp mode transparent\n{VLANS}vtp mode {mode}\n"
    spec = DeviceSpec("sw1", "ios", ADDRESS, free_port(), ("GigabitEthernet1/0/1",), startup=startup)
    with emulated([spec], tmp_path) as devices:
        shown = devices.call(devices["sw1"].running_config)
        with open_session(devices.target("sw1")) as session:
            text = session.read()
    assert ("name staff" in shown) is (mode == "transparent")
    assert load_platform("ios").parse("sw1", text).vlans == {10: "staff", 20: "guests"}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["vlan 30", "name staff"], "VLAN #30 and #10 have an identical name: staff"),
        (["interface Vlan10", "ip address 10.0.0.0 255.255.255.0"], "Bad mask /24 for address 10.0.0.0"),
        (["interface Gi1/0/1", "no switchport", "switchport mode access"], "Command rejected"),
        (["no such line"], "% Invalid input detected at '^' marker."),
    ],
)
def test_a_refusal_is_noticed_in_all_of_the_device_s_words(tmp_path: Path, lines: list[str], words: str) -> None:
    startup = f"hostname sw1\narchive\n path flash:archive\nvtp mode transparent\n{VLANS}"
    spec = DeviceSpec("sw1", "ios", ADDRESS, free_port(), ("GigabitEthernet1/0/1",), startup=startup)
    with emulated([spec], tmp_path) as devices, open_session(devices.target("sw1")) as session:
        session.begin(1)
        with pytest.raises(DeviceError) as error:
            session.send(lines)
        session.cancel()
    assert words in error.value.answer
    assert error.value.line == len(lines)
