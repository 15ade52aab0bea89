"""Secrets are not written: a mark stands for each, the same for the same secret, so that a change of it is seen."""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from hmac import new as hmac
from typing import Any

from sanso.network.secrets import without_secrets

MARK = re.compile(r"<hidden [0-9a-f]{12}>")
SHORTEST = 5
"""Characters of a secret that is looked for wherever it stands; shorter ones, and numbers, mean other things too."""


class Marks:
    """Puts marks in the place of secrets.

    Args:
        key: without it nobody can try what stands behind a mark, however weak the secret.
        secrets: known ones, which are hidden wherever they stand as a word.
    """

    def __init__(self, key: bytes, secrets: Iterable[str] = ()) -> None:
        self._key = key
        known = {one for one in secrets if len(one) >= SHORTEST and not one.isdigit()}
        words = sorted(map(_word, known), key=len, reverse=True)
        self._known = re.compile("|".join(words)) if words else None
        self._lines: dict[str, str] = {}  # the devices of a city have most of their lines in common

    def line(self, line: str) -> str:
        """A line with marks."""
        if line not in self._lines:
            self._lines[line] = self._marked(line)
        return self._lines[line]

    def text(self, text: str) -> str:
        """Lines with marks."""
        return "\n".join(map(self.line, text.split("\n")))

    def data(self, value: Any) -> Any:
        """Plain data with marks in all its texts; names of fields stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, dict):
            return {name: self.data(one) for name, one in value.items()}
        return [self.data(one) for one in value] if isinstance(value, list | tuple) else value

    def _marked(self, line: str) -> str:
        if self._known is not None:
            line = self._known.sub(lambda found: self._mark(found[0]), line)
        return without_secrets(line, self._mark)

    def _mark(self, secret: str) -> str:
        if MARK.fullmatch(secret):
            return secret
        return f"<hidden {hmac(self._key, secret.encode(errors='replace'), sha256).hexdigest()[:12]}>"


def _word(secret: str) -> str:
    """A pattern for a secret that is no part of a longer word."""
    before = r"(?<![\w-])" if re.match(r"[\w-]", secret[0]) else ""
    behind = r"(?![\w-])" if re.match(r"[\w-]", secret[-1]) else ""
    return f"{before}{re.escape(secret)}{behind}"
