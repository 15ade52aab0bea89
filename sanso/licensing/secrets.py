"""Product keys stay out of everything that is said: a terminal may repeat one in a fault."""

from __future__ import annotations

import re

HIDDEN = "*****"
_DASHED = r"(?:[A-Za-z0-9]{5}[-\u2010-\u2015\u2212]){4}[A-Za-z0-9]{5}"
_BARE = r"(?=[A-Za-z]*[0-9])[A-Za-z0-9]{25}"
"""Twenty-five letters without a digit among them are more likely the name of a class."""
_KEY = re.compile(rf"(?<![A-Za-z0-9])(?:{_DASHED}|{_BARE})(?![A-Za-z0-9])")


def without_keys(text: str) -> str:
    """A text with everything hidden that has the form of a product key."""
    return _KEY.sub(HIDDEN, text)
