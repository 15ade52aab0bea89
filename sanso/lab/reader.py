"""A line read word by word, for syntaxes that a grammar's table would make hard to see."""

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
