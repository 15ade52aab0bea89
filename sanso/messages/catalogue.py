"""The one catalogue of texts, ``catalogue/*.yml``: key → English and Japanese."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal, cast

import yaml

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # libyaml is absent on some platforms
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

Language = Literal["en", "ja"]
LANGUAGES: tuple[Language, ...] = ("en", "ja")


@dataclass(frozen=True)
class Phrase:
    """A text of the catalogue as an argument of another: it is said in the language of the whole."""

    key: str
    args: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def say(self, lang: Language) -> str:
        """The phrase itself."""
        return text(self.key, lang, **self.args)


@dataclass(frozen=True)
class Phrases:
    """Things, and a phrase on each of them: ``kvm-2 (too few CPUs), kvm-3 (…)``."""

    items: tuple[tuple[str, Phrase], ...]

    def say(self, lang: Language) -> str:
        """All of them in one line."""
        return ", ".join(f"{thing} ({phrase.say(lang)})" for thing, phrase in self.items)


def language(wanted: str | None = None) -> Language:
    """Choose the language: the one asked for, else ``SANSO_LANG``, else English."""
    chosen = wanted or os.environ.get("SANSO_LANG") or "en"
    return "ja" if chosen.lower().startswith("ja") else "en"


def text(key: str, lang: Language, /, **args: Any) -> str:
    """Text of a catalogue key with its arguments filled in.

    Raises:
        KeyError: the catalogue has no such key.
    """
    spoken = {name: say(value, lang) for name, value in args.items()}
    return _entries()[key][lang].format_map(spoken)


def say(value: Any, lang: Language) -> Any:
    """A phrase, or phrases, in a language; all else as it is."""
    return value.say(lang) if isinstance(value, Phrase | Phrases) else value


def keys() -> frozenset[str]:
    """Every key of the catalogue."""
    return frozenset(_entries())


@cache
def _entries() -> Mapping[str, Mapping[Language, str]]:
    """All texts; nested keys are joined by dots, so that ``SEG-01: {what: {en, ja}}`` is ``SEG-01.what``."""
    entries: dict[str, Mapping[Language, str]] = {}

    def collect(prefix: str, node: Mapping[str, Any]) -> None:
        if set(node) == set(LANGUAGES):
            entries[prefix] = cast("Mapping[Language, str]", node)
            return
        for name, child in node.items():
            collect(f"{prefix}.{name}" if prefix else name, child)

    for file in sorted(files("sanso.messages").joinpath("catalogue").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".yml"):
            collect("", yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader))
    return entries
