"""A change of a host: a command, what takes it back, and the part of the host that it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.probes import VIRSH


@dataclass(frozen=True)
class Change:
    """A command that is to be run."""

    command: Command
    undo: tuple[Command, ...] = ()
    about: str = ""


Changes = Iterator[Change]


def virsh(verb: str, *words: str, stdin: str = "", until: str = "", **options: str) -> Command:
    """A command of virsh; what it is to read it reads from its standard input."""
    named = [part for name, value in options.items() for part in (f"--{name}", value)]
    reads = ["--file", "/dev/stdin"] if stdin else []
    return Command((*VIRSH, verb, *named, *reads, *words), stdin, until)
