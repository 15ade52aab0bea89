"""Arguments that several plugins take, with one default each."""

from __future__ import annotations

from typing import Any

LANGUAGE: dict[str, Any] = {"language": {"type": "str", "choices": ["en", "ja"], "default": "en"}}
CITY: dict[str, Any] = {"group": {"type": "str", "default": "network"}, **LANGUAGE}
"""Whose variables make the city, and the language of what is said of it."""
SITUATION: dict[str, Any] = {"situation": {"type": "dict", "default": {}}}
"""State of the city in place of the inventory's."""
OVERRIDE: dict[str, Any] = {
    "override_reason": {"type": "str", "default": ""},
    "override_by": {"type": "str", "default": ""},
}
"""Why hosts are worked on outside their maintenance windows, and who says so."""
JOURNAL: dict[str, Any] = {
    "journal": {"type": "path", "default": "journal"},
    "approver": {"type": "str", "default": ""},
    "ticket": {"type": "str", "default": ""},
    "break_lock": {"type": "str", "default": ""},
}
"""Where it is written what is done, what is written of it, and whether others are asked."""
WORK: dict[str, Any] = {
    "timer": {"type": "int", "default": 5},
    "timeout": {"type": "int", "default": 30},
    **OVERRIDE,
    **JOURNAL,
}
"""How devices are worked on, and what is written of it."""
CHANGE: dict[str, Any] = {
    **WORK,
    "removal_limit": {"type": "float", "default": 0.3},
    "removal_floor": {"type": "int", "default": 3},
}
"""How they are brought to the inventory."""
