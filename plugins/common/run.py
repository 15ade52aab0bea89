"""Which run this is: the same in every task, wave and worker of one ansible-playbook."""

from __future__ import annotations

import atexit
import getpass
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from ansible import constants as C  # noqa: N812  # as all of Ansible names it
from ansible import context

from sanso import __version__
from sanso.journal import Life, release
from sanso_plugins.common.hostvars import near

RUN = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"
"""Its name: made in the parent of all workers."""
LIFE = Life(Path(C.DEFAULT_LOCAL_TMP) / "sanso-run")
"""That of the parent and all workers; Ansible's folder for the run ends with it."""
PARENT = os.getpid()
"""The process that outlives all workers."""


def _end() -> None:
    """Let others in at the sites of the run; where a worker lives on that was not waited for, its words stay."""
    if os.getpid() == PARENT:
        release(LIFE.noted, RUN, _over)


def _over() -> bool:
    LIFE.end()
    return not LIFE.goes_on


atexit.register(_end)  # runs before Ansible removes its folder, which was registered earlier


def operator() -> str:
    """Who runs it, as user@host."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # an account without a name
        user = str(os.getuid())
    return f"{user}@{socket.gethostname()}"


def played() -> dict[str, Any]:
    """What is played, and on which devices."""
    return {
        "version": __version__,
        "playbooks": [near(Path(one)) for one in context.CLIARGS.get("args") or ()],
        "limit": context.CLIARGS.get("subset") or "",
    }
