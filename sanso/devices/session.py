"""What a session with a device can do, whatever its network OS."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Collection, Sequence
from typing import ClassVar

from sanso.devices.errors import DeviceError
from sanso.devices.secrets import Secrets
from sanso.devices.target import Target
from sanso.devices.terminal import Terminal, connect
from sanso.network.surroundings import Gateway, Surroundings


class Session(ABC):
    """One login: read, and change under a timer that undoes everything unless it is confirmed.

    ``begin``, ``send``, ``finish`` make a change; then either ``confirm`` and ``save``, or ``cancel``.
    """

    connection: ClassVar[type[Terminal]]
    device_type: ClassVar[str]
    """netmiko's name of the platform."""
    refusals: ClassVar[re.Pattern[str]]
    """Matches the line of an answer that refuses a command."""
    harmless: ClassVar[re.Pattern[str] | None] = None
    """Matches lines that look like a refusal and are none."""

    def __init__(self, target: Target) -> None:
        self.target = target
        self.terminal = connect(self.connection, target, self.device_type)
        self._sent = 0

    def __enter__(self) -> Session:
        return self

    def __exit__(self, *_: object) -> None:
        self.terminal.close()

    @abstractmethod
    def read(self) -> str:
        """Running configuration as text."""

    @abstractmethod
    def begin(self, minutes: int) -> None:
        """Enter configuration mode; from here the device undoes everything after ``minutes`` by itself."""

    @abstractmethod
    def finish(self) -> None:
        """Leave configuration mode with the change in force, the timer running."""

    @abstractmethod
    def cancel(self) -> None:
        """Undo the change now, whatever became of it; whether it worked is for the caller to read."""

    @property
    def mark(self) -> str:
        """By what another login takes over the change of this one; empty where it needs nothing."""
        return ""

    def adopt(self, mark: str) -> None:  # noqa: B027 - most platforms have nothing to take over
        """Take over the change of a session that was lost, so that ``cancel`` undoes it from here."""

    @abstractmethod
    def confirm(self) -> None:
        """Stop the timer: the change stays."""

    @abstractmethod
    def save(self) -> None:
        """Make the running configuration the one that the device starts with."""

    def gateways(self, text: str) -> frozenset[Gateway]:  # noqa: ARG002 - for those that override it
        """Next hops that a running configuration sends packets to; none where the platform has no way to ask them."""
        return frozenset()

    def look_around(self, gateways: Collection[Gateway]) -> Surroundings:  # noqa: ARG002 - for those that override it
        """The neighbours that are heard, and which of the gateways answer; nobody where the platform cannot tell."""
        return Surroundings()

    def require(self, commands: Sequence[str]) -> None:
        """See that every secret that commands need is there, before anything is sent.

        Raises:
            DeviceError: one is missing, or cannot be typed; the error names all of them.
        """
        if names := Secrets(self.target.secrets).unusable(commands):
            raise DeviceError("secret", ", ".join(name.strip("<>") for name in names))

    def send(self, commands: Sequence[str]) -> None:
        """Send configuration lines.

        Raises:
            DeviceError: the device refused one; the lines after it may have been taken, so call ``cancel``.
        """
        self.run(commands)
        self._sent += len(commands)

    def run(self, commands: Sequence[str]) -> list[str]:
        """Send lines and return their answers.

        Raises:
            DeviceError: the device refused one; the error has the line and the device's words.
        """
        answers = self.terminal.run(commands)
        for index, (command, answer) in enumerate(zip(commands, answers, strict=True)):
            self._heed(command, answer.splitlines(), self._sent + index + 1)
        return answers

    def show(self, command: str) -> str:
        """Send a command that answers with text, in which a later line may look like a refusal (a banner's).

        Raises:
            DeviceError: the device refused it.
        """
        (answer,) = self.terminal.run([command])
        self._heed(command, answer.lstrip().splitlines()[:1], 0)
        return answer

    def ask(self, commands: Sequence[str]) -> list[str]:
        """Send commands and return their answers as they are, refusals too."""
        return self.terminal.run(commands)

    def _heed(self, command: str, lines: Sequence[str], number: int) -> None:
        for line in lines:
            if self.refusals.search(line) and not (self.harmless and self.harmless.search(line)):
                said = f"{self.target.hostname} refused {command.strip()!r}: {line.strip()}"
                raise DeviceError("command", said, command=command.strip(), answer=line.strip(), line=number)
