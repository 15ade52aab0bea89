"""Cells of the tables that ``show`` prints."""

from collections.abc import Iterable, Iterator


def wrapped(items: Iterable[str], width: int) -> list[str]:
    """Put items, parted by commas, on lines of at most ``width`` letters; there is always a first line."""
    lines = [""]
    for item in items:
        joined = f"{lines[-1]}, {item}" if lines[-1] else item
        if len(joined) > width:
            lines.append(item)
        else:
            lines[-1] = joined
    return lines


def hanging(head: str, lines: Iterable[str]) -> Iterator[str]:
    """Put the first line behind ``head`` and the others below it."""
    for line in lines:
        yield head + line
        head = " " * len(head)
