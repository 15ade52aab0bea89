from __future__ import annotations

import string

import pytest

from sanso.messages import LANGUAGES, language
from sanso.messages.catalogue import _entries, keys, text

PARTS = {"what", "expected", "found", "hint"}


def arguments(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


def test_both_languages_take_arguments_from_the_same_set() -> None:
    """A text may leave an argument of the other language out, but not ask for one that nobody gives."""
    known: dict[str, set[str]] = {}
    for key, entry in _entries().items():
        group = key.rpartition(".")[0]
        known.setdefault(group, set()).update(arguments(entry["en"]))
    for key, entry in _entries().items():
        assert arguments(entry["ja"]) <= known[key.rpartition(".")[0]], key


def test_every_finding_has_all_its_parts() -> None:
    groups: dict[str, set[str]] = {}
    for key in keys():
        group, _, part = key.rpartition(".")
        if part in PARTS and "-" in group:
            groups.setdefault(group, set()).add(part)
    assert groups
    assert all(parts == PARTS for parts in groups.values())


def test_no_text_is_empty() -> None:
    for key, entry in _entries().items():
        assert all(entry[lang].strip() for lang in LANGUAGES), key


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(KeyError):
        text("no.such.key", "en")


@pytest.mark.parametrize(
    ("wanted", "environment", "expected"),
    [(None, None, "en"), ("ja", None, "ja"), (None, "ja_JP.UTF-8", "ja"), ("en", "ja", "en"), ("fr", None, "en")],
)
def test_the_language_asked_for_comes_before_the_environments(
    wanted: str | None, environment: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SANSO_LANG", raising=False)
    if environment is not None:
        monkeypatch.setenv("SANSO_LANG", environment)
    assert language(wanted) == expected
