"""Commands inside an ACL."""

from __future__ import annotations

from sanso.platforms.industry.tree import Line
from sanso.platforms.platform import ReplayError

_ACTIONS = ("permit", "deny", "remark")


def edit_list(block: Line, command: str) -> None:
    """``[sequence] N permit|deny|remark …`` and ``no [sequence] N``.

    Raises:
        ReplayError: the command is another one, or the list does not tell the numbers that it needs.
    """
    removing = command.startswith("no ")
    number, rest = cut_number(command.removeprefix("no "))
    if number is None or (not removing and not rest.startswith(_ACTIONS)) or (removing and rest):
        raise ReplayError(f"{command!r} in {block.text!r} is no command that is known here")
    if not removing and _is_after(block, number):
        block.children.append(Line(command))
        return
    numbers = [cut_number(line.text)[0] for line in block.children]
    rules = [n for n, line in zip(numbers, block.children, strict=True) if _is_rule(line)]
    if None in rules:
        raise ReplayError(f"{command!r}: the lines of {block.text!r} have no numbers")
    if removing:
        if number not in numbers:
            raise ReplayError(f"{command!r}: {block.text!r} has no line {number}")
        block.children[:] = [line for n, line in zip(numbers, block.children, strict=True) if n != number]
        return
    if number in numbers:
        raise ReplayError(f"{command!r}: {block.text!r} has a line {number} already")
    at = next((i for i, n in enumerate(numbers) if n is not None and n > number), len(numbers))
    block.children.insert(at, Line(command))


def _is_after(block: Line, number: int) -> bool:
    """Whether a line comes after all that there are, as nearly always while a list is being written."""
    last = cut_number(block.children[-1].text)[0] if block.children else 0
    return last is not None and last < number and (last > 0 or not block.children)


def cut_number(text: str) -> tuple[int | None, str]:
    """The sequence number before an entry, and the entry."""
    first, _, rest = text.removeprefix("sequence ").partition(" ")
    return (int(first), rest) if first.isdecimal() else (None, text)


def _is_rule(line: Line) -> bool:
    return cut_number(line.text)[1].startswith(("permit ", "deny "))
