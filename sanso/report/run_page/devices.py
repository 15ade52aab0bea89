"""What became of each device, as the page tells it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sanso.messages import Language, text
from sanso.report.run import GOOD

MOST = 100
"""So many differences, and as many commands, are told of one device; ``report.json`` has them all."""


@dataclass(frozen=True)
class Device:
    """One device: how it ended, what differs or was changed, and the commands."""

    host: str
    site: str
    status: str
    message: str
    differences: list[dict[str, Any]]
    """With ``what`` in words."""
    commands: list[str]
    sent: bool
    """Whether the commands were sent, or only would be."""
    findings: list[dict[str, Any]]
    left_out: int
    """Differences and commands that are not told here."""

    @property
    def tells(self) -> bool:
        """Whether there is more to say than that it is as the inventory says."""
        return bool(self.status != "in_sync" or self.differences or self.findings)

    @property
    def undone(self) -> bool:
        """Whether it was not read, or not done what was to be done."""
        return self.status not in {*GOOD, "drift"}


def of_records(records: Iterable[dict[str, Any]], lang: Language) -> list[Device]:
    """Devices in the order of the run."""
    return [_device(record, lang) for record in records]


def _device(record: dict[str, Any], lang: Language) -> Device:
    differences, commands = record["differences"], record["commands"]
    return Device(
        record["host"],
        record["site"],
        record["status"],
        record["message"],
        [{**one, "what": text(f"drift.{one['attribute']}", lang)} for one in differences[:MOST]],
        commands[:MOST],
        record["status"] == "changed",
        record["findings"],
        max(0, len(differences) - MOST) + max(0, len(commands) - MOST),
    )
