"""Words of a line, taken one by one."""

from __future__ import annotations

from collections.abc import Iterable


class NotUnderstood(Exception):  # noqa: N818 - no fault: the line says what cannot be told
    """The words say something that a snapshot has no place for."""


class NoGroup(NotUnderstood):
    """The words name an object group that does not exist, or has no lines."""


class Words:
    """Words taken one by one."""

    __slots__ = ("_after", "next")

    def __init__(self, words: Iterable[str]) -> None:
        self._after = iter(words)
        self.next = next(self._after, "")
        """The next word; empty at the end."""

    def take(self) -> str:
        """The next word, which is then taken.

        Raises:
            NotUnderstood: there is none.
        """
        word = self.next
        if not word:
            raise NotUnderstood
        self.next = next(self._after, "")
        return word

    def rest(self) -> list[str]:
        """All other words, which are then taken."""
        rest = [self.next, *self._after] if self.next else []
        self.next = ""
        return rest
