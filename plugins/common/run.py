"""Which run this is: the same in every task, wave and worker of one ansible-playbook."""

from __future__ import annotations

import getpass
import os
import socket
from datetime import UTC, datetime
from pathlib import Path
from secrets import token_hex
from typing import Any

from ansible import context

from sanso import __version__
from sanso_plugins.common.hostvars import near

RUN = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{token_hex(3)}"
"""Its name: made in the parent of all workers."""


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
