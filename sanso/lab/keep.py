"""Configuration lines that a device keeps as they are, made from tables.

A table is a sequence of :class:`Kept` and :class:`Block` rows in the order in which the device prints their lines.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from sanso.lab.grammar import Command, Grammar, Handler, Match
from sanso.lab.shell import Mode
from sanso.lab.tree import Section
from sanso.lab.words import Kind


class Keeper(Protocol):
    """What a session must offer so that lines can be kept through it."""

    def lines(self) -> Iterable[Section]:
        """Give the lines the session works on in this mode."""

    def paths_below(self, key: str) -> Any:
        """Give what a mode works on that a line of this mode opens."""

    def go(self, name: str, target: Any = None) -> None:
        """Enter a mode by its name."""

    def leave(self) -> None:
        """Go one mode up."""


#: ranks between two rows, so that commands with handlers of their own fit in
GAP = 10


@dataclass(frozen=True)
class Kept:
    """A line.

    ``normally`` is what a device does without it: ``off`` keeps the line and ``no`` drops it, ``on`` keeps the
    line with ``no`` before it, ``either`` keeps both forms.
    """

    syntax: str
    normally: str = "off"


@dataclass(frozen=True)
class Block:
    """A line that opens a mode with lines of its own; ``last`` is a line the printed block ends with."""

    syntax: str
    suffix: str
    rows: Sequence["Row"]
    last: str = ""


Row = Kept | Block


def keep_line(shell: Keeper, match: Match, rank: int, normally: str) -> None:
    """Do to the lines the session works on what a kept command says."""
    for section in shell.lines():
        if normally != "off":
            section.remove(f"no {match.key}")
        if match.defaulted or match.negated or normally == "on":
            section.remove(match.key)
        if match.defaulted:
            continue
        if match.negated and normally != "off":
            section.set(f"no {match.key}", rank=rank)
        elif not match.negated and normally != "on":
            section.set(match.key, match.value, rank)


def _line(row: Kept, rank: int) -> Command:
    def run(shell: Keeper, match: Match) -> None:
        keep_line(shell, match, rank, row.normally)

    return Command(row.syntax, run)


def _block(row: Block, rank: int, mode_name: str) -> Command:
    def run(shell: Keeper, match: Match) -> None:
        if match.negated or match.defaulted:
            for section in shell.lines():
                section.remove(match.text)
            return
        for section in shell.lines():
            below = section.open(match.text, rank=rank)
            below.closing = row.last
        shell.go(mode_name, shell.paths_below(match.text))

    return Command(row.syntax, run)


def commands(
    rows: Iterable[Row], first_rank: int, prefix: str, special: Mapping[str, Handler] | None = None
) -> list[Command]:
    """Make the commands of a table; blocks open the mode ``prefix`` plus their place in it.

    ``special`` gives rows, by syntax, a handler that runs instead of the common one.
    """
    made = []
    for place, row in enumerate(rows):
        rank = first_rank + place * GAP
        if isinstance(row, Block):
            made.append(_block(row, rank, f"{prefix}{place}"))
        elif special and row.syntax in special:
            made.append(Command(row.syntax, special[row.syntax]))
        else:
            made.append(_line(row, rank))
    return made


def modes(
    rows: Iterable[Row], prefix: str, parent: Mode, common: Sequence[Command], kinds: Mapping[str, Kind]
) -> dict[str, Mode]:
    """Make the modes a table's blocks open, and theirs."""
    made: dict[str, Mode] = {}
    for place, row in enumerate(rows):
        if isinstance(row, Block):
            name = f"{prefix}{place}"
            grammar = Grammar([*common, *commands(row.rows, 0, f"{name}."), *_closing(row)], kinds)
            made[name] = Mode(name, f"({row.suffix})#", grammar, parent, config=True)
            made.update(modes(row.rows, f"{name}.", made[name], common, kinds))
    return made


def _closing(row: Block) -> list[Command]:
    def leave(shell: Keeper, _: Match) -> None:
        shell.leave()

    return [Command(row.last, leave)] if row.last else []
