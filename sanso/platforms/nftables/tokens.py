"""Words of nft's own text, with the line that each stands in, and a cursor over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

END = "\n"
"""Ends a statement: a new line outside of braces and parentheses, or ``;``."""
_TOKEN = re.compile(
    r"""(?P<string>"[^"]*")|(?P<comment>\#[^\n]*)|(?P<end>\n|;)|(?P<space>[ \t\r]+|\\\n)
    |(?P<mark>==|!=|<=|>=|<<|>>|[{}()<>,=&|^])|(?P<word>[^\s"{}();,<>=&|^\#]+|!)""",
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word, a sign or a string; ``quoted`` tells ``"drop"`` from ``drop``."""

    text: str
    line: int
    quoted: bool = False


class GrammarError(ValueError):
    """Words that are not understood."""


def tokens(text: str, first: int = 1) -> Iterator[Token]:
    """All tokens; comments but the handles that ``nft -a`` writes are words, for they may hide something.

    Raises:
        GrammarError: a string that never ends.
    """
    line, place = first, 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None:
            raise GrammarError(text[place : place + 40])
        place = found.end()
        match found.lastgroup:
            case "string":
                yield Token(found[0][1:-1], line, quoted=True)
            case "comment" if not re.match(r"# handle \d+\s*$", found[0]):
                yield Token("#", line)
            case "end":
                yield Token(END, line)
            case "mark" | "word":
                yield Token(found[0], line)
        line += found[0].count("\n")


class Cursor:
    """Where one is in some tokens."""

    def __init__(self, found: Sequence[Token]) -> None:
        self._found = found
        self._place = 0

    @property
    def word(self) -> str:
        """The next word, a string in its quotes; empty at the end."""
        if self._place >= len(self._found):
            return ""
        token = self._found[self._place]
        return f'"{token.text}"' if token.quoted else token.text

    @property
    def line(self) -> int:
        """Number of the line that one is in."""
        return self._found[min(self._place, len(self._found) - 1)].line if self._found else 0

    def take(self) -> str:
        """The next word, which must be there."""
        word = self.word
        if not word:
            raise GrammarError("nothing more")
        self._place += 1
        return word

    def has(self, *words: str) -> bool:
        """Take the next word if it is one of these."""
        if self.word in words and self.word:
            self._place += 1
            return True
        return False

    def expect(self, word: str) -> None:
        """Take a word that must come."""
        if not self.has(word):
            raise GrammarError(f"{self.word!r} for {word!r}")

    def skip_ends(self) -> None:
        """Take all ends of statements that come."""
        while self.has(END):
            pass

    def statement(self) -> list[Token]:
        """Take everything to the end of a statement, what stands in braces included; not the end itself."""
        found: list[Token] = []
        depth = 0
        while self._place < len(self._found):
            token = self._found[self._place]
            if not token.quoted:
                if depth == 0 and token.text in (END, "}"):
                    break
                depth += (token.text in "{(") - (token.text in "})")
            if token.text != END or token.quoted:
                found.append(token)
            self._place += 1
        return found
