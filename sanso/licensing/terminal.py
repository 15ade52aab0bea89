"""A terminal to work on, as the inventory has it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import date

from sanso.licensing.wanted import Wanted
from sanso.wsman.endpoint import Endpoint


@dataclass(frozen=True)
class Loan:
    """A tablet that somebody has taken away; it is expected not to answer."""

    to: str = ""
    until: date | None = None

    def overdue(self, today: date) -> bool:
        """Whether it should be back."""
        return self.until is not None and self.until < today


@dataclass(frozen=True)
class Terminal:
    """A terminal, how it is reached, and what is wanted of it."""

    hostname: str
    endpoint: Endpoint
    wanted: tuple[Wanted, ...] = ()
    site: str = ""
    layer: str = ""
    segment: str = ""
    """Empty: any segment for terminals that its layer has at its site."""
    loan: Loan | None = None

    @property
    def lane(self) -> str:
        """What it shares with others: the KMS host, or the breakout line of its site; empty shares nothing."""
        for one in self.wanted:
            if one.channel == "kms":
                return f"kms {one.kms_host or 'dns'}"
        return f"breakout {self.site}" if self.wanted and self.site else ""

    @property
    def digest(self) -> str:
        """Changes with what is wanted; made of nothing secret."""
        plain = [
            [one.application, one.channel, one.partial_key, one.kms_host, one.kms_port, one.shared_computer]
            for one in self.wanted
        ]
        return hashlib.sha256(json.dumps([self.endpoint.url, plain]).encode()).hexdigest()[:16]
