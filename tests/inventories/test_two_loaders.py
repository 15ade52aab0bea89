"""The plain reader and Ansible's own loader give the same city, down to the line and column of each value."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sanso.city import CityError, load_city
from sanso.city.document import VARIABLES, assemble
from sanso.city.inventory import Inventory, read_inventory
from sanso.generate import Size, generate, write_inventory
from sanso.messages.source import Location
from sanso.messages.source import Path as ValuePath
from sanso_plugins.common.hostvars import HostVariables, read_city
from tests.inventories.ansible_city import read_with_ansible

LAB = Path(__file__).resolve().parents[2] / "inventories" / "lab"
Both = tuple[Inventory, HostVariables]


@pytest.fixture(scope="module", params=["lab", "generated"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "lab":
        return LAB
    target = tmp_path_factory.mktemp("city")
    write_inventory(generate(Size(9, 25, 90)), target)
    return target


@pytest.fixture(scope="module")
def both(folder: Path) -> Both:
    return read_inventory(folder), read_with_ansible(folder)


def devices(plain: Inventory) -> list[str]:
    """The network's hosts; the plugins read no others."""
    return [host for host in plain.variables if host in plain.groups["network"]]


def test_the_city_is_the_same(folder: Path, both: Both) -> None:
    plain, ansible = load_city(folder), read_city(both[1])
    assert plain.model_dump() == ansible.model_dump()
    for part in ("sites", "devices", "segments", "flows"):
        assert list(getattr(plain, part)) == list(getattr(ansible, part))


def test_the_document_is_the_same(both: Both) -> None:
    plain, ansible = both
    groups = {host: plain.group_names(host) for host in devices(plain)}
    assert groups == ansible.groups
    one = assemble({host: plain.values(host) for host in groups}, groups)
    other = assemble({host: ansible.values(host, VARIABLES) for host in groups}, ansible.groups)
    assert one == other


def paths(value: Any, path: ValuePath = ()) -> Iterator[ValuePath]:
    """The path of a value and of everything inside it."""
    yield path
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in entries:
        yield from paths(item, (*path, key))


def place(location: Location | None) -> tuple[Path, int, int]:
    """A location; the plugins name files as seen from where Ansible runs."""
    assert location is not None
    return Path(location.file).resolve(), location.line, location.column


def test_every_value_stands_at_the_same_line_and_column(both: Both) -> None:
    plain, ansible = both
    seen = 0
    for host in devices(plain):
        values = plain.values(host)
        for variable in [name for name in VARIABLES if name in values]:
            for path in paths(values[variable]):
                seen += 1
                assert place(plain.locate(host, variable, path)) == place(ansible.locate(host, variable, path))
    assert seen > 10_000


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    return shutil.copytree(LAB, tmp_path / "lab")


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("group_vars/all/segments.yml", "vlan: 110", "vlan: 5000"),
        ("group_vars/all/segments.yml", "vlan: 110", "vlan: true"),
        ("group_vars/all/segments.yml", "    layer: mynumber\n", ""),
        ("group_vars/all/flows.yml", "expires: 2028-03-31", "expires: soon"),
        ("group_vars/all/flows.yml", "service: [https]", "service: [https, null]"),
        ("group_vars/all/nodes.yml", "interfaces:\n", "interfaces:\n      - null\n"),
        ("group_vars/branch_kukaku_seiri.yml", "windows: always", "windows: [{days: [mon], from: 19:00, to: 24:00}]"),
        ("group_vars/branch_kukaku_seiri.yml", "gateway: kukaku-seiri-1", "gateway:"),
        ("group_vars/branch_kukaku_seiri.yml", "---\n", "---\nsanso_city: {name: Another}\n"),
        ("host_vars/kukaku-seiri-1.yml", "profile: unused", "profile: unusd"),
        ("host_vars/kukaku-seiri-1.yml", "  role: gateway\n", ""),
        (
            "host_vars/kukaku-seiri-1.yml",
            "{profile: external, description: Line}",
            "{profile: external, colour: red}",
        ),
    ],
)
def test_what_is_wrong_is_found_at_the_same_place(lab: Path, file: str, old: str, new: str) -> None:
    edit(lab / file, old, new)
    with pytest.raises(CityError) as plain:
        load_city(lab)
    with pytest.raises(CityError) as ansible:
        read_city(read_with_ansible(lab))
    assert [finding.lines("en") for finding in plain.value.findings] == [
        finding.lines("en") for finding in ansible.value.findings
    ]
    for finding in plain.value.findings:
        assert finding.location is not None
        assert finding.location.file == str(lab / file)


HOSTS = """\
all:
  vars: {a: all inline, b: all inline, c: all inline}
network:
  vars: {b: network inline, d: network inline}
  hosts:
    lone-[1:2]:
  children:
    zone:
      hosts:
        sw-[08:10]: {e: host inline, f: host inline}
    area:
      vars: {g: area inline, h: area inline, ansible_group_priority: 5}
      hosts:
        sw-08:
    early:
      vars: {g: early inline, h: early inline}
      children:
        deep: {hosts: {sw-08: }}
"""
FILES = {
    "group_vars/all.yml": "c: all file\nd: all file\ni: all file\n",
    "group_vars/zone.yml": "i: zone file\nj: zone file\n",
    "group_vars/area/one.yml": "j: area file\n",
    "group_vars/early.yml": "j: early file\nk: early file\n",
    "group_vars/deep.yml": "h: deep file\nk: deep file\n",
    "host_vars/sw-08.yml": "f: host file\n",
}


def test_where_a_variable_is_said_twice_the_same_one_holds(tmp_path: Path) -> None:
    for name, text in {"hosts.yml": HOSTS, **FILES}.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    plain, ansible = read_inventory(tmp_path), read_with_ansible(tmp_path)
    assert list(ansible.groups) == ["lone-1", "lone-2", "sw-08", "sw-09", "sw-10"]
    assert set(plain.variables) == set(ansible.groups)
    for host, groups in ansible.groups.items():
        assert plain.group_names(host) == groups
        said = {name: value for name, value in plain.values(host).items() if len(name) == 1}
        assert said == ansible.values(host, tuple("abcdefghijk")), host


def test_the_embedded_devices_are_reached_in_the_same_way(both: Both) -> None:
    names = ("ansible_host", "ansible_port", "ansible_user", "ansible_password", "ansible_httpapi_port")
    for host in devices(both[0]):
        said = {name: value for name, value in both[0].values(host).items() if name in names}
        assert said == both[1].values(host, names)
