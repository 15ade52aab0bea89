"""Changes of what a host said, as a person at the host would bring them about."""

from __future__ import annotations

import json
from collections.abc import Callable

Answers = dict[str, str]
Edit = Callable[[Answers], None]
WEB, WEB_DEFINED = "machine/web", "machine-defined/web"
NETWORK, NETWORK_DEFINED = "network/sanso", "network-defined/sanso"


def put(name: str, old: str, new: str) -> Edit:
    """Change one answer."""

    def edit(said: Answers) -> None:
        assert old in said[name], f"{name} has no {old!r}"
        said[name] = said[name].replace(old, new, 1)

    return edit


def row(table: str, name: str, /, **columns: object) -> Edit:
    """Set columns of a row of the switch, in its own notation."""

    def edit(said: Answers) -> None:
        found = json.loads(said[f"switch/{table}"])
        heads = found["headings"]
        rows = [one for one in found["data"] if "name" not in heads or one[heads.index("name")] == name]
        assert rows, f"{table} has no {name}"
        for one in rows:
            for column, value in columns.items():
                one[heads.index(column)] = value
        said[f"switch/{table}"] = json.dumps(found)

    return edit


def link(**fields: object) -> Edit:
    """Add an interface of the kernel."""

    def edit(said: Answers) -> None:
        said["links"] = json.dumps([*json.loads(said["links"]), fields])

    return edit


def device(text: str, *names: str) -> Edit:
    """Add a device to a machine."""

    def edit(said: Answers) -> None:
        for name in names or (WEB, WEB_DEFINED):
            put(name, "</devices>", f"{text}</devices>")(said)

    return edit
