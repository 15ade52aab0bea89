"""What a hypervisor must know: the seam between sanso and the software that runs a host's machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

from sanso.network.virtual import HostFacts

Argv = tuple[str, ...]


class UnknownHypervisorError(Exception):
    """A hypervisor that there is no folder for; the message names those that there are."""


class ReplayError(Exception):
    """What a command does to a host is not known; the message has the command and why."""


class Unread(NamedTuple):
    """An answer of a host that is missing or cannot be read: what it is to, and why."""

    probe: str
    reason: str


@dataclass(frozen=True)
class Command:
    """A program with its arguments, run without a shell in the locale C, and what it reads."""

    argv: Argv
    stdin: str = ""
    until: str = ""
    """What its output must have in it; it is run again and again until then."""

    def plain(self) -> dict[str, Any]:
        """As plain data."""
        return {"argv": list(self.argv), "stdin": self.stdin, "until": self.until}


@dataclass(frozen=True)
class Step:
    """A command that changes a host, what takes it back, and what the host is once it was run."""

    command: Command
    after: HostFacts
    undo: tuple[Command, ...] = ()
    """Empty where nothing can take it back, such as a disk that has grown."""
    about: str = ""
    """The machine, or part of the host, that it is about."""

    def plain(self) -> dict[str, Any]:
        """As plain data, for whatever runs it on the host."""
        return {**self.command.plain(), "undo": [one.plain() for one in self.undo], "about": self.about}


@dataclass(frozen=True)
class Creation:
    """How machines and the switch are made, where hosts differ for good reasons."""

    accelerated: bool = True
    """Whether the processor's own virtualization is used; tests have none."""
    kernel_switch: bool = True
    """Whether frames are switched in the kernel; where it has no module, they are in user space."""
    machines: frozenset[str] = frozenset()
    """Machines to create: those whose home this is and that none of their hosts has."""
    restart: frozenset[str] = frozenset()
    """Machines that may be shut down and started again for what is pending."""


@dataclass(frozen=True)
class Plan:
    """Steps from what a host is to what is intended, and what they do not reach."""

    steps: tuple[Step, ...] = ()
    pending: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Machine → attributes that are as intended only after its next start."""

    @property
    def after(self) -> HostFacts | None:
        """The host once all steps were run; None where there are none."""
        return self.steps[-1].after if self.steps else None


class Reading(Protocol):
    """What was read of a host; a hypervisor keeps more in it, to plan on."""

    @property
    def facts(self) -> HostFacts:
        """What the host does.

        Every element of its answers is in these words, known to be harmless, or told in ``other`` or ``doubts``.
        """

    @property
    def unread(self) -> tuple[Unread, ...]:
        """Answers that are missing or cannot be read: facts may lack what they would tell."""


R = TypeVar("R", bound=Reading)


class Hypervisor(Protocol):
    """One hypervisor.

    A host is read in two rounds of commands: ``probes``, then ``further`` of what those named. Nothing here contacts
    a host.
    """

    name: str
    """Name of the folder, and the value of ``sanso_platform``."""
    probes: Mapping[str, Argv]
    """Name → command that only looks."""

    def further(self, answers: Mapping[str, str]) -> Mapping[str, Argv]:
        """What to ask next, of the things that the answers to ``probes`` name."""

    def read(self, hostname: str, answers: Mapping[str, str], intended: HostFacts) -> Reading:
        """Read a host from the answers to both rounds; those of commands that failed are left out.

        Args:
            hostname: its name in the inventory.
            answers: name of a probe → what it said.
            intended: where the inventory's names of interfaces and cables are known from.
        """

    def plan(self, reading: Any, intended: HostFacts, creation: Creation) -> Plan:
        """Steps that make a host as intended, none of which joins what was apart.

        Machines that the intent does not have, and disks that it does not have, stay.
        """

    def start(self, machine: str) -> list[Command]:
        """Start a machine."""

    def shut_down(self, machine: str) -> list[Command]:
        """Shut a machine down, and wait until it is off."""

    def migrate(self, machine: str, *, port: int, shared_storage: bool) -> list[Command]:
        """Move a running machine to the host that a connection was opened to.

        Args:
            machine: its name.
            port: the first of two ports of the loopback that lead to the same ones of the other host.
            shared_storage: whether the other host has its disks already.
        """

    def forget(self, reading: Any, machine: str) -> list[Command]:
        """Delete the disks of a machine that has moved away, as they were read before."""


def plain(commands: Sequence[Command]) -> list[dict[str, Any]]:
    """Commands as plain data."""
    return [command.plain() for command in commands]
