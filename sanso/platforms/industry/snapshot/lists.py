"""ACLs: named ones in blocks, numbered ones line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from operator import attrgetter

from sanso.network.facts import AclKey, Family
from sanso.network.snapshot import AccessList, Line, Rule
from sanso.platforms.industry.snapshot.entries import EntryReader
from sanso.platforms.industry.snapshot.groups import Groups
from sanso.platforms.industry.snapshot.notes import Notes
from sanso.platforms.industry.snapshot.text import Block

STEP = 10
_STANDARD = (range(1, 100), range(1300, 2000))
_EXTENDED = (range(100, 200), range(2000, 2700))
_ELSEWHERE = (range(200, 1300),)
"""Lists of protocols other than IP, and of MAC addresses."""
_QUIET = ("remark ", "remark", "counters ", "statistics ", "exit", "hardware ")


@dataclass
class _List:
    standard: bool
    line: Line
    rules: list[Rule] = field(default_factory=list)
    numbers: set[int] = field(default_factory=set)
    last: int = 0


class Lists:
    """Collects the ACLs of one text."""

    def __init__(self, entries: EntryReader, groups: Groups, notes: Notes) -> None:
        self._entries = entries
        self._groups = groups
        self._notes = notes
        self._lists: dict[AclKey, _List] = {}

    def named(self, block: Block) -> None:
        """Take ``ip access-list …`` or ``ipv6 access-list …`` in."""
        words = block.text.split()
        family: Family = "ipv4" if words[0] == "ip" else "ipv6"
        kind = words[2] if words[2:] and words[2] in ("standard", "extended") else ""
        name = words[3:] if kind else words[2:]
        if len(name) != 1:
            self._notes.unread_block(block, "acl_entry")
            return
        key = (family, name[0])
        found = self._open(key, standard=kind == "standard", line=block.line)
        for row in block.rows:
            self._entry(family, found, row, row.text)

    def numbered(self, block: Block) -> None:
        """Take ``access-list N …`` in."""
        _, number, *rest = (*block.text.split(None, 2), "", "")
        place = int(number) if number.isdecimal() else -1
        if any(place in numbers for numbers in _ELSEWHERE):
            return
        standard = any(place in numbers for numbers in _STANDARD)
        if not rest[0] or not (standard or any(place in numbers for numbers in _EXTENDED)):
            self._notes.unread_block(block, "acl_entry")
            return
        key: AclKey = ("ipv4", number)
        if not rest[0].startswith("remark"):
            self._entry("ipv4", self._open(key, standard=standard, line=block.line), block.line, rest[0])

    def forget(self, family: Family, name: str) -> None:
        """Take ``no ip access-list …`` in."""
        self._lists.pop((family, name), None)

    def settle(self) -> Mapping[AclKey, AccessList]:
        """The lists, their rules in the order of their numbers."""
        return {key: self._settled(key, found) for key, found in self._lists.items()}

    def _open(self, key: AclKey, *, standard: bool, line: Line) -> _List:
        found = self._lists.get(key)
        if found is None:
            found = self._lists[key] = _List(standard, line)
        return found

    def _entry(self, family: Family, found: _List, line: Line, text: str) -> None:
        number, body = _cut_number(text)
        if body.startswith(_QUIET):
            return
        if not number:
            body, number = _cut_end(body)
            number = number or found.last + STEP
        reading = self._entries.read(family, body, self._groups, standard=found.standard)
        if "group" in body:
            self._notes.mentions.update(body.split())
        if reading.why:
            self._notes.unread(line, reading.why)
        elif number in found.numbers:
            self._notes.unread(line, "acl_entry")  # it is refused, or takes the other one's place
        found.numbers.add(number)
        found.rules.append(Rule(reading.action, reading.matches, line, number, not reading.why))
        if number > found.last:
            found.last = number

    def _settled(self, key: AclKey, found: _List) -> AccessList:
        return AccessList(key[0], key[1], tuple(sorted(found.rules, key=attrgetter("sequence"))), found.line)


def _cut_number(text: str) -> tuple[int, str]:
    """The sequence number before an entry, 0 if there is none, and the entry."""
    if text.startswith("sequence "):
        text = text[9:]
    first, _, rest = text.partition(" ")
    return (int(first), rest) if first.isdecimal() else (0, text)


def _cut_end(text: str) -> tuple[str, int]:
    """An entry, and the sequence number that IPv6 lists of older devices have at its end."""
    body, mark, number = text.rpartition(" sequence ")
    return (body, int(number)) if mark and number.isdecimal() else (text, 0)
