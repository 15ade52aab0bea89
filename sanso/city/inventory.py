"""Read an Ansible inventory folder without Ansible: ``hosts.yml`` and files beside it, ``group_vars``, ``host_vars``.

For tests, benchmarks, editors and the emulated city.  It knows the layout that this project documents: a YAML
inventory, variables in files, a later group or the host replacing a whole variable.  Templates and
vaulted values stay as they are written.  A run by Ansible uses its own variables instead; a test holds the two to
the same city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Any

import yaml

from sanso.city.errors import InventoryError
from sanso.messages import Finding, Severity
from sanso.messages.source import Location, Path

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # libyaml is absent on some platforms; the pure parser gives the same marks
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


__all__ = ["Inventory", "InventoryError", "Variable", "read_inventory", "read_mapping"]


class _Constructor(yaml.constructor.SafeConstructor):
    """Plain data from nodes; tags such as ``!vault`` and ``!unsafe`` give their text."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        """As the parent does, but what only looks like a date stays text, for the model to judge."""
        try:
            return super().construct_object(node, deep)
        except ValueError:
            if not isinstance(node, yaml.ScalarNode):
                raise
            return self.construct_scalar(node)


_Constructor.add_multi_constructor("!", lambda loader, _suffix, node: loader.construct_scalar(node))


@dataclass(frozen=True)
class Variable:
    """A variable's value and the YAML node that it was read from."""

    value: Any
    node: yaml.Node
    file: str

    def location(self, path: Path) -> Location:
        """Place of the value at ``path``, or of the nearest thing around it."""
        return self._place(_descend(self.node, path))

    def key_location(self, path: Path) -> Location:
        """Place of the last key of a path; of what holds it, where that is not a mapping."""
        holder = _descend(self.node, path[:-1])
        pairs = holder.value if isinstance(holder, yaml.MappingNode) else []
        return self._place(next((key for key, _ in pairs if key.value == str(path[-1])), holder))

    def _place(self, node: yaml.Node) -> Location:
        return Location(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


_UNTAGGED = {"tag:yaml.org,2002:null", "tag:yaml.org,2002:bool"}
"""Values that cannot carry a place in Ansible's data, so that their key, or what is around them, stands for them."""


def _descend(node: yaml.Node, path: Path) -> yaml.Node:
    """Follow a path as far as it goes; steps that name nothing (a union's tag) are passed over."""
    place = node
    for step in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next(((key, value) for key, value in node.value if key.value == str(step)), (place, node))
            place = key if node.tag in _UNTAGGED else node
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            place = place if node.tag in _UNTAGGED else node
    return place


@dataclass
class Inventory:
    """Hosts with their variables and groups, in the order of the inventory file."""

    root: FilePath
    groups: dict[str, set[str]] = field(default_factory=dict)
    """Group → its hosts, those of child groups included."""
    variables: dict[str, dict[str, Variable]] = field(default_factory=dict)

    def group_names(self, host: str) -> list[str]:
        """Groups that a host is in, sorted, without ``all``."""
        return sorted(name for name, members in self.groups.items() if host in members and name != "all")

    def values(self, host: str) -> dict[str, Any]:
        """Plain variables of a host."""
        return {name: variable.value for name, variable in self.variables[host].items()}

    def locate(self, host: str, variable: str, path: Path) -> Location | None:
        """Place of a value inside a host's variable."""
        found = self.variables[host].get(variable)
        return None if found is None else found.location(path)


def read_inventory(root: FilePath) -> Inventory:
    """Read ``hosts.yml`` and other inventory files, ``group_vars`` and ``host_vars`` of an inventory folder.

    Raises:
        InventoryError: a file is missing or is not YAML of the expected shape.
    """
    inventory = Inventory(root)
    tree = _Tree(inventory)
    for file in _sources(root):
        for name, variable in read_mapping(file).items():
            tree.add_group(name, variable, depth=0 if name == "all" else 1)
    tree.join()
    inventory.groups["all"] = set(inventory.variables)
    order = tree.order()
    files = {name: _folder(root / "group_vars", name) for name in order}
    for host, own in inventory.variables.items():
        groups = [name for name in order if host in inventory.groups[name]]
        merged: dict[str, Variable] = {}
        for source in (tree.inline, files):  # Ansible: what the inventory file says, then what folders say
            for name in groups:
                merged.update(source.get(name, {}))
        inventory.variables[host] = {**merged, **own, **_folder(root / "host_vars", host)}
    return inventory


def _sources(root: FilePath) -> list[FilePath]:
    """Inventory files of a folder, in Ansible's order; those of inventory plugins are not for here."""
    beside = {*root.glob("*.yml"), *root.glob("*.yaml")}
    return sorted(file for file in {root / "hosts.yml", *beside} if _PLUGIN.search(_text_of(file)) is None)


_PLUGIN = re.compile(r"^plugin:", re.MULTILINE)


def _text_of(file: FilePath) -> str:
    """The text of a file, if it can be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""  # reading it tells what is wrong


class _Tree:
    """The groups of an inventory file: their hosts, their variables in the file itself, their precedence."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.inline: dict[str, dict[str, Variable]] = {}
        self._depths: dict[str, int] = {"all": 0}
        self._below: dict[str, set[str]] = {}

    def order(self) -> list[str]:
        """Groups by Ansible's precedence, the strongest last: depth, ``ansible_group_priority``, name."""

        def rank(name: str) -> tuple[int, int, str]:
            priority = self.inline.get(name, {}).get("ansible_group_priority")
            return self._depths[name], int(priority.value) if priority else 1, name

        return sorted(self._depths, key=rank)

    def add_group(self, name: str, variable: Variable, depth: int) -> None:
        """Take in a group with its children."""
        self._depths[name] = max(depth, self._depths.get(name, 0))
        parts = _children(variable)
        members = self.inventory.groups.setdefault(name, set())
        for text, variables in _children(parts.get("hosts")).items():
            for host in _host_range(text):
                self.inventory.variables.setdefault(host, {}).update(_children(variables))
                members.add(host)
        self.inline.setdefault(name, {}).update(_children(parts.get("vars")))
        for child, child_variable in _children(parts.get("children")).items():
            self._below.setdefault(name, set()).add(child)
            self.add_group(child, child_variable, depth + 1)

    def join(self) -> None:
        """Put the hosts of children into their parents: a group may say here what it holds, and there where it is."""
        groups, count = self.inventory.groups, -1
        while count != (count := sum(map(len, groups.values()))):
            for name, children in self._below.items():
                groups[name].update(*(groups[child] for child in children))


def _host_range(text: str) -> Iterator[str]:
    """Names that ``floor-[1:8]`` stands for; a leading zero keeps its width."""
    match = re.fullmatch(r"(.*?)\[(\d+):(\d+)\](.*)", text)
    if match is None:
        yield text
        return
    head, first, last, tail = match.groups()
    width = len(first) if first.startswith("0") else 0
    for number in range(int(first), int(last) + 1):
        yield from _host_range(f"{head}{number:0{width}d}{tail}")


def _children(variable: Variable | None) -> dict[str, Variable]:
    """Entries of a mapping as variables of their own; an empty value has none."""
    if variable is None or variable.value is None:
        return {}
    if not isinstance(variable.node, yaml.MappingNode):
        raise _unreadable(variable.location(()), "mapping", found=variable.value)
    return {
        str(key.value): Variable(variable.value[key.value], node, variable.file)
        for key, node in variable.node.value
        if key.value in variable.value
    }


def _folder(root: FilePath, name: str) -> dict[str, Variable]:
    """Variables of ``root/name.yml`` or of every YAML file in ``root/name/``."""
    merged: dict[str, Variable] = {}
    for file in _variable_files(root, name):
        merged.update(read_mapping(file))
    return merged


def _variable_files(root: FilePath, name: str) -> Iterator[FilePath]:
    for suffix in ("", ".yml", ".yaml"):
        candidate = root / f"{name}{suffix}"
        if candidate.is_file():
            yield candidate
        elif candidate.is_dir():
            yield from sorted(path for path in candidate.rglob("*") if path.suffix in {".yml", ".yaml"})


def read_mapping(file: FilePath) -> dict[str, Variable]:
    """Top-level entries of a YAML file.

    Raises:
        InventoryError: the file cannot be read, is not YAML, or says a key twice.
    """
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise _unreadable(
            Location(str(file), line, 1), "encoding", byte=f"{error.object[error.start]:#04x}"
        ) from error
    except OSError as error:
        raise _unreadable(Location(str(file), 1, 1), "file", problem=error.strerror) from error
    try:
        node = _Loader(text).get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _malformed(file, text, error) from error
    if node is None:
        return {}
    _refuse_duplicates(node, str(file))
    value = _Constructor().construct_document(node)
    return _children(Variable(value, node, str(file)))


def _malformed(file: FilePath, text: str, error: yaml.MarkedYAMLError) -> InventoryError:
    """Error for a file that is not YAML, with the commonest mistakes told apart."""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    shown = (text.splitlines()[line : line + 1] or [""])[0]
    problem = str(error.problem or error.context)
    if "\t" in shown[: column + 1] and not shown[:column].strip():
        variant = "tab"
    elif "block end" in problem or "mapping values" in problem or "did not find expected key" in problem:
        variant = "indentation"
    else:
        variant = "malformed"
    return _unreadable(Location(str(file), line + 1, column + 1), variant, problem=problem, line=shown.strip())


def _refuse_duplicates(node: yaml.Node, file: str) -> None:
    """Refuse a key that stands twice in a mapping: YAML readers would silently keep the last.

    Raises:
        InventoryError: with a finding for every such key.
    """
    findings: list[Finding] = []
    nodes = [node]
    for inner in nodes:
        if isinstance(inner, yaml.SequenceNode):
            nodes.extend(inner.value)
        elif isinstance(inner, yaml.MappingNode):
            nodes.extend(value for _, value in inner.value)
            first: dict[str, yaml.Node] = {}
            for key, _ in inner.value:
                other = first.setdefault(key.value, key) if isinstance(key, yaml.ScalarNode) else key
                if other is not key:
                    findings.append(_duplicate(file, key, other))
    if findings:
        raise InventoryError(findings)


def _duplicate(file: str, key: yaml.Node, first: yaml.Node) -> Finding:
    place = Location(file, key.start_mark.line + 1, key.start_mark.column + 1)
    return Finding("YAML-02", Severity.ERROR, (), place, {"key": key.value, "line": first.start_mark.line + 1})


def _unreadable(place: Location, variant: str, **args: Any) -> InventoryError:
    return InventoryError([Finding("YAML-01", Severity.ERROR, (), place, args, variant)])
