"""What can go wrong with a device, told apart, so that each host fails with the words that help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from sanso.messages import Finding

Fault = Literal[
    "unreachable",  # no TCP or SSH, or the session ended
    "authentication",
    "host_key",
    "timeout",  # connected, but the device did not answer in time
    "secret",  # a secret that a command needs is not there
    "command",  # the device refused a command
    "verification",  # applied, but a new connection read something else
    "silent",  # applied, but a neighbour or gateway that answered before does so no longer
    "unsaved",  # applied and confirmed, but what the device starts with is still what it was
    "separation",  # applied, and with what a new connection read the layers are not proved to be apart
    "moved",  # changed by somebody else since it was read
    "lock",  # another run has broken the lock of the site
    "orphan",  # whoever started the run is gone
    "journal",  # the journal cannot be written
    "task",  # a task of a role that changes hosts by itself failed
    "parse",  # the running configuration could not be read
]


class DeviceError(Exception):
    """A device failed; the others go on.

    ``command`` and ``answer`` are the line the device refused and its own words, ``line`` that line's number in the
    plan (from 1).  ``restored`` says whether the device is known to be as it was: None where it was never changed.
    ``findings`` are those of the proof.
    """

    def __init__(
        self,
        fault: Fault,
        detail: str,
        *,
        command: str = "",
        answer: str = "",
        line: int = 0,
        restored: bool | None = None,
        findings: Sequence[Finding] = (),
    ) -> None:
        super().__init__(detail)
        self.fault: Fault = fault
        self.detail = detail
        self.command = command
        self.answer = answer
        self.line = line
        self.restored = restored
        self.findings = tuple(findings)

    @property
    def unreachable(self) -> bool:
        """Whether nothing was said with the device at all."""
        return self.fault == "unreachable"
