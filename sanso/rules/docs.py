"""The list of all rules, from their classes and the catalogue: ``python -m sanso.rules.docs docs/rules.md``."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from sanso.messages import Language, text
from sanso.messages.catalogue import keys
from sanso.rules.rule import Rule, all_rules

GROUPS = {
    "YAML": "Files",
    "MODEL": "Shape of the variables",
    "REF": "Names",
    "SEG": "Segments",
    "ADDR": "Addresses",
    "SITE": "Sites",
    "WIN": "Maintenance windows",
    "DEV": "Devices",
    "PORT": "Ports",
    "LINK": "Trunks",
    "GATE": "Gateways",
    "NODE": "Nodes",
    "FLOW": "Approved flows",
    "SEP": "Separation of layers",
    "BETA": "Separation models",
    "SCH": "Schools",
    "LBO": "Local breakouts",
    "WLAN": "Wireless networks",
    "AP": "Access points and controllers",
    "RADIO": "Radios",
    "VIRT": "Virtualization hosts and machines",
    "STATE": "State of the city",
}
"""First part of the ids → what the rules are about, in the order of the page."""

READING = {
    "YAML-01": "A file of the inventory can be read, and is YAML.",
    "YAML-02": "No mapping holds a key twice.",
    "MODEL-01": "Variables hold the keys and the kinds of values of `docs/city.md`.",
    "MODEL-02": "What holds for the whole city has one value, whichever host is asked.",
}
"""Findings of reading, before any rule: an inventory with one of these is no city yet."""

INTRODUCTION = """\
# Rules

<!-- Made from the rules' classes and the catalogue of messages by `python -m sanso.rules.docs docs/rules.md`. -->

`ansible-playbook playbooks/validate.yml` checks the inventory against all of these and shows every finding at once:
its id, file, line and column, what was expected and found, and how to mend it. `SANSO_LANG=ja` gives them in
Japanese. An **error** stops a run; a **warning** does not, unless `segment_validation_warnings_fail` says so.

The ids SEP, LBO, BETA and WLAN-01 to WLAN-05 are those of the separation rules. No rule with a source has been
checked against the edition of its source by a person yet (`verified` below), and the run's report says so too.
Schools follow another policy: no SEP rule applies to their segments, and SCH-01 keeps them away from the office.

To add a rule, write a subclass of `Rule` in a module of `sanso/rules/`, its words in `sanso/messages/catalogue/`,
and a case in `tests/errors/`; then run the command above.
"""


def rules_page() -> str:
    """The page in Markdown."""
    rules = {rule.id: rule for rule in all_rules()}
    ids = sorted([*READING, *rules], key=_order)
    parts = [INTRODUCTION]
    for group, members in groupby(ids, key=_group):
        parts.append(f"## {group}: {GROUPS[group]}\n")
        parts.extend(_section(rule_id, rules.get(rule_id)) for rule_id in members)
    return "\n".join(parts)


def _section(rule_id: str, rule: type[Rule] | None) -> str:
    meaning = READING[rule_id] if rule is None else inspect.cleandoc(rule.__doc__ or "")
    title = text(f"{rule_id}.title", "en")
    lines = [f"### {rule_id}: {title}", "", f"{text(f'{rule_id}.title', 'ja')}", "", meaning]
    if rule is not None:
        verified = "yes" if rule.verified else "no"
        known = "" if rule.source == "practice" else f" Source: {rule.source}; verified: {verified}."
        lines += ["", f"Severity: {rule.severity}.{known}"]
    lines += ["", *(f"- {found}" for found in _messages(rule_id, "en")), ""]
    return "\n".join(lines)


def _messages(rule_id: str, lang: Language) -> Iterator[str]:
    """What the rule's findings say, with the names of what is filled in."""
    for key in sorted(key for key in keys() if key.startswith(f"{rule_id}.") and key.endswith(".what")):
        yield text(key, lang, **_names(key, lang))


def _names(key: str, lang: Language) -> dict[str, str]:
    """A value for each argument that a text asks for: the argument's own name."""
    found: dict[str, str] = {}
    while True:
        try:
            text(key, lang, **found)
        except KeyError as error:
            found[str(error.args[0])] = f"*{error.args[0]}*"
        else:
            return found


def _group(rule_id: str) -> str:
    return rule_id.partition("-")[0]


def _order(rule_id: str) -> tuple[int, str]:
    return list(GROUPS).index(_group(rule_id)), rule_id


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(rules_page(), encoding="utf-8")
