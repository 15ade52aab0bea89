"""Commands drawn from the grammars themselves: none breaks a session, and what they leave can be booted from."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from sanso.lab.grammar import Grammar
from sanso.lab.ios.shell import IosShell
from sanso.lab.shell import Mode
from sanso.lab.words import split
from tests.lab.ios.conftest import Switch

WORDS = (
    "10.0.0.1", "10.0.20.1", "255.255.255.0", "0.0.0.255", "2001:db8::1", "2001:db8:0:5::1/64", "gi1/0/1", "vlan10",
    "port-channel1", "1", "5", "10", "20", "100", "1000", "30-32", "abc", "X", "any", "0", "flash:file", "23:59",
)  # fmt: skip
LINES = ("permit ip any any", "10.0.0.0 0.0.0.255", "any any", "7 0822455D0A16", "x y z", "255.255.0.0 10.0.0.1")
ENDING = {"reload", "exit", "quit", "logout", "end", "do"}


def words_of(grammar: Grammar, chance: random.Random) -> Iterator[str]:
    """Walk the grammar along what it says may follow, and take a value that fits where it wants one."""
    typed: list[str] = []
    for _ in range(12):
        line = split(" ".join(typed))
        following = [word for word, _ in grammar.expected(line, 0, "")]
        if not typed:
            following = [word for word in following if word not in ENDING]
        if not following or (following[-1] == "<cr>" and chance.random() < 0.4):
            break
        word = chance.choice(following)
        if word == "<cr>":
            break
        typed.append(word if word[:1].islower() and "." not in word else chance.choice((*WORDS, *LINES)))
    yield from typed


@pytest.mark.parametrize("seed", range(6))
def test_no_command_breaks_a_session(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    switch = Switch()
    modes = [mode for mode in IosShell(switch.device, 15).modes.values() if mode.config]
    openers = ["vlan 10", "interface gi1/0/1", "interface vlan 10", "interface range gi1/0/2 - 3", "line vty 0 4",
               "ip access-list extended A", "ip access-list standard B", "ipv6 access-list C", "archive"]  # fmt: skip
    refused = 0
    for _ in range(400):
        shell = switch.device.shell(privileged=True)
        shell.execute("configure terminal")
        shell.execute(chance.choice(openers))
        mode = shell.mode if chance.random() < 0.8 else chance.choice(modes)
        line = " ".join(words_of(mode.grammar, chance))
        said = shell.execute(chance.choice(["", "", "", "no ", "default "]) + line)
        assert isinstance(said, str), line
        refused += "% Invalid input" in said
    assert refused < 300

    switch.clock.advance(1)
    again = Switch(startup=switch.device.saved_text())
    assert again.device.saved_text() == switch.device.saved_text()


@pytest.mark.parametrize("seed", range(3))
def test_no_exec_command_breaks_a_session(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same each time
    switch = Switch()
    switch.configure("vlan 10", "interface vlan 10", "ip address 10.0.0.1 255.255.255.0", "lldp run")
    mode: Mode = switch.shell.mode
    for _ in range(300):
        shell = switch.device.shell(privileged=True)
        line = " ".join(words_of(mode.grammar, chance))
        said = shell.execute(line)
        for answer in chance.choices(["", "yes", "no"], k=4):
            said += shell.execute(answer) if shell.question is not None else ""
        assert isinstance(said, str), line
    assert switch.type("show version").startswith("Cisco IOS Software")
