"""The output of ``nft list ruleset``."""

from __future__ import annotations

from sanso.platforms.nftables.ruleset import ChainText, Ruleset, RuleText, SetText, TableText
from sanso.platforms.nftables.sections import Section
from sanso.platforms.nftables.statements import element, read_statements
from sanso.platforms.nftables.tokens import Cursor, GrammarError, Token, tokens

PRIORITIES = {"raw": -300, "mangle": -150, "dstnat": -100, "filter": 0, "security": 50, "srcnat": 100}
"""Names of priorities of the families ip, ip6 and inet (nft(8))."""
NAMED = ("counter", "quota", "limit", "secmark", "synproxy", "flowtable")
"""Objects that do nothing until a rule names them."""


def read_text(section: Section) -> Ruleset:
    """Read a ruleset; what is no table is unknown.

    Raises:
        GrammarError: its braces or strings do not end.
    """
    return _Reader(section).read()


class _Reader:
    def __init__(self, section: Section) -> None:
        self.section = section
        self.cursor = Cursor(list(tokens(section.text, section.first)))
        self.found = Ruleset()

    def read(self) -> Ruleset:
        cursor = self.cursor
        cursor.skip_ends()
        while cursor.word:
            if cursor.word == "table":
                self._table()
            else:
                self._unknown()
            cursor.skip_ends()
        return self.found

    def _unknown(self) -> None:
        """Pass over a statement that is not known, its braces included."""
        line = self.cursor.line
        words = [token.text for token in self.cursor.statement()]
        if not words:
            self.cursor.take()  # a brace too many
        if words not in (["flush", "ruleset"], ["#"]) and words[:1] != ["#"]:
            self.found.unknown.append(self.section.line(line))

    def _open(self) -> None:
        self.cursor.expect("{")
        self.cursor.skip_ends()

    def _table(self) -> None:
        cursor = self.cursor
        cursor.expect("table")
        family = cursor.take()
        name = "" if cursor.word == "{" else cursor.take()
        family, name = (family, name) if name else ("ip", family)
        table = self.found.table(family, name)
        self._open()
        while not cursor.has("}"):
            match cursor.word:
                case "chain":
                    self._chain(table)
                case "set" | "map":
                    self._set(table)
                case "flags":
                    table.dormant |= "dormant" in [token.text for token in cursor.statement()]
                case "comment":
                    cursor.statement()
                case "ct":
                    cursor.statement()
                case word if word in NAMED:
                    cursor.statement()
                case "":
                    raise GrammarError("a table that never ends")
                case _:
                    self._unknown()
            cursor.skip_ends()

    def _chain(self, table: TableText) -> None:
        cursor = self.cursor
        line = cursor.line
        cursor.expect("chain")
        chain = ChainText(self.section.line(line))
        table.chains[cursor.take()] = chain
        self._open()
        while not cursor.has("}"):
            line = cursor.line
            words = cursor.statement()
            if not words:
                raise GrammarError("a chain that never ends")
            match [token.text for token in words]:
                case ["type", kind, "hook", hook, *rest]:
                    chain.kind, chain.hook = kind, hook
                    chain.priority = _priority(rest)
                    chain.policy_line = self.section.line(line)
                case ["policy", policy]:
                    chain.policy = policy
                    chain.policy_line = self.section.line(line)
                case ["comment", _] | ["flags" | "devices", *_]:
                    pass
                case _:
                    chain.rules.append(RuleText(self.section.line(line), _statements(words)))
            cursor.skip_ends()

    def _set(self, table: TableText) -> None:
        cursor = self.cursor
        cursor.take()
        found = table.sets.setdefault(cursor.take(), SetText())
        self._open()
        while not cursor.has("}"):
            line = cursor.line
            words = cursor.statement()
            match [token.text for token in words]:
                case ["elements", "=", *_]:
                    self._elements(found, words[2:], line)
                case ["flags", *flags]:
                    found.fixed &= not {"dynamic", "timeout"} & set(flags)
                case ["timeout", *_]:
                    found.fixed = False
                case [
                    "type" | "typeof" | "size" | "policy" | "auto-merge" | "gc-interval" | "comment" | "counter",
                    *_,
                ]:
                    pass
                case []:
                    raise GrammarError("a set that never ends")
                case _:
                    found.fixed = False
                    self.found.unknown.append(self.section.line(line))
            cursor.skip_ends()

    def _elements(self, found: SetText, words: list[Token], line: int) -> None:
        try:
            cursor = Cursor(words)
            cursor.expect("{")
            while not cursor.has("}"):
                found.elements.append(element(cursor))
                if not cursor.has(",") and cursor.word != "}":
                    raise GrammarError(cursor.word)
        except GrammarError:
            found.fixed = False
            self.found.unknown.append(self.section.line(line))


def _statements(words: list[Token]) -> list[dict[str, object]] | None:
    try:
        return read_statements(words)
    except GrammarError:
        return None


def _priority(words: list[str]) -> int:
    """Behind ``priority``: a number, a name, or a name and a number to add."""
    if "priority" not in words:
        raise GrammarError("a hook without priority")
    match words[words.index("priority") + 1 :]:
        case [number] if number.lstrip("-").isdecimal():
            return int(number)
        case [name] if name in PRIORITIES:
            return PRIORITIES[name]
        case [name, "+" | "-" as sign, number] if name in PRIORITIES and number.isdecimal():
            return PRIORITIES[name] + (int(number) if sign == "+" else -int(number))
        case other:
            raise GrammarError(" ".join(other))
