"""Commands drawn from the grammars themselves: none breaks a login, and what they leave can be booted from."""

from __future__ import annotations

import json
import random

import pytest

from sanso.lab.eos.shell import all_modes
from sanso.lab.grammar import Grammar
from sanso.lab.words import split
from tests.lab.eos.conftest import Switch

VALUES = (
    "10.0.0.1", "10.0.20.1/24", "10.0.0.0/8", "2001:db8::1", "2001:db8:0:5::1/64", "Ethernet1", "et1-2", "vlan10",
    "po1", "1", "5", "10", "20", "100", "1000", "30-32", "A", "X y z", "ip any any", "tcp any any eq 443",
    "flash:file", "startup-config", "running-config", "00:05:00",
)  # fmt: skip
OPENERS = (
    "vlan 10", "interface et1", "interface vlan 10", "interface et1-2", "ip access-list A", "ipv6 access-list B",
    "router bgp 1", "management ssh", "mlag configuration",
)  # fmt: skip
LEAVING = {"reload", "exit", "quit", "logout", "end", "do"}


def command(grammar: Grammar, chance: random.Random) -> str:
    """Follow what the grammar says may come next, with a value wherever it wants one."""
    typed: list[str] = []
    for _ in range(12):
        following = [word for word, _ in grammar.expected(split(" ".join(typed)), 0, "")]
        if not typed:
            following = [word for word in following if word not in LEAVING]
        if not following or (following[-1] == "<cr>" and chance.random() < 0.4):
            break
        word = chance.choice(following)
        if word == "<cr>":
            break
        typed.append(word if word[:1].islower() else chance.choice(VALUES))
    return " ".join(typed)


@pytest.mark.parametrize("seed", range(8))
def test_no_configuration_command_breaks_a_login(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    switch = Switch()
    modes = [mode for mode in all_modes().values() if mode.config]
    taken = 0
    for _ in range(400):
        shell = switch.device.shell(privileged=True)
        shell.execute(chance.choice(["configure", "configure session one"]))
        shell.execute(chance.choice(OPENERS))
        grammar = (shell.mode if chance.random() < 0.7 else chance.choice(modes)).grammar
        line = chance.choice(["", "", "", "no ", "default "]) + command(grammar, chance)
        taken += not shell.execute(line).startswith("%")
        if shell.gathering:
            shell.execute("EOF")
        shell.execute("end")
        assert not shell.mode.config, line
    assert taken > 100

    again = Switch(startup=switch.device.saved_text())
    assert again.device.saved_text() == switch.device.saved_text()


@pytest.mark.parametrize("seed", range(4))
def test_no_exec_command_breaks_a_login(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    switch = Switch()
    switch.configure(
        "vlan 10", "interface vlan 10", "ip address 10.0.0.1/24", "ip access-list A", "permit ip any any"
    )
    exec_mode = all_modes()["exec"]
    converted = 0
    for _ in range(400):
        shell = switch.device.shell(privileged=True)
        line = command(exec_mode.grammar, chance)
        said = shell.execute(f"{line} | json" if line.startswith("show") else line)
        converted += said.startswith("{") and bool(json.loads(said))
        for _ in range(4):
            if shell.question is not None:
                shell.execute(chance.choice(["", "yes", "no"]))
        assert shell.question is None, line
    assert converted > 5
    assert switch.device.shell().execute("show version").startswith("Arista")
