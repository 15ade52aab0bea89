"""Words of ledgers: tidied, compared, and looked up among those that are well known (``words.yml``)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def tidy(value: str) -> str:
    """Text in NFKC (full-width letters and digits become plain ones), without blanks around it or twice inside."""
    if not value.isascii():
        value = unicodedata.normalize("NFKC", value).translate(_INVISIBLE)
    return " ".join(value.split())


def fold(value: str) -> str:
    """What remains of a word when case, width and blanks do not matter."""
    return tidy(value).replace(" ", "").casefold()


@cache
def well_known() -> Mapping[str, Any]:
    """Everything in ``words.yml``."""
    found: Mapping[str, Any] = yaml.safe_load(files("sanso.ledger").joinpath("words.yml").read_text(encoding="utf-8"))
    return found


@cache
def folded(name: str) -> frozenset[str]:
    """A list of ``words.yml``, to look words up in."""
    return frozenset(map(fold, well_known()[name]))


def by_word(words: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Word → what it stands for, from what it stands for → words."""
    return {fold(word): meaning for meaning, all_of_it in words.items() for word in (meaning, *all_of_it)}
