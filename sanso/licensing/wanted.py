"""What an inventory wants of a terminal's licences."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from sanso.licensing.products import Application, Channel

KMS_PORT = 1688
_KEY = re.compile(r"[A-Z0-9]{5}(-[A-Z0-9]{5}){4}")


class WantedError(ValueError):
    """A wish that cannot be; ``problem`` is a catalogue key below ``licensing.wanted``."""

    def __init__(self, problem: str, **args: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.args_of = args


@dataclass(frozen=True)
class Wanted:
    """One application, and how it is to be activated.

    The key stays out of ``repr``; of it, only the last five characters are ever shown, as Windows does.
    """

    application: Application
    channel: Channel
    key: str = field(default="", repr=False)
    """Key to install where another one, or none, is there; empty leaves keys alone."""
    kms_host: str = ""
    """Empty: the terminal finds it by DNS."""
    kms_port: int = KMS_PORT
    shared_computer: bool | None = None
    """Microsoft 365 Apps on a terminal that several people use, or not; None leaves that alone."""

    def __post_init__(self) -> None:
        """Refuse what no terminal could do.

        Raises:
            WantedError: a key of the wrong form, MAK without key, a KMS host for another channel.
        """
        if self.key and not _KEY.fullmatch(self.key):
            raise WantedError("key", application=self.application)
        if self.channel == "mak" and not self.key:
            raise WantedError("mak_key", application=self.application)
        if self.kms_host and self.channel != "kms":
            raise WantedError("kms_host", application=self.application, channel=self.channel)
        if self.channel == "subscription" and self.application != "office":
            raise WantedError("subscription", application=self.application)

    @property
    def partial_key(self) -> str:
        """The last five characters of the key."""
        return self.key[-5:]
