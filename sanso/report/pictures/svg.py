"""A drawing in SVG: shapes, and text that is measured well enough to fit."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width
from xml.etree.ElementTree import Element, SubElement, indent, tostring

FONTS = "'Noto Sans CJK JP', 'Noto Sans JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, sans-serif"
WIDE, NARROW, SLIM = 1.0, 0.6, 0.33
"""Widths of characters in units of their size: Japanese, Latin, and Latin that is thin; on the safe side."""
_THIN = frozenset(" ,.:;'|!()[]/ijlft")
OPENING, CLOSING = frozenset("(\uff08「『"), frozenset(")、。\uff09」』・")
"""What no line ends with, and what none begins with."""

Value = str | float


class Drawing:
    """Shapes on a page of a fixed width; its height is known when all is drawn.

    A ``title`` is shown when the pointer rests on a shape, and read aloud.
    """

    def __init__(self, width: float, title: str, lang: str) -> None:
        self.width = width
        self.root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "lang": lang, "role": "img"})
        self.root.set("font-family", FONTS)
        SubElement(self.root, "title").text = title
        self._ground = self.shape("rect", x=0, y=0, fill="#ffffff")

    def shape(self, tag: str, title: str = "", /, **attributes: Value) -> Element:
        """An element with attributes; ``_`` in their names stands for ``-``."""
        element = SubElement(self.root, tag)
        for name, value in attributes.items():
            element.set(name.rstrip("_").replace("_", "-"), _written(value))
        if title:
            SubElement(element, "title").text = title
        return element

    def box(self, x: float, y: float, width: float, height: float, title: str = "", **attributes: Value) -> Element:
        """A rectangle."""
        return self.shape("rect", title, x=x, y=y, width=width, height=height, **attributes)

    def line(self, *points: tuple[float, float], title: str = "", **attributes: Value) -> Element:
        """A line from point to point."""
        return self.shape("polyline", title, points=_points(points), fill="none", **attributes)

    def area(self, *points: tuple[float, float], **attributes: Value) -> Element:
        """A closed and filled shape."""
        return self.shape("polygon", points=_points(points), **attributes)

    def text(
        self, x: float, y: float, words: str, size: float, title: str = "", anchor: str = "start", **attributes: Value
    ) -> Element:
        """A line of text whose baseline is at ``y``."""
        element = self.shape("text", title, x=x, y=y, font_size=size, text_anchor=anchor, **attributes)
        element.text = words
        return element

    def written(self, height: float) -> str:
        """The drawing as text of a file that stands alone."""
        self.root.set("viewBox", f"0 0 {_written(self.width)} {_written(height)}")
        self.root.set("width", _written(self.width))
        self.root.set("height", _written(height))
        self._ground.set("width", _written(self.width))
        self._ground.set("height", _written(height))
        indent(self.root)
        return tostring(self.root, encoding="unicode") + "\n"


def measure(words: str, size: float) -> float:
    """Width of a line of text, rather too wide than too narrow."""
    return size * sum(_width(character) for character in words)


def shortened(words: str, size: float, limit: float) -> str:
    """The text, or as much of it as fits, and an ellipsis."""
    if measure(words, size) <= limit:
        return words
    while words and measure(words + "…", size) > limit:
        words = words[:-1]
    return words + "…"


def wrapped(words: str, size: float, limit: float, most: int = 2) -> list[str]:
    """The text in lines that fit, at most so many, broken where words end if that will do."""
    lines: list[str] = []
    while len(lines) < most - 1 and measure(words, size) > limit:
        full = next(n for n in range(len(words) - 1, 0, -1) if n == 1 or measure(words[:n], size) <= limit)
        ends = [n for n in range(full, 0, -1) if _may_break(words, n)]
        good = (n for n in ends if _is_good(words, n) and measure(words[n:], size) <= limit)
        end = next(good, ends[0] if ends else full)
        lines.append(words[:end].rstrip())
        words = words[end:].lstrip()
    return [*lines, shortened(words, size, limit)]


def _may_break(words: str, place: int) -> bool:
    """Whether a line may end here: not inside a Latin word, nor where a bracket would be left alone (JIS X 4051)."""
    before, after = words[place - 1], words[place]
    return not (_latin(before) and _latin(after)) and before not in OPENING and after not in CLOSING


def _is_good(words: str, place: int) -> bool:
    """Whether a word ends here for certain."""
    return words[place - 1] in " ・" or words[place] in OPENING


def fitted(words: str, size: float, least: float, limit: float) -> list[tuple[str, float]]:
    """The text in one line with its size, smaller than asked where it then fits; else in two lines."""
    needed = size * limit / max(measure(words, size), 1)
    return [(words, min(size, needed))] if needed >= least else [(line, size) for line in wrapped(words, size, limit)]


def _latin(character: str) -> bool:
    return character.isascii() and not character.isspace()


def _width(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return WIDE
    return SLIM if character in _THIN else NARROW


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_written(x)},{_written(y)}" for x, y in points)


def _written(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")
