"""Words of a line, taken one by one."""

from __future__ import annotations


class NotUnderstood(Exception):  # noqa: N818 - no fault: the line says what cannot be told
    """The words say something that a snapshot has no place for."""


class Words:
    """Words taken one by one."""

    __slots__ = ("_words", "at")

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self.at = 0

    @property
    def next(self) -> str:
        """The next word; empty at the end."""
        return self._words[self.at] if self.at < len(self._words) else ""

    def take(self) -> str:
        """The next word, which is then taken.

        Raises:
            NotUnderstood: there is none.
        """
        try:
            word = self._words[self.at]
        except IndexError:
            raise NotUnderstood from None
        self.at += 1
        return word

    def rest(self) -> list[str]:
        """All words that are not taken yet."""
        return self._words[self.at :]
