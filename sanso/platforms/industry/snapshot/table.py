"""Tables of command prefixes: which lines do not matter, and which do without being modelled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

HARMLESS = ""
"""Verdict on a line that decides nothing about where a packet may go."""


def prefixes(groups: Mapping[str, str]) -> list[str]:
    """Prefixes of as many words as their group's name has, and one more: ``{"ip": "cef host"}``."""
    return [f"{head} {word}".lstrip() for head, words in groups.items() for word in words.split()]


@dataclass(slots=True)
class _Node:
    verdict: str | None = None
    next: dict[str, _Node] = field(default_factory=dict)


class Table:
    """Verdicts by command prefix; the longest prefix counts.

    Args:
        harmless: prefixes of lines that do not matter.
        matters: catalogue key below ``unread`` → prefixes of lines that matter and are not modelled.
    """

    def __init__(self, harmless: Iterable[str], matters: Mapping[str, Iterable[str]]) -> None:
        self._root = _Node()
        for prefix in harmless:
            self._add(prefix, HARMLESS)
        for why, prefixes in matters.items():
            for prefix in prefixes:
                self._add(prefix, why)

    def verdict(self, words: Sequence[str]) -> str | None:
        """``HARMLESS``, the key of what matters, or None for a line that the table does not know.

        ``no …`` and ``default …`` switch off what the table knows, and so never matter.
        """
        found = self._find(words)
        if found is None and words[0] in ("no", "default") and len(words) > 1:
            return None if self._find(words[1:]) is None else HARMLESS
        return found

    def _find(self, words: Sequence[str]) -> str | None:
        node, verdict = self._root, None
        for word in words:
            following = node.next.get(word)
            if following is None:
                break
            node = following
            if node.verdict is not None:
                verdict = node.verdict
        return verdict

    def _add(self, prefix: str, verdict: str) -> None:
        node = self._root
        for word in prefix.split():
            node = node.next.setdefault(word, _Node())
        node.verdict = verdict
