"""Access lists: entries by sequence number, with the remarks that stand before them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

STEP = 10
LAST = 2147483647

STANDARD_NUMBERS = (range(1, 100), range(1300, 2000))
EXTENDED_NUMBERS = (range(100, 200), range(2000, 2700))


class Refused(ValueError):  # noqa: N818 - the device's answer, not a fault of the program
    """What the device prints instead of taking an entry."""


@dataclass
class Ace:
    """The remarks at one sequence number and the rule behind them; a remark may stand alone."""

    remarks: list[str] = field(default_factory=list)
    rule: str = ""


@dataclass
class AccessList:
    """One list; ``family`` is ``ip`` or ``ipv6``, ``kind`` ``standard`` or ``extended``."""

    family: str
    kind: str
    name: str
    entries: dict[int, Ace] = field(default_factory=dict)

    @property
    def header(self) -> str:
        """The line that opens it in a configuration."""
        kind = f" {self.kind}" if self.family == "ip" else ""
        return f"{self.family} access-list{kind} {self.name}"

    def lines(self) -> Iterator[str]:
        """Give its entries as the configuration prints them."""
        mark = "sequence " if self.family == "ipv6" else ""
        for number, ace in sorted(self.entries.items()):
            for remark in ace.remarks:
                yield f"{mark}{number} remark {remark}"
            if ace.rule:
                yield f"{mark}{number} {ace.rule}"

    def rules(self) -> list[tuple[int, str]]:
        """Give its rules with their numbers, in order."""
        return [(number, ace.rule) for number, ace in sorted(self.entries.items()) if ace.rule]

    def _next(self) -> int:
        if not self.entries:
            return STEP
        last = max(self.entries)
        # a remark waits for its rule at its number
        return last if not self.entries[last].rule else last + STEP

    def add(self, rule: str, number: int | None = None) -> None:
        """Add a rule at a number, or behind the last.

        Raises:
            Refused: when the number or the rule is taken.
        """
        for present, ace in self.entries.items():
            if ace.rule == rule:
                if number is None or number == present:
                    return
                raise Refused(f"% Duplicate {rule.split()[0]} statement ignored.")
        if number is None:
            number = self._next()
        if number > LAST:
            raise Refused("% Access list sequence number out of range")
        ace = self.entries.setdefault(number, Ace())
        if ace.rule:
            raise Refused("% Duplicate sequence number")
        ace.rule = rule

    def remark(self, text: str, number: int | None = None) -> None:
        """Add a remark at a number, or behind the last rule."""
        ace = self.entries.setdefault(self._next() if number is None else number, Ace())
        if text not in ace.remarks:
            ace.remarks.append(text)

    def remove(self, number: int) -> None:
        """Remove what stands at a number."""
        self.entries.pop(number, None)

    def remove_rule(self, rule: str) -> None:
        """Remove a rule wherever it stands, its remarks with it."""
        for number, ace in list(self.entries.items()):
            if ace.rule == rule:
                del self.entries[number]

    def remove_remark(self, text: str) -> None:
        """Remove a remark wherever it stands; without a text, all."""
        for number, ace in list(self.entries.items()):
            ace.remarks = [remark for remark in ace.remarks if text and remark != text]
            if not (ace.remarks or ace.rule):
                del self.entries[number]

    def resequence(self, start: int, step: int) -> None:
        """Number the entries anew."""
        aces = [ace for _, ace in sorted(self.entries.items())]
        self.entries = {start + step * place: ace for place, ace in enumerate(aces)}


def numbered_kind(name: str) -> str | None:
    """Give the kind a number stands for, or ``None`` when it is no access list's number."""
    if not name.isdecimal():
        return None
    for kind, ranges in (("standard", STANDARD_NUMBERS), ("extended", EXTENDED_NUMBERS)):
        if any(int(name) in one for one in ranges):
            return kind
    return None
