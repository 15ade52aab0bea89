"""Rows of Open vSwitch's database, from the JSON that ``ovs-vsctl`` prints.

Source: RFC 7047, 5.1 (values); ovs-vswitchd.conf.db(5) (tables).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]
"""Column → value: a scalar, a list (set) or a dict (map); an optional value that is absent is an empty list."""


def rows(text: str) -> list[Row]:
    """Rows of one table.

    Raises:
        ValueError: the text is not what ``ovs-vsctl --format=json list`` prints.
    """
    table = json.loads(text)
    try:
        return [dict(zip(table["headings"], (_value(one) for one in row), strict=True)) for row in table["data"]]
    except (KeyError, TypeError) as error:
        raise ValueError(f"no table of Open vSwitch: {error}") from error


def _value(found: Any) -> Any:
    match found:
        case ["uuid" | "named-uuid", uuid]:
            return uuid
        case ["set", members]:
            return [_value(one) for one in members]
        case ["map", pairs]:
            return {_value(key): _value(value) for key, value in pairs}
    return found


def many(value: Any) -> list[Any]:
    """Members of a set; a set of one is printed as that one."""
    return value if isinstance(value, list) else [value]


def number(value: Any) -> int | None:
    """An optional number."""
    members = many(value)
    return int(members[0]) if members else None


def word(value: Any) -> str:
    """An optional text."""
    members = many(value)
    return str(members[0]) if members else ""
