"""How wide text is on a terminal: East Asian wide characters take two columns (Unicode UAX #11)."""

from __future__ import annotations

from unicodedata import east_asian_width


def columns(words: str) -> int:
    """Columns that words take."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in words)


def padded(words: str, width: int) -> str:
    """Words with blanks up to a width."""
    return words + " " * (width - columns(words))


def clipped(words: str, width: int) -> str:
    """As much of the words as fits into a width."""
    while columns(words) > width:
        words = words[:-1]
    return words
