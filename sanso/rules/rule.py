"""The base class of rules, and the list of them."""

from __future__ import annotations

import importlib
import pkgutil
from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, ClassVar

import sanso.rules
from sanso.city.model import City
from sanso.messages import Finding, Severity
from sanso.messages.source import Path


class Rule(ABC):
    """One rule: an id as in the guideline's table or our own, and a check on the intent."""

    id: ClassVar[str]
    source: ClassVar[str] = "practice"
    verified: ClassVar[bool] = False
    """Whether a person has checked the rule against the guideline's edition."""
    severity: ClassVar[Severity] = Severity.ERROR

    def __init__(self, city: City, today: date) -> None:
        self.city = city
        self.today = today

    @abstractmethod
    def check(self) -> Iterator[Finding]:
        """Findings of this rule, in the order of the city's text."""

    def finding(self, path: Path, variant: str = "", severity: Severity | None = None, **args: Any) -> Finding:
        """Make a finding of this rule at a path of the city."""
        location = self.city.location(path)
        return Finding(self.id, severity or self.severity, path, location, args, variant)


@cache
def all_rules() -> tuple[type[Rule], ...]:
    """Every rule of this package, by id."""
    for module in pkgutil.iter_modules(sanso.rules.__path__):
        importlib.import_module(f"sanso.rules.{module.name}")
    return tuple(sorted(_concrete(Rule), key=lambda rule: rule.id))


def _concrete(base: type[Any]) -> Iterator[type[Rule]]:
    for rule in base.__subclasses__():
        if hasattr(rule, "id"):
            yield rule
        yield from _concrete(rule)
