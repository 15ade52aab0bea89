"""JSON Schema of the inventory's variables, for editors: ``python -m sanso.city.schema [FILE]``; ``-`` prints it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Field, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from sanso.city.device import Device
from sanso.city.document import (
    CITY_VARIABLES,
    DEVICE_VARIABLE,
    HOST_VARIABLES,
    PLATFORM_VARIABLE,
    PORTS_VARIABLE,
    SITE_VARIABLE,
)
from sanso.city.element import Element
from sanso.city.model import City
from sanso.city.segment import Pool
from sanso.city.site import Site
from sanso.city.virtual import VirtualizationHost
from sanso.city.wireless import AccessPoint, Controller

ELSEWHERE = frozenset({"hostname", "site", "groups", "platform", "ports"})
"""Fields of a host that are not written in its variable: the inventory says them, or variables of their own."""
_HOSTS: dict[str, tuple[str, type[Element], str]] = {
    DEVICE_VARIABLE: ("Switch", Device, "What a switch is and where it stands."),
    HOST_VARIABLES["access_points"]: ("AccessPoint", AccessPoint, str(AccessPoint.__doc__)),
    HOST_VARIABLES["controllers"]: ("Controller", Controller, str(Controller.__doc__)),
    HOST_VARIABLES["virtualization_hosts"]: (
        "VirtualizationHost",
        VirtualizationHost,
        str(VirtualizationHost.__doc__),
    ),
}
"""Variable that makes a host what it is → title, type, what it says."""

_PATTERNS = {
    "ipv4network": r"^([0-9]{1,3}\.){3}[0-9]{1,3}/[0-9]{1,2}$",
    "ipv6network": r"^[0-9A-Fa-f:.]+/[0-9]{1,3}$",
}


class _Generator(GenerateJsonSchema):
    """Pydantic's schema without the titles that it makes up, and with patterns for prefixes and names."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        del schema
        return False

    def generate_inner(self, schema: Any) -> JsonSchemaValue:
        made = super().generate_inner(schema)
        if (pattern := _PATTERNS.get(made.get("format", ""))) is not None:
            return {"type": "string", "pattern": pattern}
        return made

    def dict_schema(self, schema: core_schema.DictSchema) -> JsonSchemaValue:
        """A mapping by name; what does not match the pattern of names is no name."""
        made = super().dict_schema(schema)
        return {**made, "additionalProperties": False} if "patternProperties" in made else made


def inventory_schema() -> dict[str, Any]:
    """The schema: one property for each variable that the project reads; other variables are left alone."""
    schema = _plain_words(_variables().model_json_schema(schema_generator=_Generator))
    for name, definition in schema["$defs"].items():
        definition["title"] = _title(name)
        definition.setdefault("description", _plain_words(Pool.__doc__))  # generic classes lose theirs
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Variables of a city",
        "description": "What group_vars and host_vars of a city's inventory may say; see docs/city.md.",
        "type": "object",
        "properties": schema["properties"],
        "additionalProperties": True,
        "$defs": schema["$defs"],
    }


def _variables() -> type[BaseModel]:
    """A model whose fields are the inventory's variables."""
    fields: dict[str, Any] = {
        variable: (City.model_fields[part].annotation, City.model_fields[part])
        for part, variable in CITY_VARIABLES.items()
    }
    fields[SITE_VARIABLE] = (Site, Field(description="The site whose group this is."))
    for variable, (title, kind, about) in _HOSTS.items():
        fields[variable] = (_written(title, kind, about), Field(default=None, description=about.partition("\n")[0]))
    for variable, name in ((PLATFORM_VARIABLE, "platform"), (PORTS_VARIABLE, "ports")):
        fields[variable] = (Device.model_fields[name].annotation, Device.model_fields[name])
    return create_model("Inventory", **fields)


def _written(title: str, kind: type[Element], about: str) -> type[BaseModel]:
    """What a host's variable holds: its type less what stands elsewhere."""
    fields: dict[str, Any] = {
        name: (field.annotation, field) for name, field in kind.model_fields.items() if name not in ELSEWHERE
    }
    return create_model(title, __config__=kind.model_config, __doc__=about, **fields)


def _title(definition: str) -> str:
    """Title of a type: ``AccessPort`` is an access port, ``Pool_IPv4Network_`` an IPv4 pool."""
    if family := re.fullmatch(r"Pool_(IPv[46])Network_", definition):
        return f"{family[1]} pool"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", definition).capitalize()
    return re.sub(r"^(Ap|Wlan|Nic)\b", lambda match: match[0].upper(), words)


def schema_text() -> str:
    """The schema as it stands in ``schema/inventory.json``."""
    return json.dumps(inventory_schema(), indent=2, ensure_ascii=False) + "\n"


def _plain_words(value: Any) -> Any:
    """Docstrings as editors show them: one paragraph, names in single backticks."""
    if isinstance(value, dict):
        return {key: _plain_words(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_words(item) for item in value]
    return re.sub(r"\s*\n\s*", " ", value.replace("``", "`")) if isinstance(value, str) else value


def main(arguments: Sequence[str]) -> None:
    """Write the schema to a file, ``schema/inventory.json`` by default, or print it."""
    target = arguments[0] if arguments else "schema/inventory.json"
    if target == "-":
        print(schema_text(), end="")
    else:
        Path(target).write_text(schema_text(), encoding="utf-8")
        print(f"written: {target}")


if __name__ == "__main__":
    main(sys.argv[1:])
