"""The city from Ansible's own variables, with the file, line and column of each value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path as File
from typing import Any

from ansible._internal._datatag._tags import Origin  # the only way to a value's line; guarded by a test

from sanso.city import City, build_city
from sanso.city.document import VARIABLES, assemble
from sanso.messages.source import Location, Path


class HostVariables:
    """The variables of the hosts of a group, or of only some hosts, templated, as plain data.

    Variables of ``group_vars/all`` are one object in every host's view: each object is templated once.
    """

    def __init__(
        self, task_vars: Mapping[str, Any], templar: Any, group: str, only: Iterable[str] | None = None
    ) -> None:
        self._templar = templar
        self._seen: dict[int, tuple[Any, Any]] = {}  # id → the object, kept alive, and its plain value
        self._raw: dict[str, dict[str, Any]] = {}
        self.groups: dict[str, list[str]] = {}
        hostvars = task_vars["hostvars"]
        for host in task_vars["groups"].get(group, []) if only is None else only:
            raw = hostvars.raw_get(host)
            self._raw[str(host)] = raw
            self.groups[str(host)] = [str(name) for name in raw.get("group_names", [])]

    def values(self, host: str, names: tuple[str, ...]) -> dict[str, Any]:
        """Plain values of those of the named variables that the host has."""
        raw = self._raw[host]
        return {name: self._plain(raw, raw[name]) for name in names if name in raw}

    def _plain(self, raw: dict[str, Any], value: Any) -> Any:
        if id(value) not in self._seen:
            if _has_template(value):
                templated = self._templar.copy_with_new_env(available_variables=raw).template(value)
                return plain(templated)
            self._seen[id(value)] = (value, plain(value))
        return self._seen[id(value)][1]

    def raw(self, host: str, variable: str, path: Path) -> Any:
        """The value as Ansible read it, with its origin; the nearest one around it where it carries none."""
        value = self._raw[host].get(variable)
        best = value
        for step in path:
            if isinstance(value, Mapping) and step in value:
                key = next(key for key in value if key == step)
                value = value[step]
                best = value if Origin.get_tag(value) else key
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
                best = value if Origin.get_tag(value) else best
        return best

    def locate(self, host: str, variable: str, path: Path) -> Location | None:
        """Place of a value."""
        origin = Origin.get_tag(self.raw(host, variable, path))
        if origin is None or origin.path is None:
            return None
        return Location(near(origin.path), origin.line_num or 1, origin.col_num or 1)


def read_city(variables: HostVariables, situation: Mapping[str, Any] | None = None) -> City:
    """Build the city of the group's hosts.

    Args:
        variables: of the hosts.
        situation: takes the place of what the inventory says of the city's state; what is empty is not said.

    Raises:
        CityError: the variables do not have the shape of a city.
    """
    hosts = {host: variables.values(host, VARIABLES) for host in variables.groups}
    document = assemble(hosts, variables.groups)
    if situation is not None:
        document.data["situation"] = {key: value for key, value in situation.items() if value not in ("", None)}
        document.roots.pop(("situation",), None)
    return build_city(document, variables.locate)


def near(path: str | File) -> str:
    """A path as a person in the current folder would write it."""
    absolute, here = File(path).absolute(), File.cwd()
    return str(absolute.relative_to(here) if absolute.is_relative_to(here) else path)


def mark(text: str, place: Location | None) -> str:
    """Text that Ansible shows with the source lines of a place, by its own means."""
    if place is None:
        return text
    return Origin(path=str(File(place.file).absolute()), line_num=place.line, col_num=place.column).tag(text)


def plain(value: Any) -> Any:
    """Plain Python data from Ansible's tagged and lazy containers."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, str):
        return str(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return int(value) if isinstance(value, int) else float(value)


def _has_template(value: Any) -> bool:
    if isinstance(value, str):
        return "{{" in value or "{%" in value
    if isinstance(value, Mapping):
        return any(_has_template(item) for item in value.values())
    return isinstance(value, list) and any(_has_template(item) for item in value)
