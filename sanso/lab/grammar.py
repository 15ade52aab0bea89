"""Command grammars as tables.

A command's syntax is written as vendors' manuals write it::

    switchport trunk native vlan ~ <id:1-4094>
    spanning-tree portfast ~ [disable | trunk]
    permit <rest:line>
    {ip | ipv6} route ~ <to:line>

Plain words are keywords, which a user may shorten while they stay unique.  ``<name:kind>`` is a parameter
(``<name>`` alone is of the kind of that name, ``<low-high>`` inside is a number), ``[…]`` may be left out,
``{a | b}`` is a choice.  ``~`` ends the words that name a line of configuration: what follows is its value, so a
second line with other words there replaces the first, and ``no`` needs nothing beyond the mark.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sanso.lab.words import KINDS, Kind, Line, number


class SyntaxProblem(Exception):  # noqa: N818 - a user's slip, not a fault of the program
    """A line the grammar does not take; ``at`` is the column where it stops making sense."""

    def __init__(self, at: int = 0) -> None:
        super().__init__(at)
        self.at = at


class InvalidInput(SyntaxProblem):
    """No command goes on like this."""


class IncompleteCommand(SyntaxProblem):
    """A command begins like this, and needs more."""


class AmbiguousCommand(SyntaxProblem):
    """A shortened keyword stands for more than one."""


@dataclass(frozen=True)
class Match:
    """A line understood.

    ``key`` and ``value`` are the words before and after the syntax's ``~``, spelt out in full; ``args`` are
    the parameters given, by name, plus each keyword of a choice or option as ``{"keyword": "keyword"}``.
    """

    command: "Command"
    line: Line
    key: str
    value: str
    args: Mapping[str, str]
    negated: bool = False
    defaulted: bool = False

    @property
    def text(self) -> str:
        """The whole command spelt out, without ``no``."""
        return f"{self.key} {self.value}" if self.value else self.key

    def __getitem__(self, name: str) -> str:
        return self.args[name]

    def get(self, name: str) -> str:
        """Give a parameter, empty when it was left out."""
        return self.args.get(name, "")


#: What a command does: gets the shell and the match, gives what the device prints (``None``: nothing).
#: The shell's type is the platform's own, which a table of functions cannot state.
Handler = Callable[[Any, Match], str | None]


@dataclass(frozen=True)
class Command:
    """One row of a grammar: a syntax, what it does, and the least privilege that sees it."""

    syntax: str
    run: Handler
    privilege: int = 0
    help: str = ""


@dataclass(eq=False)
class _Node:
    command: Command
    after_key: bool
    # whether the word that leads here says something: a parameter, or a keyword that might have been another
    telling: bool = False
    accept: bool = False
    keywords: list[tuple[str, "_Node"]] = field(default_factory=list)
    params: list[tuple[str, Kind, "_Node"]] = field(default_factory=list)
    skips: list["_Node"] = field(default_factory=list)

    @cached_property
    def reach(self) -> tuple["_Node", ...]:
        """The node and all that follow it without a word."""
        seen: list[_Node] = []
        todo: list[_Node] = [self]
        while todo:
            node = todo.pop(0)
            if node not in seen:
                seen.append(node)
                todo.extend(node.skips)
        return tuple(seen)

    @cached_property
    def edges(self) -> tuple[tuple[str, "_Node"], ...]:
        """All keywords that may come next."""
        return tuple(edge for node in self.reach for edge in node.keywords)

    @cached_property
    def slots(self) -> tuple[tuple[str, Kind, "_Node"], ...]:
        """All parameters that may come next."""
        return tuple(slot for node in self.reach for slot in node.params)

    @cached_property
    def complete(self) -> bool:
        """Whether the command may end here."""
        return any(node.accept for node in self.reach)

    @cached_property
    def named(self) -> bool:
        """Whether all words before ``~`` were given; without that mark, all words."""
        return self.complete or any(node.after_key for node in self.reach)


_SYNTAX = re.compile(r"<[^>]+>|[\[\]{}|~]|[^\s\[\]{}|<>~]+")
_BOUNDS = re.compile(r"(\d+)-(\d+)")


class _Builder:
    """Turns one syntax into nodes."""

    def __init__(self, command: Command, kinds: Mapping[str, Kind]) -> None:
        self._command = command
        self._kinds = kinds
        self._tokens = _SYNTAX.findall(command.syntax)
        self._at = 0
        self._depth = 0
        self._after_key = False

    def build(self) -> _Node:
        start = self._node()
        end = self._sequence(start)
        if self._at != len(self._tokens):
            raise ValueError(f"unbalanced syntax: {self._command.syntax!r}")
        end.accept = True
        return start

    def _node(self) -> _Node:
        return _Node(self._command, self._after_key)

    def _sequence(self, node: _Node) -> _Node:
        while self._at < len(self._tokens) and (part := self._tokens[self._at]) not in "]}|":
            self._at += 1
            if part == "~":
                self._after_key = True
                node = self._skip(node, self._node())
            elif part in "[{":
                node = self._choice(node, optional=part == "[")
            else:
                node = self._step(node, part)
        return node

    def _choice(self, node: _Node, optional: bool) -> _Node:
        ends = [node] if optional else []
        self._depth += 1
        while True:
            ends.append(self._sequence(self._skip(node, self._node())))
            self._at += 1
            if self._tokens[self._at - 1] != "|":
                break
        self._depth -= 1
        joined = self._node()
        for end in ends:
            end.skips.append(joined)
        return joined

    @staticmethod
    def _skip(node: _Node, following: _Node) -> _Node:
        node.skips.append(following)
        return following

    def _step(self, node: _Node, token: str) -> _Node:
        following = self._node()
        following.telling = token.startswith("<") or self._depth > 0
        if not token.startswith("<"):
            node.keywords.append((token, following))
            return following
        name, _, kind = token[1:-1].partition(":")
        if bounds := _BOUNDS.fullmatch(kind or name):
            node.params.append((name, number(int(bounds[1]), int(bounds[2])), following))
        else:
            node.params.append((name, self._kinds[kind or name], following))
        return following


@dataclass(slots=True)
class _Path:
    """One way to read the words so far."""

    node: _Node
    key: tuple[str, ...] = ()
    value: tuple[str, ...] = ()
    args: tuple[tuple[str, str], ...] = ()

    def on(self, node: _Node, name: str, text: str) -> "_Path":
        args = (*self.args, (name, text)) if node.telling else self.args
        if node.after_key:
            return _Path(node, self.key, (*self.value, text), args)
        return _Path(node, (*self.key, text), self.value, args)


#: how many lines a grammar remembers
_REMEMBERED = 20_000


class Grammar:
    """The commands of one mode."""

    def __init__(self, commands: Iterable[Command], kinds: Mapping[str, Kind] | None = None) -> None:
        self.commands: Sequence[Command] = tuple(commands)
        self._kinds = {**KINDS, **(kinds or {})}

        # many devices are told the same lines, and each reads most of its own again
        self._known: dict[tuple[str, int, int, bool, bool], Match | SyntaxProblem] = {}

    @cached_property
    def _starts(self) -> tuple[_Node, ...]:
        return tuple(_Builder(command, self._kinds).build() for command in self.commands)

    @cached_property
    def _by_letter(self) -> dict[str, list[_Node]]:
        """The commands that may begin with a letter; those that begin with a parameter are under all."""
        letters = {keyword[0].lower() for start in self._starts for keyword, _ in start.edges}
        found: dict[str, list[_Node]] = {letter: [] for letter in (*letters, "")}
        for start in self._starts:
            own = {keyword[0].lower() for keyword, _ in start.edges}
            for letter in found if start.slots else own:
                found[letter].append(start)
        return found

    def _beginnings(self, line: Line, first: int, privilege: int) -> list[_Path]:
        letter = line.words[first].lower[0]
        starts = self._by_letter.get(letter, self._by_letter[""])
        return [_Path(start) for start in starts if start.command.privilege <= privilege]

    def match(
        self, line: Line, first: int = 0, *, privilege: int = 15, negated: bool = False, defaulted: bool = False
    ) -> Match:
        """Read the line from word ``first`` on.

        ``negated`` and ``defaulted`` say that ``no`` or ``default`` stood before it: then a value may be missing.

        Raises:
            InvalidInput, IncompleteCommand, AmbiguousCommand: as the device would say.
        """
        asked = (line.raw, first, privilege, negated, defaulted)
        found = self._known.get(asked)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            try:
                found = self._read(line, first, privilege, negated, defaulted)
            except SyntaxProblem as problem:
                found = problem
            self._known[asked] = found
        if isinstance(found, Match):
            return found
        raise type(found)(found.at)

    def _read(self, line: Line, first: int, privilege: int, negated: bool, defaulted: bool) -> Match:
        loose = negated or defaulted
        agenda = {first: self._beginnings(line, first, privilege)}
        count = len(line.words)
        reached = first
        for index in range(first, count):
            paths = agenda.get(index)
            if not paths:
                continue
            reached = index
            self._advance(line, index, paths, agenda)
        for path in agenda.get(count, ()):
            if path.node.complete or (loose and path.node.named):
                return Match(
                    path.node.command,
                    line,
                    " ".join(path.key),
                    " ".join(path.value),
                    dict(path.args),
                    negated,
                    defaulted,
                )
        if agenda.get(count):
            raise IncompleteCommand(len(line.raw))
        raise InvalidInput(self._column(line, reached, agenda[reached]))

    @staticmethod
    def _advance(line: Line, index: int, paths: list[_Path], agenda: dict[int, list[_Path]]) -> None:
        word = line.words[index].lower
        found = [
            (keyword, path, node)
            for path in paths
            for keyword, node in path.node.edges
            if keyword.startswith(word) or keyword.lower().startswith(word)
        ]
        exact = [step for step in found if step[0].lower() == word]
        taken = []
        if not exact:
            for path in paths:
                for name, kind, node in path.node.slots:
                    if got := kind.take(line, index):
                        taken.append((path, name, node, got))
            if not taken and len({step[0] for step in found}) > 1:
                raise AmbiguousCommand(line.words[index].start)
        following = agenda.setdefault(index + 1, [])
        following.extend(path.on(node, keyword, keyword) for keyword, path, node in exact or found)
        for path, name, node, (words, text) in taken:
            agenda.setdefault(index + words, []).append(path.on(node, name, text))

    @staticmethod
    def _column(line: Line, index: int, paths: list[_Path]) -> int:
        """Find the first letter that fits no keyword."""
        if index >= len(line.words):
            return len(line.raw)
        word = line.words[index]
        common = 0
        for path in paths:
            for keyword, _ in path.node.edges:
                fits = 0
                for typed, meant in zip(word.lower, keyword, strict=False):
                    if typed != meant:
                        break
                    fits += 1
                common = max(common, fits)
        return word.start + min(common, len(word.text) - 1)

    def expected(self, line: Line, first: int, partial: str, *, privilege: int = 15) -> list[tuple[str, str]]:
        """List what may follow the words from ``first`` on and begins with ``partial``, with its help.

        ``<cr>`` stands for the end of the line.  The list is empty where the words make no sense.
        """
        agenda: dict[int, list[_Path]] = {
            first: [_Path(start) for start in self._starts if start.command.privilege <= privilege]
        }
        count = len(line.words)
        try:
            for index in range(first, count):
                if paths := agenda.get(index):
                    self._advance(line, index, paths, agenda)
        except AmbiguousCommand:
            return []
        shown: dict[str, str] = {}
        for path in agenda.get(count, ()):
            for keyword, node in path.node.edges:
                if keyword.lower().startswith(partial.lower()):
                    shown.setdefault(keyword, node.command.help if node.complete else "")
            if not partial:
                for _, kind, _node in path.node.slots:
                    shown.setdefault(kind.shown, "")
                if path.node.complete and count > first:
                    shown.setdefault("<cr>", "")
        return sorted(shown.items(), key=lambda item: (item[0].startswith("<cr"), item[0].lower()))
