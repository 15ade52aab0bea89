"""Something to be said to people that is no finding about a line of text."""

from __future__ import annotations

from typing import Any

from sanso.messages.catalogue import Language, text


class Remark:
    """Its words stand in the catalogue under ``key``."""

    def __init__(self, key: str, /, **words: Any) -> None:
        self.key, self.words = key, words

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Remark) and (self.key, self.words) == (other.key, other.words)

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"Remark({self.text('en')!r})"

    def text(self, lang: Language) -> str:
        """The words."""
        return text(self.key, lang, **self.words)
