from __future__ import annotations

from pathlib import Path

from sanso.messages import LANGUAGES
from sanso.rules import all_rules
from sanso.rules.docs import rules_page

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_page_of_rules_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_page(), "run python -m sanso.rules.docs docs/rules.md"


def test_every_rule_has_an_id_of_its_own_a_title_and_a_docstring() -> None:
    rules = all_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    for rule in rules:
        assert rule.__doc__
        assert all(rule.title(language) for language in LANGUAGES)


def test_the_separation_rules_of_the_guideline_are_there_and_wait_to_be_verified() -> None:
    rules = {rule.id: rule for rule in all_rules()}
    guideline = {"SEP-01", "SEP-02", "SEP-03", "SEP-05", "SEP-06", "SEP-07", "LBO-01", "LBO-02", "LBO-03", "LBO-07"}
    guideline |= {"LBO-08", "BETA-01", "WLAN-01", "WLAN-02", "WLAN-04", "WLAN-05", "SCH-01"}
    assert guideline <= rules.keys()
    for rule_id in guideline:
        assert rules[rule_id].source != "practice"
        assert not rules[rule_id].verified
