"""What one ``ovs-vsctl`` makes of the switch: the words that :mod:`.transaction` writes, and no others.

Source: ovs-vsctl(8).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from copy import deepcopy
from typing import Any
from uuid import uuid4

from sanso.hypervisors.base import ReplayError
from sanso.hypervisors.libvirt.names import BRIDGE
from sanso.hypervisors.libvirt.ovsdb import many
from sanso.hypervisors.libvirt.probes import TABLES
from sanso.hypervisors.libvirt.switch import NORMAL, Switch

NEW: dict[str, dict[str, Any]] = {
    "Bridge": {"ports": [], "other_config": {}},
    "Port": {"tag": [], "trunks": [], "vlan_mode": [], "bond_mode": [], "interfaces": [], "other_config": {}},
    "Interface": {"type": "", "other_config": {}},
}
"""Columns of a new row, those that are looked at."""
SETS = frozenset({"trunks", "interfaces", "ports"})
NUMBERS = frozenset({"tag", "trunks"})


class Rows:
    """Tables while a transaction runs."""

    def __init__(self, switch: Switch) -> None:
        tables = (switch.settings, switch.bridges, switch.ports, switch.interfaces)
        self._tables = {
            name: [dict(deepcopy(row)) for row in table] for name, table in zip(TABLES, tables, strict=True)
        }
        self._flows = switch.flows
        self._ids: dict[str, str] = {}

    def run(self, words: Iterable[str]) -> Switch:
        """Take the words of a transaction.

        Raises:
            ReplayError: what they do is not known.
        """
        for change in _parted(words):
            try:
                self._take(change)
            except (LookupError, ValueError, TypeError) as error:
                raise ReplayError(f"ovs-vsctl {' '.join(change)}: {error}") from error
        settings, bridges, ports, interfaces = (tuple(self._tables[table]) for table in TABLES)
        return Switch(settings, bridges, ports, interfaces, self._flows)

    def _take(self, change: list[str]) -> None:
        match change:
            case ["add-br", name]:
                self._create("Bridge", [f"name={name}", "ports=[]"])
                self._add_port(name, name, "internal")
                self._flows = (NORMAL,)
            case ["add-port", bridge, name]:
                self._add_port(bridge, name, "")
            case ["del-br", name]:
                self._row("Bridge", name)
                self._tables["Bridge"] = [row for row in self._tables["Bridge"] if row["name"] != name]
            case ["del-port", bridge, name]:
                self._delete_port(bridge, name)
            case ["--if-exists", *rest]:
                with suppress(LookupError):
                    self._take(rest)
            case ["set", table, record, *settings]:
                self._set(self._row(table, record), settings)
            case ["clear", table, record, column]:
                row = self._row(table, record)
                row[column] = {} if isinstance(row[column], dict) else []
            case ["remove", table, record, "other_config", key]:
                self._row(table, record)["other_config"].pop(key, None)
            case ["remove", table, record, column, uuid]:
                row = self._row(table, record)
                row[column] = [one for one in many(row[column]) if one != self._ids.get(uuid, uuid)]
            case [identity, "get", table, record] if identity.startswith("--id="):
                self._ids[identity.removeprefix("--id=")] = str(self._row(table, record)["_uuid"])
            case ["add", table, record, column, value]:
                row = self._row(table, record)
                row[column] = [*many(row[column]), self._ids[value]]
            case [identity, "create", table, *settings] if identity.startswith("--id="):
                self._ids[identity.removeprefix("--id=")] = self._create(table, settings)
            case _:
                raise ValueError("not known")

    def _row(self, table: str, record: str) -> dict[str, Any]:
        for row in self._tables[table]:
            if record in (".", row.get("name")):
                return row
        raise LookupError(f"no {table} {record}")

    def _create(self, table: str, settings: list[str]) -> str:
        row = {"_uuid": str(uuid4()), **deepcopy(NEW[table])}
        self._set(row, settings)
        self._tables[table].append(row)
        return str(row["_uuid"])

    def _set(self, row: dict[str, Any], settings: list[str]) -> None:
        for setting in settings:
            column, _, value = setting.partition("=")
            name, _, key = column.partition(":")
            if key:
                row[name][key] = value
            else:
                row[name] = self._value(name, value)

    def _value(self, column: str, text: str) -> Any:
        if column == "name" or text in ("true", "false"):
            return text if column == "name" else text == "true"
        words = [self._ids.get(one, one) for one in text.strip("[]").split(",") if one]
        values = [int(one) if column in NUMBERS else one for one in words]
        return values if column in SETS or not values else values[0]

    def _add_port(self, bridge: str, name: str, kind: str) -> None:
        interface = self._create("Interface", [f"name={name}", *([f"type={kind}"] if kind else [])])
        port = self._create("Port", [f"name={name}"])
        self._row("Port", name)["interfaces"] = [interface]
        row = self._row("Bridge", bridge)
        row["ports"] = [*many(row["ports"]), port]

    def _delete_port(self, bridge: str, name: str) -> None:
        port, row = self._row("Port", name), self._row("Bridge", bridge)
        row["ports"] = [one for one in many(row["ports"]) if one != port["_uuid"]]
        gone = set(many(port["interfaces"]))
        self._tables["Interface"] = [one for one in self._tables["Interface"] if one["_uuid"] not in gone]
        self._tables["Port"].remove(port)


def with_port(switch: Switch, name: str, tag: int | None) -> Switch:
    """The switch once a machine's interface was plugged in, as libvirt does it."""
    tagged = ["--", "set", "Port", name, f"tag={tag}"] if tag is not None else []
    return Rows(switch).run(["--", "add-port", BRIDGE, name, *tagged])


def without_port(switch: Switch, name: str) -> Switch:
    """The switch once a machine's interface was unplugged."""
    if name not in switch.own_ports:
        return switch
    return Rows(switch).run(["--", "del-port", BRIDGE, name])


def with_tag(switch: Switch, name: str, tag: int | None) -> Switch:
    """The switch once the tag of a port was set, as libvirt does it: alone."""
    words = ["--", "set", "Port", name, "vlan_mode=[]", "trunks=[]", f"tag={'[]' if tag is None else tag}"]
    return Rows(switch).run(words)


def _parted(words: Iterable[str]) -> Iterator[list[str]]:
    change: list[str] = []
    for word in (*words, "--"):
        if word != "--":
            change.append(word)
        elif change:
            yield change
            change = []
