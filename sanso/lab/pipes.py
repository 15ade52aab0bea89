"""Output filters: ``show … | include …``."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Pipe:
    """One filter: its full name and the pattern given to it."""

    name: str
    pattern: str


class UnknownFilter(ValueError):  # noqa: N818 - a user's slip
    """A word after ``|`` that names no filter; ``at`` is its column."""

    def __init__(self, at: int) -> None:
        super().__init__(at)
        self.at = at


def split_pipes(raw: str, names: tuple[str, ...]) -> tuple[str, list[Pipe]]:
    """Part a line into its command and its filters, whose names may be shortened.

    Only a bar with blanks on both sides begins a filter, as a pattern may hold bars of its own.

    Raises:
        UnknownFilter: for a name that stands for none or more than one of ``names``.
    """
    command, *rest = re.split(r"\s\|\s*(?=[a-z])", raw)
    pipes = []
    at = len(command)
    for part in rest:
        at = raw.index(part, at)
        word, _, pattern = part.partition(" ")
        found = [name for name in names if name.startswith(word.lower())]
        if word.lower() in names:
            found = [word.lower()]
        if len(found) != 1:
            raise UnknownFilter(at)
        pipes.append(_pipe(found[0], pattern.strip()))
        at += len(part)
    return command, pipes


def _pipe(name: str, pattern: str) -> Pipe:
    how, _, rest = pattern.partition(" ")
    if name == "section" and rest and how in ("include", "exclude"):
        name, pattern = "section" if how == "include" else "section exclude", rest
    return Pipe(name, pattern.strip('"'))


def apply_pipes(text: str, pipes: list[Pipe]) -> str:
    """Put a text through filters, in order."""
    for pipe in pipes:
        if pipe.name in FILTERS:
            text = "\n".join(FILTERS[pipe.name](text.split("\n"), _compile(pipe.pattern)))
    return text


def _compile(pattern: str) -> re.Pattern[str]:
    # Cisco's _ stands for any delimiter, itself among them
    try:
        return re.compile(pattern.replace("_", r"(?:[\s,{}()_]|^|$)"))
    except re.error:
        return re.compile(re.escape(pattern))


def _include(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    return [line for line in lines if pattern.search(line)]


def _exclude(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    return [line for line in lines if not pattern.search(line)]


def _begin(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    for index, line in enumerate(lines):
        if pattern.search(line):
            return lines[index:]
    return []


def _count(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    return [f"Number of lines which match regexp = {len(_include(lines, pattern))}"]


def _section(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    """Keep lines that match, with all below them that stand further in."""
    return [line for line, inside in _sections(lines, pattern) if inside]


def _no_section(lines: list[str], pattern: re.Pattern[str]) -> list[str]:
    return [line for line, inside in _sections(lines, pattern) if not inside]


def _sections(lines: list[str], pattern: re.Pattern[str]) -> Iterator[tuple[str, bool]]:
    """Say of each line whether it matches or stands below one that does."""
    depth: int | None = None
    for line in lines:
        indent = len(line) - len(line.lstrip())
        if depth is None or indent <= depth:
            depth = indent if pattern.search(line) else None
        yield line, depth is not None


FILTERS: dict[str, Callable[[list[str], re.Pattern[str]], list[str]]] = {
    "include": _include,
    "exclude": _exclude,
    "begin": _begin,
    "count": _count,
    "section": _section,
    "section exclude": _no_section,
}
