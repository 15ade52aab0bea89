"""How a lab in the background learns that something was written for it: by SIGHUP."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from sanso.lab.server import LabError

_PATIENCE = 20.0


def notify(pid: int, taken: Callable[[], bool]) -> None:
    """Tell a lab, and wait until it has taken what was written.

    Args:
        pid: process of the lab.
        taken: whether it has.

    Raises:
        LabError: it does not take it.
    """
    os.kill(pid, signal.SIGHUP)
    deadline = time.monotonic() + _PATIENCE
    while not taken():
        if time.monotonic() > deadline:
            raise LabError(f"the lab (process {pid}) did not take the fault in {_PATIENCE:.0f} s")
        time.sleep(0.02)
