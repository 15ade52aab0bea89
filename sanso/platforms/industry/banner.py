"""Banners: free text in the middle of a configuration, which may look like anything."""

from __future__ import annotations

import re
from dataclasses import dataclass

_BANNER = re.compile(r"banner\s+[\w-]+\s*(?P<rest>.*)")
_EOF = "EOF"


@dataclass(frozen=True)
class Banner:
    """A banner that goes on below its first line, and what ends it."""

    mark: str

    def ends(self, line: str) -> bool:
        """Whether a line is the banner's last."""
        return line.strip() == _EOF if self.mark == _EOF else self.mark in line


def open_banner(line: str) -> Banner | None:
    """The banner that a line begins; None where it begins none, or where it ends in the same line."""
    match = _BANNER.match(line)
    if match is None:
        return None
    mark = _mark(match["rest"])
    return None if mark in match["rest"][len(mark) :] else Banner(mark)


def _mark(rest: str) -> str:
    """The character that a banner begins with, printed as ``^C`` if it is a control character; or ``EOF``."""
    return _EOF if not rest else "^C" if rest.startswith("^C") else rest[0]
