"""Emulated terminals for the tests of this folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.terminals import RunningTerminals


def network() -> str:
    """The first two numbers of addresses on loopback that belong to this process alone."""
    return f"127.{100 + os.getpid() % 100}"


@pytest.fixture
def lab(tmp_path: Path) -> Iterator[RunningTerminals]:
    """Terminals that a test adds one by one."""
    running = RunningTerminals(network())
    with running.running(tmp_path):
        yield running
