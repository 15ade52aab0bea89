"""Snapshots from the configuration texts of network OSs with an industry-standard command line.

Unlike the readers of what is in scope, these keep the number of every line, and put whatever they do not understand
among the unread.
"""

from sanso.platforms.industry.snapshot.dialect import SnapshotDialect
from sanso.platforms.industry.snapshot.reader import SnapshotReader

__all__ = ["SnapshotDialect", "SnapshotReader"]
