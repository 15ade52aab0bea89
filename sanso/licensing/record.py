"""An outcome as plain data, in no language and without secrets: for the state of a run and for reports."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sanso.licensing.outcome import Outcome, Result
from sanso.licensing.products import Product
from sanso.licensing.terminal import Terminal

Record = dict[str, Any]
LICENSED = frozenset({"in_sync", "changed"})
"""Statuses of a terminal that has what is wanted of it."""


def record(outcome: Outcome, terminal: Terminal, at: datetime) -> Record:
    """What is kept of a terminal: ``code`` as hexadecimal text, empty where there is none."""
    return {
        "host": outcome.hostname,
        "site": outcome.site,
        "layer": outcome.layer,
        "status": str(outcome.status),
        "check": outcome.check,
        "trouble": outcome.trouble or "",
        "detail": outcome.detail,
        "results": [_result(one) for one in outcome.results],
        "loan": _loan(outcome),
        "messages": outcome.messages,
        "wanted": terminal.digest,
        "at": at.isoformat(timespec="seconds"),
    }


def _result(one: Result) -> Record:
    return {**asdict(one), "state": str(one.state), "code": "" if one.code is None else f"0x{one.code:08X}"}


def _loan(outcome: Outcome) -> Record | None:
    if outcome.loan is None:
        return None
    until = outcome.loan.until
    return {"to": outcome.loan.to, "until": until.isoformat() if until is not None else ""}


def product_record(product: Product) -> Record:
    """An installed product as plain data; of its key the last five characters."""
    return {
        "id": product.id,
        "application": product.application,
        "name": product.name,
        "channel": product.channel,
        "partial_key": product.partial_key,
        "status": product.status.name.lower(),
        "reason": f"0x{product.reason:08X}" if product.reason else "",
        "grace_minutes": product.grace_minutes,
        "kms_host": product.kms_host,
        "kms_port": product.kms_port,
        "activation_type": product.activation_type.name.lower(),
    }
