"""Separation rules and plain sanity rules on the intent: one small class each.

A new rule is a new class in a module of this package and its words in ``sanso/messages/catalogue``.
"""

from sanso.rules.check import check_city
from sanso.rules.rule import GUIDELINE, Rule, all_rules

__all__ = ["GUIDELINE", "Rule", "all_rules", "check_city"]
