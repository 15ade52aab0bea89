"""A change that no rule forbids cuts devices off: they come back by their own timers, and nobody goes on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sanso.devices import Status, job
from sanso.journal import Journal, read_runs
from tests.breaking.cities import renumbered
from tests.breaking.controller import BROKEN, TIMER, Controller
from tests.breaking.management import longest_loss, managed
from tests.breaking.network import Network, small_network

CANARIES = {"hall-3", "annex-2"}
"""One of each network OS."""
STEP = 20.0
"""Seconds of the devices' clock between two tries to reach one."""


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with small_network(tmp_path_factory.mktemp("breaking")) as network:
        yield network


@contextmanager
def reached_by_vlan(network: Network) -> Iterator[None]:
    """Let connections to a device come through only while its management VLAN does."""

    def changed(_: int) -> None:
        *_, (_, state) = network.recording.states()
        there = managed(state, network.cities.old.city)
        for name, device in network.devices.devices.items():
            if ("away" in device.troubles.lasting) == (name in there):
                device.troubles.last(*(() if name in there else ("away",)))

    network.recording.told = changed
    yield
    network.recording.told = lambda _: None


@pytest.mark.parametrize("waits", [True, False])
def test_devices_that_a_change_cuts_off_come_back_by_their_own_timers(
    network: Network, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: bool
) -> None:
    network.begin()
    monkeypatch.setattr(job, "sleep", lambda _: network.devices.call(lambda: network.clock.advance(STEP)))
    with reached_by_vlan(network):
        controller = Controller(renumbered(), network.targets(timeout=2.0), waits=waits)
        outcomes = {one.hostname: one for one in controller.roll(tmp_path, BROKEN)}
        if not waits:
            assert network.held() != network.old
            network.expire()
    assert network.held() == network.old
    lost = longest_loss(network.recording, network.cities.old.city, network.clock.now())
    assert {host for host, seconds in lost.items() if seconds} == CANARIES
    assert max(lost.values()) <= TIMER * 60
    failed = {host: one.error.restored for host, one in outcomes.items() if one.error is not None}
    assert failed == dict.fromkeys(CANARIES, waits)
    assert {one.status for host, one in outcomes.items() if host not in CANARIES} == {Status.LEFT}
    stages = {host: work.stage for host, work in read_runs(Journal(tmp_path).entries())[BROKEN].works.items()}
    assert {stages[host] for host in CANARIES} == {"undone" if waits else "not_undone"}
