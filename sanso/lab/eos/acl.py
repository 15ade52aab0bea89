"""Access lists being written.

The mode of an access list is one of EOS's group-change modes: what is typed there waits in a draft and becomes the
list when the mode is left; ``abort`` drops it.  The manual does not say what an interface does whose list is not
defined; the emulation takes the binding, as EOS does, and those who read the configuration must think of the worst.
"""

from __future__ import annotations

from sanso.lab.eos.config import ACLS4, ACLS6, EosConfig
from sanso.lab.tree import Section

STEP = 10
LAST = 4294967295

COUNTERS = "counters per-entry"


class Draft:
    """One list as it is being written; ``family`` is ``ip`` or ``ipv6``."""

    def __init__(self, config: EosConfig, family: str, name: str) -> None:
        self.family = family
        self.name = name
        self.key = f"{family} access-list {name}"
        present = config.root.entries.get(self.key)
        self.lines = present.section.copy() if present and present.section else Section()

    def settle(self, config: EosConfig) -> None:
        """Put the list into a configuration."""
        rank = ACLS6 if self.family == "ipv6" else ACLS4
        config.root.set(self.key, rank=rank).section = self.lines.copy()

    def add(self, text: str, number: int | None = None) -> str | None:
        """Add a rule or remark at a number, or behind the last; gives EOS's complaint, if it has one."""
        numbers = [int(key) for key in self.lines.entries if key.isdecimal()]
        if number is None:
            if text in (entry.value for entry in self.lines.entries.values()):
                return None
            number = max(numbers, default=0) + STEP
        if number in numbers:
            return None if self.lines.value(str(number)) == text else "% Error: Duplicate sequence number"
        if number > LAST:
            return "% Error: Sequence number out of range"
        self.lines.set(str(number), text, rank=number)
        return None

    def remove(self, text: str) -> None:
        """Remove a rule or remark wherever it stands."""
        for key, entry in list(self.lines.entries.items()):
            if entry.value == text:
                self.lines.remove(key)

    def resequence(self, start: int, step: int) -> None:
        """Number the entries anew."""
        counting = COUNTERS in self.lines
        texts = [entry.value for entry in self.lines.ordered() if entry.key.isdecimal()]
        self.lines = Section()
        if counting:
            self.lines.set(COUNTERS)
        for place, text in enumerate(texts):
            self.lines.set(str(start + place * step), text, rank=start + place * step)
