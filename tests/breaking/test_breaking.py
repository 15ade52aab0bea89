"""Proof by breaking: devices, connections and the controller fail at whatever moment of a rollout in a small city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.breaking.cases import Case, cases
from tests.breaking.checks import (
    check_devices,
    check_journal,
    check_layers,
    check_management,
    check_next_run,
    end_of,
)
from tests.breaking.counts import PROPERTY
from tests.breaking.killed import Killable
from tests.breaking.network import Network, small_network
from tests.breaking.replay import Replay
from tests.breaking.walk import walk


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Network]:
    with small_network(tmp_path_factory.mktemp("breaking")) as network:
        yield network


@pytest.fixture(scope="module")
def controller() -> Iterator[Killable]:
    process = Killable()
    yield process
    process.close()


@pytest.fixture(scope="module")
def replay(network: Network) -> Replay:
    return Replay(network.cities.between)


@pytest.mark.parametrize("case", cases(), ids=str)
def test_whatever_fails_the_network_stays_whole(
    network: Network,
    controller: Killable,
    replay: Replay,
    case: Case,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
) -> None:
    known = set(replay.proved)
    walked = walk(network, case, tmp_path, controller)
    check_journal(walked, network)
    check_devices(walked, network)
    states = check_layers(network, replay)
    check_management(walked, network)
    check_next_run(walked)
    ends = dict(Counter(end_of(walked, host) for host in network.new))
    proved = sorted(replay.proved.keys() - known)
    record_property(PROPERTY, {"kind": case.kind, "ends": ends, "states": states, "proved": proved})
