"""What a policy file answers, read from where it lies, whoever wrote it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from sanso.city.segment import Layer
from sanso.messages import Language, text
from sanso.pki.names import layer_of_issuer
from sanso.radius.text import ISSUER, SSID, SUBJECT, around, of_unit, reply, unquoted

_LITERAL = r"'(?:[^'\\$]|\\')*'"
_TESTS = re.compile(
    rf"(?P<word>if|elsif) \({SSID} == (?P<ssid>{_LITERAL}) && {ISSUER} == (?P<issuer>{_LITERAL})"
    rf" && {SUBJECT} =~ (?P<subject>/.+/)\) \{{"
)
_UNIT = re.compile(r"OU=([a-z0-9_]+)")
_VLAN = re.compile(r'&Tunnel-Private-Group-Id := "(?P<vlan>[0-9]{1,4})"')


class ReadAnswer(NamedTuple):
    """Certificates of a layer on an SSID are put into a VLAN."""

    ssid: str
    layer: Layer
    unit: str
    """The segment that the certificates name."""
    vlan: int
    line: int


class UnreadLine(NamedTuple):
    """A line that was not understood, or one that is missing where it should stand: nothing is known of the file."""

    number: int
    text: str
    missing: bool = False

    def told(self, file: str, lang: Language) -> str:
        """The line as people are told of it."""
        key = "radius.missing" if self.missing else "radius.unread"
        return text(key, lang, file=file, line=self.number, text=self.text)


@dataclass(frozen=True)
class ReadPolicy:
    """A policy file; with anything unread, its answers are not all that the server may give."""

    answers: tuple[ReadAnswer, ...]
    unread: tuple[UnreadLine, ...]


class _Line(NamedTuple):
    number: int
    text: str


def read_policy(policy: str) -> ReadPolicy:
    """Read a policy file; what is not written as :func:`sanso.radius.policy.policy` writes it is unread."""
    lines = _statements(policy)
    opening = _statements(around()[0])[-1].text
    answers: list[ReadAnswer] = []
    rest: list[_Line] = []
    index = 0
    while index < len(lines):
        found = _answer(lines, index, first=not answers) if rest and rest[-1].text == opening else None
        if found is None:
            rest.append(lines[index])
            index += 1
        else:
            answers.append(found)
            index += 1 + len(reply(""))
    return ReadPolicy(tuple(answers), tuple(_strange(rest)))


def _statements(policy: str) -> list[_Line]:
    """Lines that say something. One that ends in a backslash goes on in the next, so that no comment hides it."""
    lines = (_Line(number, line.strip(" \t")) for number, line in enumerate(policy.split("\n"), 1))
    return [line for line in lines if line.text and (not line.text.startswith("#") or line.text.endswith("\\"))]


def _answer(lines: list[_Line], index: int, *, first: bool) -> ReadAnswer | None:
    """The answer that begins at a line; None where none does, or none that is understood to its end."""
    tests = _TESTS.fullmatch(lines[index].text)
    layer = layer_of_issuer(unquoted(tests["issuer"])) if tests else None
    if tests is None or layer is None or (tests["word"] == "if") != first:
        return None
    body = tuple(line.text for line in lines[index + 1 : index + 1 + len(reply(""))])
    vlan = next((found["vlan"] for line in body if (found := _VLAN.fullmatch(line))), "")
    unit = _UNIT.search(tests["subject"])
    if body != reply(vlan) or unit is None or tests["subject"] != of_unit(unit[1]):
        return None
    return ReadAnswer(unquoted(tests["ssid"]), layer, unit[1], int(vlan), lines[index].number)


def _strange(rest: list[_Line]) -> Iterator[UnreadLine]:
    """Lines beside the answers that are not those of every policy file, and those of every file that are missing."""
    usual = [line.text for half in around() for line in _statements(half)]
    matcher = SequenceMatcher(None, [line.text for line in rest], usual, autojunk=False)
    for kind, start, end, usual_start, usual_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        yield from (UnreadLine(line.number, line.text) for line in rest[start:end])
        place = rest[start].number if start < len(rest) else rest[-1].number if rest else 0
        yield from (UnreadLine(place, line, missing=True) for line in usual[usual_start:usual_end])
