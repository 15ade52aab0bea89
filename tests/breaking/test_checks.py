"""What the proof by breaking looks at: each of its checks finds what it is there for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from sanso.platforms.ios.session import IosSession
from tests.breaking.cases import Case, Fault, When
from tests.breaking.checks import check_devices, check_journal
from tests.breaking.counts import table
from tests.breaking.management import longest_loss, managed
from tests.breaking.network import PLANTED, Network, small_network
from tests.breaking.replay import Replay
from tests.breaking.walk import Walk, walk

IN_THE_MIDDLE = Case((Fault("annex-2", "drop", When("commands", 0.5)),), None, at_once=False)


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with small_network(tmp_path_factory.mktemp("breaking")) as network:
        yield network


@pytest.fixture(scope="module")
def walked(network: Network, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return walk(network, IN_THE_MIDDLE, tmp_path_factory.mktemp("journal"))


def edited(network: Network, host: str, old: str, new: str = "") -> dict[str, str]:
    state = dict(network.running(network.old))
    assert old in state[host]
    state[host] = state[host].replace(old, new)
    return state


def test_an_opened_gateway_is_found(network: Network) -> None:
    replay = Replay(network.cities.between)
    for held in (network.old, network.new):
        assert not replay.errors(network.running(held))
    assert replay.errors(edited(network, "annex-1", " ip access-group SANSO-web-IN-V4 in\n"))
    assert len(replay.proved) == 3


@pytest.mark.parametrize(
    ("host", "old", "new", "lost"),
    [
        ("hall-2", "allowed vlan 10,20,30,50", "allowed vlan 10,20,30", {"hall-2"}),
        ("annex-1", "allowed vlan 20,30,50", "allowed vlan 20,30", {"annex-2"}),
        ("hall-1", "interface Vlan50", "interface Vlan51", {"hall-1"}),
    ],
)
def test_a_device_that_is_cut_off_is_found(network: Network, host: str, old: str, new: str, lost: set[str]) -> None:
    assert managed(network.running(network.old), network.cities.between) == network.old.keys()
    state = edited(network, host, old, new)
    assert managed(state, network.cities.between) == network.old.keys() - lost


def test_how_long_a_device_is_cut_off_is_counted(network: Network) -> None:
    network.begin()
    cut = edited(network, "hall-2", "allowed vlan 10,20,30,50", "allowed vlan 10,20,30")["hall-2"]
    whole = network.recording.first["hall-2"]
    network.recording.changes = [(100.0, "hall-2", cut), (160.0, "hall-2", whole), (200.0, "hall-2", cut)]
    assert longest_loss(network.recording, network.cities.between, 210.0)["hall-2"] == 60.0
    assert longest_loss(network.recording, network.cities.between, 500.0)["hall-2"] == 300.0


def test_a_timer_that_is_not_armed_is_found(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(IosSession, "begin", lambda self, _: self.run(["configure terminal"]))
    walked = walk(network, IN_THE_MIDDLE, tmp_path)
    with pytest.raises(AssertionError, match=r"hall-2|annex-"):
        check_devices(walked, network)


def test_what_devices_do_not_hold_and_what_is_not_told_is_found(walked: Walk, network: Network) -> None:
    check_devices(walked, network)
    check_journal(walked, network)
    between = {**walked.left, "hall-2": replace(network.old["hall-2"], running="hostname hall-2\n")}
    unsaved = {**walked.left, "hall-2": replace(network.new["hall-2"], startup=network.old["hall-2"].startup)}
    for left in (between, unsaved):
        with pytest.raises(AssertionError, match="hall-2"):
            check_devices(replace(walked, left=left), network)
    with pytest.raises(AssertionError, match="annex-2"):
        check_journal(replace(walked, left={**walked.left, "annex-2": network.new["annex-2"]}), network)


@pytest.mark.parametrize("damage", ["secret", "edited"])
def test_a_journal_with_a_secret_or_an_edited_line_is_found(
    walked: Walk, network: Network, tmp_path: Path, damage: str
) -> None:
    folder = tmp_path / "journal"
    copytree(walked.folder, folder)
    if damage == "secret":
        (folder / "configurations" / "more").write_text(f"snmp-server community {PLANTED} ro\n", encoding="utf-8")
    else:
        file = folder / "journal.jsonl"
        file.write_text(file.read_text(encoding="utf-8").replace("tanaka", "suzuki", 1), encoding="utf-8")
    with pytest.raises(AssertionError):
        check_journal(replace(walked, folder=folder), network)


def test_cases_are_counted_by_kind_and_end() -> None:
    drop = {"kind": "drop", "ends": {"changed": 4, "undone": 1}, "states": 50, "proved": ["a", "b"]}
    kill = {"kind": "kill", "ends": {"timer": 5}, "states": 20, "proved": ["b"]}
    lines = [line.split() for line in table([drop, drop, kill])]
    assert lines[0] == ["fault", "cases", "changed", "unsaved", "undone", "timer", "cleared", "left", "untouched"]
    assert lines[1:4] == [
        ["drop", "2", "8", "0", "2", "0", "0", "0", "0"],
        ["kill", "1", "0", "0", "0", "5", "0", "0", "0"],
        ["all", "3", "8", "0", "2", "5", "0", "0", "0"],
    ]
    assert " ".join(lines[4]).startswith("120 states of the network replayed, 2 of them distinct")
