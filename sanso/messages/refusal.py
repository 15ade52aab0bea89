"""An error that a person must mend, in both languages."""

from __future__ import annotations

from typing import Any

from sanso.messages.catalogue import Language, text


class RefusedError(Exception):
    """Nothing was done; the words stand in the catalogue under ``key`` and say what to do first."""

    def __init__(self, key: str, /, **args: Any) -> None:
        self.key, self.words = key, args
        super().__init__(self.text("en"))

    def text(self, lang: Language) -> str:
        """The words."""
        return text(self.key, lang, **self.words)
