"""Run a command and tell what it cost; tables."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """Seconds of wall clock and of the command's own CPU, its children's included."""

    wall: float
    cpu: float


class CommandError(Exception):
    """A measured command failed: its figure would mean nothing."""


def run(command: Sequence[str], env: Mapping[str, str], cwd: Path, accepted: Sequence[int] = (0,)) -> Cost:
    """Run a command to its end.

    Raises:
        CommandError: its exit status is not an accepted one; the message has its last lines.
    """
    before, start = _children(), time.monotonic()
    done = subprocess.run(command, env=dict(env), cwd=cwd, capture_output=True, text=True, check=False)  # noqa: S603
    wall = time.monotonic() - start
    if done.returncode not in accepted:
        last = "\n".join([*done.stdout.splitlines()[-15:], *done.stderr.splitlines()[-15:]])
        raise CommandError(f"{' '.join(command)} ended with {done.returncode}:\n{last}")
    return Cost(wall, _children() - before)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows under a title; the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in [head, *rows]) for column in range(len(head))]
    print(f"\n{title}")
    for row in [head, ["-" * width for width in widths], *rows]:
        cells = [
            cell.ljust(width) if column == 0 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip(), flush=True)
