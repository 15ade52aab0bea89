"""A controller that is killed: a process that has loaded all it needs, and lets a child of its own do each run.

The child is forked before any thread is started, and is reaped when the next run comes: until then its number
belongs to nobody else.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sanso.devices import KnownHosts, Target
from sanso.devices.observer import Stage
from sanso.journal import Recorder
from sanso.platforms.eos import session as _eos  # noqa: F401 - loaded before a child is made
from sanso.platforms.ios import session as _ios  # noqa: F401
from tests.breaking.cases import Kill
from tests.breaking.cities import Aim, small_cities
from tests.breaking.controller import BROKEN, Controller

ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("hostname", "platform", "address", "port", "username", "password", "secret", "timeout")
"""Of a target, as they are told to the process."""


def deadly(kill: Kill) -> type[Recorder]:
    """A recorder that kills its own process at a stage: no code of the controller runs after that."""

    class Deadly(Recorder):
        def reached(self, host: str, stage: Stage, mark: str = "") -> None:
            here = (host, stage) == (kill.host, kill.stage)
            if here and kill.before:
                os.kill(os.getpid(), signal.SIGKILL)
            super().reached(host, stage, mark)
            if here:
                os.kill(os.getpid(), signal.SIGKILL)

    return Deadly


class Killable:
    """The process, seen from a test."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.breaking.killed"]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self, folder: Path, known_hosts: Path, targets: Sequence[Target], kill: Kill, *, staged: bool) -> int:
        """Start a run; the number of the process that does it."""
        told: dict[str, Any] = {"folder": str(folder), "known_hosts": str(known_hosts)}
        told["targets"] = [{name: getattr(target, name) for name in FIELDS} for target in targets]
        told["kill"] = {"host": kill.host, "stage": kill.stage, "before": kill.before}
        told["staged"] = staged
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(told) + "\n")
        return self._answer()

    def ended(self) -> int:
        """Wait for the end of the run; 0, or less the number of the signal that ended it."""
        return self._answer()

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=60)

    def _answer(self) -> int:
        assert self._process.stdout is not None
        return int(self._process.stdout.readline())


def main() -> None:
    """Let children do what lines on the standard input say."""
    aim = small_cities().new
    assert aim.snapshots
    child = 0
    for line in sys.stdin:
        if child:
            os.waitpid(child, 0)
        given = json.loads(line)
        child = os.fork()
        if not child:
            _run(given, aim)
        print(child, flush=True)
        ended = os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        print(ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status, flush=True)


def _run(given: dict[str, Any], aim: Aim) -> None:
    """Do a run in this process, and end it."""
    try:
        known = KnownHosts(Path(given["known_hosts"]))
        targets = [Target(**one, host_keys=known.keys(one["address"], one["port"])) for one in given["targets"]]
        recorder = deadly(Kill(**given["kill"]))
        Controller(aim, targets, recorder, given["staged"]).roll(Path(given["folder"]), BROKEN)
    except BaseException:
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


if __name__ == "__main__":
    main()
