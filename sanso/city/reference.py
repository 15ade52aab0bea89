"""Reference tables of the model, from its JSON Schema: ``python -m sanso.city.reference docs/city.md``.

In the text, each ``<!-- fields: sanso_site -->`` … ``<!-- end -->`` holds the tables of that variable.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sanso.city.calendar import MOMENT, MONTH_DAY
from sanso.city.schema import inventory_schema

Schema = dict[str, Any]

_BLOCK = re.compile(r"(?<=<!-- fields: )(?P<variable>\w+)(?P<mark> -->\n).*?(?=<!-- end -->)", re.DOTALL)
_PATTERNS = {
    "^[a-z][a-z0-9_]*$": "name",
    r"^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$": "IPv4 prefix",
    "^[0-9A-Fa-f:.]+/[0-9]{1,3}$": "IPv6 prefix",
    "^([01][0-9]|2[0-3]):[0-5][0-9]$": "HH:MM",
    f"^{MONTH_DAY}$": "MM-DD",
    f"^{MOMENT}$": "date, or date and HH:MM",
    r"^[\x20-\x7e]*$": "ASCII text",
    "^[A-Za-z][A-Za-z0-9-]{0,62}$": "name of a host",
    "^[0-9a-f]{2}(:[0-9a-f]{2}){5}$": "MAC address",
    r"^https://[^\s]+$": "https address",
    r"^[A-Za-z][A-Za-z0-9_.-]{0,14}$": "name of an interface",
    r"^(/[A-Za-z0-9_][A-Za-z0-9_.-]*)+$": "absolute path",
}
_FORMATS = {"ipv4": "IPv4 address", "ipv6": "IPv6 address", "date": "date", "date-time": "moment"}


def fill(text: str) -> str:
    """The text with the tables between its marks made anew."""
    schema = inventory_schema()
    told: set[str] = set()
    return _BLOCK.sub(
        lambda match: f"{match['variable']}{match['mark']}{_tables(schema, match['variable'], told)}", text
    )


def variables() -> list[str]:
    """The variables of an inventory, each of which has its tables somewhere in the text."""
    return list(inventory_schema()["properties"])


def _tables(schema: Schema, variable: str, told: set[str]) -> str:
    """A table for each type that the variable is made of, the outer before the inner, none told before."""
    parts = []
    for name in dict.fromkeys(_types(schema, schema["properties"][variable])):
        definition = schema["$defs"][name]
        if name in told or "properties" not in definition:
            continue
        told.add(name)
        parts.append(f"\n#### {definition['title']}\n\n{definition['description']}\n\n{_table(schema, definition)}\n")
    return "".join(parts) + "\n"


def _types(schema: Schema, value: Any) -> Iterator[str]:
    """Names of the types that a part of the schema speaks of, in reading order."""
    if isinstance(value, list):
        for item in value:
            yield from _types(schema, item)
    elif isinstance(value, dict):
        if "$ref" in value:
            name = value["$ref"].rpartition("/")[2]
            yield name
            yield from _types(schema, schema["$defs"][name])
        for key, item in value.items():
            if key not in {"$ref", "discriminator"}:
                yield from _types(schema, item)


def _table(schema: Schema, definition: Schema) -> str:
    rows = ["| field | value | |", "|---|---|---|"]
    for name, field in definition["properties"].items():
        value = _value(schema, field)
        if name not in definition.get("required", []):
            default = field.get("default")
            value += "; optional" if default in (None, []) else f"; {_word(default)} if absent"
        rows.append(f"| `{name}` | {value} | {field['description']} |")
    return "\n".join(rows)


def _value(schema: Schema, field: Schema) -> str:
    """What may stand there, in words."""
    if "$ref" in field:
        definition = schema["$defs"][field["$ref"].rpartition("/")[2]]
        return _value(schema, definition) if "enum" in definition else _link(definition["title"])
    if "anyOf" in field:
        return " or ".join(_value(schema, item) for item in field["anyOf"] if item.get("type") != "null")
    if "const" in field or "enum" in field:
        return ", ".join(_word(word) for word in field.get("enum", [field.get("const")]))
    match field["type"]:
        case "array":
            return f"list of: {_value(schema, field['items'])}"
        case "object":
            inner = [*field.get("patternProperties", {}).values(), field.get("additionalProperties")]
            return f"by name: {_value(schema, inner[0])}"
        case "integer":
            return _span(field)
        case "boolean":
            return "`true` or `false`"
    return _text(field)


def _text(field: Schema) -> str:
    known = _PATTERNS.get(field.get("pattern", "")) or _FORMATS.get(field.get("format", ""))
    return known or ("service" if "pattern" in field else "text")


def _span(field: Schema) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None:
        return "number"
    return f"{low}–{high}" if high is not None else f"{low} or more"


def _word(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_word, value))
    if isinstance(value, dict):
        return f"`{{{', '.join(f'{key}: {_plain(item)}' for key, item in value.items())}}}`"
    return f"`{_plain(value)}`"


def _plain(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _link(title: str) -> str:
    return f"[{title}](#{title.lower().replace(' ', '-')})"


if __name__ == "__main__":
    for argument in sys.argv[1:]:
        file = Path(argument)
        file.write_text(fill(file.read_text(encoding="utf-8")), encoding="utf-8")
