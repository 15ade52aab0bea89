"""Words of a line, taken one by one."""

from __future__ import annotations


class NotUnderstood(Exception):  # noqa: N818 - no fault: the line says what cannot be told
    """The words say something that a snapshot has no place for."""


class NoGroup(NotUnderstood):
    """The words name an object group that does not exist, or has no lines."""


class Words:
    """Words taken one by one."""

    __slots__ = ("_at", "_words", "next")

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._at = 0
        self.next = words[0] if words else ""
        """The next word; empty at the end."""

    def take(self) -> str:
        """The next word, which is then taken.

        Raises:
            NotUnderstood: there is none.
        """
        word = self.next
        if not word:
            raise NotUnderstood
        self._at += 1
        self.next = self._words[self._at] if self._at < len(self._words) else ""
        return word

    def rest(self) -> list[str]:
        """All words that are not taken yet."""
        return self._words[self._at :]
