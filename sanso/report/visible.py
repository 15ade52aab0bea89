"""Text from elsewhere, with what nobody could see in it made visible."""

from __future__ import annotations

import re

_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Controls of a terminal, and characters that turn the direction of text (Unicode UAX #9) or have no width."""


def visible(words: str) -> str:
    """The same words; what a device says may not move a cursor or turn a line around."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", words)
