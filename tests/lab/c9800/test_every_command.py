"""Commands drawn from the grammars themselves: none breaks a session, and what they leave can be booted from."""

from __future__ import annotations

import random

import pytest

from sanso.lab.shell import Mode
from tests.lab.c9800.conftest import Controller
from tests.lab.ios.test_every_command import words_of

OPENERS = (
    "wlan A 1 A", "wireless profile policy P", "wireless profile flex F", "wireless tag policy T",
    "wireless tag site S",
    "wireless tag rf R", "ap 0253.414e.0001", "ap dot11 5ghz rf-profile R5", "ap dot11 6ghz rf-profile R6",
    "radius server R", "parameter-map type webauth P", "wireless profile calender-profile name C",
    "ap profile X", "aaa group server radius G",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_no_command_breaks_a_session(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    controller = Controller()
    for _ in range(400):
        shell = controller.device.shell(privileged=True)
        shell.execute("configure terminal")
        shell.execute(chance.choice(OPENERS))
        line = " ".join(words_of(shell.mode.grammar, chance))
        said = shell.execute(chance.choice(["", "", "", "no ", "default "]) + line)
        assert isinstance(said, str), line
    again = Controller(startup=controller.device.saved_text())
    assert again.device.saved_text() == controller.device.saved_text()


@pytest.mark.parametrize("seed", range(3))
def test_no_exec_command_breaks_a_session(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    controller = Controller()
    controller.configure("wlan A 1 A", "no shutdown")
    mode: Mode = controller.shell.mode
    for _ in range(300):
        shell = controller.device.shell(privileged=True)
        line = " ".join(words_of(mode.grammar, chance))
        said = shell.execute(line)
        for answer in chance.choices(["", "yes", "no"], k=4):
            said += shell.execute(answer) if shell.question is not None else ""
        assert isinstance(said, str), line
    assert controller.type("show version").startswith("Cisco IOS XE Software")
