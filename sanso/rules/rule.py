"""The base class of rules, and the list of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, ClassVar

import sanso.rules
from sanso.messages import Finding, Language, Severity, text
from sanso.messages.source import Path
from sanso.rules.index import Index

GUIDELINE = "guideline on information security policy of local governments"
"""Source of the separation rules: what secondary sources say of it."""


class Rule(ABC):
    """One rule: an id as in the guideline's table or our own, and a check on the intent."""

    id: ClassVar[str]
    source: ClassVar[str] = "practice"
    verified: ClassVar[bool] = False
    """Whether a person has checked the rule against the guideline's edition."""
    severity: ClassVar[Severity] = Severity.ERROR

    def __init__(self, index: Index, today: date) -> None:
        self.index = index
        self.city = index.city
        self.today = today

    @abstractmethod
    def check(self) -> Iterator[Finding]:
        """Findings of this rule, in the order of the city's text."""

    def finding(self, path: Path, variant: str = "", **args: Any) -> Finding:
        """Make a finding of this rule at a path of the city."""
        return self._make(self.severity, path, variant, args)

    def error(self, path: Path, variant: str = "", **args: Any) -> Finding:
        """Make a finding that stops a run, whatever the rule's own severity is."""
        return self._make(Severity.ERROR, path, variant, args)

    def warning(self, path: Path, variant: str = "", **args: Any) -> Finding:
        """Make a finding that does not stop a run, whatever the rule's own severity is."""
        return self._make(Severity.WARNING, path, variant, args)

    def _make(self, severity: Severity, path: Path, variant: str, args: dict[str, Any]) -> Finding:
        return Finding(self.id, severity, path, self.city.location(path), args, variant)

    @classmethod
    def title(cls, lang: Language) -> str:
        """The subject of the rule, in a few words."""
        return text(f"{cls.id}.title", lang)


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule of this package, by id."""
    for module in pkgutil.iter_modules(sanso.rules.__path__):
        importlib.import_module(f"sanso.rules.{module.name}")
    return tuple(sorted(_concrete(Rule), key=lambda rule: rule.id))


def _concrete(base: type[Any]) -> Iterator[type[Rule]]:
    for rule in base.__subclasses__():
        if not inspect.isabstract(rule) and rule.__module__.startswith(f"{sanso.rules.__name__}."):
            yield rule
        yield from _concrete(rule)
