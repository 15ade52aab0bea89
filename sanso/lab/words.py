"""A command line in words, and the kinds of word a grammar's parameters take."""

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class Word:
    """One word and its place in the line."""

    text: str
    start: int

    @cached_property
    def lower(self) -> str:
        """The word in small letters."""
        return self.text.lower()


@dataclass(frozen=True)
class Line:
    """A line as typed, and its words; a quoted part is one word that keeps its quotes."""

    raw: str
    # they follow from the text
    words: tuple[Word, ...] = field(compare=False)

    def rest(self, index: int) -> str:
        """Give the line from word ``index`` on, inner blanks as typed."""
        return self.raw[self.words[index].start :].rstrip() if index < len(self.words) else ""


_WORD = re.compile(r'"[^"]*"\S*|\S+')


@lru_cache(maxsize=20_000)
def split(raw: str) -> Line:
    """Cut a line into words."""
    return Line(raw, tuple(Word(found.group(), found.start()) for found in _WORD.finditer(raw)))


#: How many words were taken and what the device makes of them, or ``None``: not of this kind.
Taken = tuple[int, str] | None


@dataclass(frozen=True)
class Kind:
    """A kind of parameter: how it takes words, and what ``?`` shows."""

    take: Callable[[Line, int], Taken]
    shown: str


def single(take: Callable[[str], str | None], shown: str) -> Kind:
    """Make a kind of one word from a function that gives its printed form or ``None``."""

    def take_one(line: Line, index: int) -> Taken:
        text = take(line.words[index].text)
        return None if text is None else (1, text)

    return Kind(take_one, shown)


def matching(pattern: str, shown: str) -> Kind:
    """Make a kind of one word that matches a pattern whole."""
    compiled = re.compile(pattern)
    return single(lambda text: text if compiled.fullmatch(text) else None, shown)


def number(low: int, high: int) -> Kind:
    """Make the kind of a number within bounds, printed without leading zeros."""

    def take(text: str) -> str | None:
        return str(int(text)) if text.isdecimal() and low <= int(text) <= high else None

    return single(take, f"<{low}-{high}>")


def one_of(shown: str, *choices: str) -> Kind:
    """Make a kind of one word among a few that may be shortened as keywords may."""

    def take(text: str) -> str | None:
        found = [choice for choice in choices if choice.startswith(text.lower())]
        return text.lower() if text.lower() in choices else found[0] if len(found) == 1 else None

    return single(take, shown)


def _ipv4(text: str) -> str | None:
    try:
        return str(ipaddress.IPv4Address(text))
    except ValueError:
        return None


def _mask(text: str) -> str | None:
    address = _ipv4(text)
    if address is None:
        return None
    inverted = int(ipaddress.IPv4Address(address)) ^ 0xFFFFFFFF
    return address if inverted & (inverted + 1) == 0 else None


def _ipv4_prefix(text: str) -> str | None:
    try:
        return str(ipaddress.IPv4Interface(text)) if "/" in text else None
    except ValueError:
        return None


def ipv6_text(address: ipaddress.IPv6Address) -> str:
    """Print an address as Cisco and Arista do, in capitals."""
    return str(address).upper()


def _ipv6(text: str) -> str | None:
    try:
        return ipv6_text(ipaddress.IPv6Address(text))
    except ValueError:
        return None


def _ipv6_prefix(text: str) -> str | None:
    address, slash, length = text.partition("/")
    printed = _ipv6(address)
    return f"{printed}/{int(length)}" if printed and slash and length.isdecimal() and int(length) <= 128 else None


def _take_rest(line: Line, index: int) -> Taken:
    return len(line.words) - index, line.rest(index)


#: kinds every grammar knows; a grammar adds its own and may replace these
KINDS: dict[str, Kind] = {
    "word": single(lambda text: text, "WORD"),
    "line": Kind(_take_rest, "LINE"),
    "ipv4": single(_ipv4, "A.B.C.D"),
    "mask": single(_mask, "A.B.C.D"),
    "wildcard": single(_ipv4, "A.B.C.D"),
    "ipv4prefix": single(_ipv4_prefix, "A.B.C.D/E"),
    "ipv6": single(_ipv6, "X:X:X:X::X"),
    "ipv6prefix": single(_ipv6_prefix, "X:X:X:X::X/<0-128>"),
    "host": single(lambda text: _ipv6(text) or text, "Hostname or A.B.C.D"),
}
