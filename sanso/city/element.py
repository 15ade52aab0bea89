"""The base of every part of the city model."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints

from sanso.messages.source import Path

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=32)]
"""Name of a segment, service, node, WLAN…: lower case, digits and underscores, as Ansible names groups."""


Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""Words for people; blanks alone say nothing."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:  # OSError: the name of a folder of zones
        raise ValueError("not a time zone's IANA name such as Asia/Tokyo") from error
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
"""A time zone by its IANA name."""


class Element(BaseModel):
    """A part of the city that knows its path in the city's document, so that a finding can point at it."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    _path: Path = PrivateAttr(default=())

    def at(self, *keys: str | int) -> Path:
        """Path of this element, or of what stands below it at ``keys``."""
        return (*self._path, *keys)

    def place(self, path: Path) -> None:
        """Tell this element, and every element below it, its path."""
        self._path = path
        for name, field in type(self).model_fields.items():
            _place(getattr(self, name), (*path, field.alias or name))


def _place(value: Any, path: Path) -> None:
    if isinstance(value, Element):
        value.place(path)
    elif isinstance(value, dict):
        for key, item in value.items():
            _place(item, (*path, key))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value):
            _place(item, (*path, index))


class Named(Element):
    """An element that people see: an English name and a Japanese one."""

    name: Words = Field(description="Display name in English.")
    name_ja: Words = Field(description="Display name in Japanese (日本語の表示名).")
