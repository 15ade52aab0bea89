"""How the work on a terminal ended, as plain data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from sanso.licensing.plan import ActionName
from sanso.licensing.products import Application, Channel, Product
from sanso.licensing.secrets import without_keys
from sanso.licensing.terminal import Loan
from sanso.wsman.errors import Cause

Doing = ActionName | Literal["registry", "refresh"]


class State(StrEnum):
    """State of an application's licence at the end."""

    LICENSED = "licensed"
    CONFIGURED = "configured"
    """A subscription: the terminal is ready, each user's sign-in brings the licence."""
    GRACE = "grace"
    """It works in full, for some time."""
    UNLICENSED = "unlicensed"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """How a terminal ended; ``PENDING`` is what check mode says of one that would be changed."""

    IN_SYNC = "in_sync"
    PENDING = "pending"
    CHANGED = "changed"
    FAILED = "failed"
    NOT_REACHED = "not_reached"
    """Off, asleep or without network: worth another try later."""
    ON_LOAN = "on_loan"
    """Not reached, and expected to be away."""


@dataclass
class Result:
    """One application on a terminal.

    ``problem`` is a catalogue key below ``licensing.problem``; ``code`` the HRESULT behind it, where there is one.
    """

    application: Application
    channel: Channel
    state: State = State.UNKNOWN
    product: str = ""
    partial_key: str = ""
    grace_minutes: int = 0
    done: list[Doing] = field(default_factory=list)
    """What was done, or in check mode would be."""
    problem: str = ""
    code: int | None = None
    detail: str = ""

    def show(self, product: Product | None) -> None:
        """Take in what the terminal has."""
        if product is None:
            self.state = State.UNLICENSED
            return
        self.product, self.partial_key, self.grace_minutes = product.name, product.partial_key, product.grace_minutes
        grace = State.GRACE if product.status.grace else State.UNLICENSED
        self.state = State.LICENSED if product.licensed else grace

    def fail(self, problem: str, detail: str = "", code: int | None = None) -> None:
        """Say what went wrong; the first word counts."""
        if not self.problem:
            self.problem, self.detail, self.code = problem, without_keys(detail), code


@dataclass
class Outcome:
    """One terminal; ``trouble`` says why nothing could be asked of it."""

    hostname: str
    site: str = ""
    layer: str = ""
    loan: Loan | None = None
    results: list[Result] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    """All that a key is installed for, as read last."""
    check: bool = False
    trouble: Cause | None = None
    detail: str = ""
    messages: int = 0
    """WS-Management messages that it took."""

    @property
    def status(self) -> Status:
        """The worst of all."""
        if self.trouble in {"unreachable", "timeout"}:
            return Status.NOT_REACHED if self.loan is None else Status.ON_LOAN
        if self.trouble or any(one.problem for one in self.results):
            return Status.FAILED
        if any(one.done for one in self.results):
            return Status.PENDING if self.check else Status.CHANGED
        return Status.IN_SYNC
