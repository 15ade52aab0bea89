"""Over SSH: a commit that nobody confirms goes away by itself, with the login that made it or without."""

from __future__ import annotations

import time
from pathlib import Path

from sanso.devices.open import open_session
from sanso.lab import DeviceSpec
from sanso.lab.spec import Timing
from tests.emulated import ADDRESS, emulated, free_port
from tests.lab.eos.conftest import PORTS

#: five minutes of the switch's in five seconds
FAST = Timing(timer_scale=60)
PATIENCE = 30.0


def test_an_unconfirmed_commit_is_taken_back(tmp_path: Path) -> None:
    spec = DeviceSpec("sw1", "eos", ADDRESS, free_port(), PORTS)
    with emulated([spec], tmp_path, FAST) as lab:
        with open_session(lab.target("sw1")) as session:
            before = session.read()
            session.begin(5)
            session.send(["vlan 10", "name office", "exit", "ip access-list A", "permit ip any any", "exit"])
            assert session.read() == before
            session.finish()
            assert "   name office" in session.read().splitlines()
        deadline = time.monotonic() + PATIENCE
        with open_session(lab.target("sw1")) as later:
            while later.read() != before and time.monotonic() < deadline:
                time.sleep(0.1)
            assert later.read() == before


def test_a_confirmed_commit_is_kept_and_saved(tmp_path: Path) -> None:
    spec = DeviceSpec("sw1", "eos", ADDRESS, free_port(), PORTS)
    with emulated([spec], tmp_path, Timing(timer_scale=1000)) as lab:
        with open_session(lab.target("sw1")) as session:
            session.begin(60)
            session.send(["vlan 10", "name office", "exit"])
            session.finish()
            session.confirm()
            session.save()
        timers = lab["sw1"].clock
        fired: list[bool] = []
        # everything the switch had put off for an hour has come to pass when this has
        lab.call(lambda: timers.call_later(3700, lambda: fired.append(True)))
        deadline = time.monotonic() + PATIENCE
        while not fired and time.monotonic() < deadline:
            time.sleep(0.1)
        assert fired
        with open_session(lab.target("sw1")) as later:
            assert "   name office" in later.read().splitlines()
        assert "   name office" in str(lab["sw1"].startup_config()).splitlines()
