"""Configuration lines that a device keeps as they are, made from tables.

A table is a sequence of :class:`Kept` and :class:`Block` rows in the order in which the device prints their lines.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from sanso.lab.grammar import Command, Grammar, Handler, Match
from sanso.lab.shell import Mode
from sanso.lab.tree import Section
from sanso.lab.words import Kind


class Keeper(Protocol):
    """What a session must offer so that lines can be kept through it; ``silent`` is one that reads a whole file."""

    silent: bool

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
    line with ``no`` before it, ``either`` keeps both forms.  ``default`` is the value that is not printed;
    ``says`` is what the device prints about the line.
    """

    syntax: str
    normally: str = "off"
    default: str = ""
    says: str = ""


#: What a device has against a change of a block, or ``None``: gets the match, and the lines before and after it.
Refusal = Callable[[Match, Section, Section], str | None]


@dataclass(frozen=True)
class Block:
    """A line that opens a mode with lines of its own.

    ``last`` is a line the printed block ends with, ``begins`` are the lines of a new one.  ``special`` gives rows,
    by syntax, a handler that runs instead of the common one; ``refuse`` is what a person may not do to its lines.
    """

    syntax: str
    suffix: str
    rows: Sequence["Row"]
    last: str = ""
    begins: Sequence[tuple[str, str]] = ()
    special: Mapping[str, Handler] = field(default_factory=dict)
    refuse: Refusal | None = None


Row = Kept | Block


def keep_line(shell: Keeper, match: Match, rank: int, normally: str, default: str = "") -> None:
    """Do to the lines the session works on what a kept command says."""
    for section in shell.lines():
        if normally != "off":
            section.remove(f"no {match.key}")
        usual = default and match.value == default
        if match.defaulted or match.negated or normally == "on" or usual:
            section.remove(match.key)
        if match.defaulted or usual:
            continue
        if match.negated and normally != "off":
            section.set(f"no {match.key}", rank=rank)
        elif not match.negated and normally != "on":
            section.set(match.key, match.value, rank)


def _line(row: Kept, rank: int) -> Command:
    def run(shell: Keeper, match: Match) -> str | None:
        keep_line(shell, match, rank, row.normally, row.default)
        return row.says or None

    return Command(row.syntax, run)


def _block(row: Block, rank: int, mode_name: str) -> Command:
    def run(shell: Keeper, match: Match) -> None:
        if match.negated or match.defaulted:
            for section in shell.lines():
                section.remove(match.key)
            return
        for section in shell.lines():
            new = match.key not in section
            section.set(match.key, match.value, rank)
            below = section.open(match.key)
            below.closing = row.last
            for place, (key, value) in enumerate(row.begins if new else ()):
                below.set(key, value, place * GAP)
        shell.go(mode_name, shell.paths_below(match.key))

    return Command(row.syntax, run)


def _guarded(command: Command, opens: bool, refuse: Refusal) -> Command:
    """Let a command undo itself where the device refuses what comes of it; a file that is read is taken whole."""

    def run(shell: Keeper, match: Match) -> str | None:
        if shell.silent:
            return command.run(shell, match)
        sections = list(shell.lines())
        before = [section.copy() for section in sections]
        said = command.run(shell, match)
        for old, section in zip(before, sections, strict=True):
            if problem := refuse(match, old, section):
                section.entries = old.entries
                if opens and not match.negated and not match.defaulted:
                    shell.leave()
                return problem
        return said

    return Command(command.syntax, run)


def commands(
    rows: Iterable[Row],
    first_rank: int,
    prefix: str,
    special: Mapping[str, Handler] | None = None,
    refuse: Refusal | None = None,
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
        if refuse is not None:
            made[-1] = _guarded(made[-1], isinstance(row, Block), refuse)
    return made


def modes(
    rows: Iterable[Row], prefix: str, parent: Mode, common: Sequence[Command], kinds: Mapping[str, Kind]
) -> dict[str, Mode]:
    """Make the modes a table's blocks open, and theirs."""
    made: dict[str, Mode] = {}
    for place, row in enumerate(rows):
        if isinstance(row, Block):
            name = f"{prefix}{place}"
            own = commands(row.rows, 0, f"{name}.", row.special, row.refuse)
            grammar = Grammar([*common, *own, *_closing(row)], kinds)
            made[name] = Mode(name, f"({row.suffix})#", grammar, parent, config=True)
            made.update(modes(row.rows, f"{name}.", made[name], common, kinds))
    return made


def rank_of(rows: Iterable[Row], syntax: str, first_rank: int) -> int:
    """Give the rank of a table's row."""
    return first_rank + GAP * next(place for place, row in enumerate(rows) if row.syntax == syntax)


def _closing(row: Block) -> list[Command]:
    def leave(shell: Keeper, _: Match) -> None:
        shell.leave()

    return [Command(row.last, leave)] if row.last else []
