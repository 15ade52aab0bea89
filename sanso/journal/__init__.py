"""What every real run did to the network: written as it happens, hash-chained, and enough to put devices back."""

from sanso.journal.durations import durations
from sanso.journal.journal import Journal, JournalError
from sanso.journal.life import Life
from sanso.journal.locks import HeldError, Holder, Taken, holders, holds, release, take
from sanso.journal.marks import Marks
from sanso.journal.recorder import Recorder
from sanso.journal.restore import Restoration
from sanso.journal.runs import Run, Work, find_run, pending_work, read_runs

__all__ = [
    "HeldError",
    "Holder",
    "Journal",
    "JournalError",
    "Life",
    "Marks",
    "Recorder",
    "Restoration",
    "Run",
    "Taken",
    "Work",
    "durations",
    "find_run",
    "holders",
    "holds",
    "pending_work",
    "read_runs",
    "release",
    "take",
]
