"""A line read word by word, for syntaxes that a grammar's table would make hard to see."""

from collections.abc import Mapping

from sanso.lab.grammar import IncompleteCommand, InvalidInput
from sanso.lab.words import Line, Word


class Reader:
    """Words of a line, taken one by one."""

    def __init__(self, line: Line, first: int) -> None:
        self._line = line
        self._at = first

    @property
    def more(self) -> bool:
        """Whether a word is left."""
        return self._at < len(self._line.words)

    def peek(self) -> Word:
        """Give the next word.

        Raises:
            IncompleteCommand: when none is left.
        """
        if not self.more:
            raise IncompleteCommand(len(self._line.raw))
        return self._line.words[self._at]

    def take(self) -> Word:
        """Take the next word."""
        word = self.peek()
        self._at += 1
        return word

    def keyword(self, *choices: str) -> str | None:
        """Take one of the keywords, possibly shortened."""
        if not self.more:
            return None
        typed = self.peek().lower
        found = [typed] if typed in choices else [one for one in choices if one.startswith(typed)]
        if len(found) != 1:
            return None
        self._at += 1
        return found[0]

    def refuse(self) -> InvalidInput:
        """Make the complaint that the next word does not belong there."""
        return InvalidInput(self.peek().start)


def take_port(reader: Reader, names: Mapping[int, str]) -> int:
    """Take a TCP or UDP port, by number or by name.

    Raises:
        InvalidInput, IncompleteCommand: there is none.
    """
    word = reader.peek()
    if word.text.isdecimal() and int(word.text) <= 65535:
        return int(reader.take().text)
    name = reader.keyword(*names.values())
    if name is None:
        raise reader.refuse()
    return next(port for port, one in names.items() if one == name)


def take_icmp(reader: Reader, names: Mapping[tuple[int, int | None], str]) -> list[str]:
    """Take an ICMP type and code, if they are there, and give them as the device prints them.

    Raises:
        InvalidInput: a number is too large.
    """
    if reader.more and reader.peek().text.isdecimal():
        kind = int(reader.take().text)
        code = int(reader.take().text) if reader.more and reader.peek().text.isdecimal() else None
        if kind > 255 or (code or 0) > 255:
            raise InvalidInput
        if (kind, code) in names:
            return [names[kind, code]]
        return [str(kind)] + ([str(code)] if code is not None else [])
    name = reader.keyword(*names.values())
    return [name] if name else []
