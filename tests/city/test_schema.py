from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from sanso.city.schema import inventory_schema, main, schema_text
from sanso.generate import Size, generate, write_inventory

ROOT = Path(__file__).parents[2]
LAB = ROOT / "inventories" / "lab"
FILES = sorted([*LAB.glob("group_vars/**/*.yml"), *LAB.glob("host_vars/*.yml")])
VALIDATOR = jsonschema.Draft202012Validator(inventory_schema(), format_checker=jsonschema.FormatChecker())


class AsEditors(yaml.SafeLoader):
    """YAML 1.2 as editors read it: a date is text, and so is 19:00."""


AsEditors.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in {"tag:yaml.org,2002:timestamp"}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), AsEditors)  # noqa: S506 - a safe loader


def problems(data: Any) -> list[str]:
    return [error.message for error in VALIDATOR.iter_errors(data)]


def test_the_schema_is_one_and_the_committed_one_is_up_to_date() -> None:
    jsonschema.Draft202012Validator.check_schema(inventory_schema())
    committed = (ROOT / "schema" / "inventory.json").read_text(encoding="utf-8")
    assert committed == schema_text(), "run: make schema"


def test_the_command_prints_it_or_writes_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main([str(tmp_path / "schema.json")])
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == schema_text()
    capsys.readouterr()
    main(["-"])
    assert capsys.readouterr().out == schema_text()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(LAB)))
def test_the_files_of_the_embedded_city_fit_the_schema(file: Path) -> None:
    assert problems(read(file)) == []


def test_the_files_of_a_generated_city_fit_the_schema(tmp_path: Path) -> None:
    write_inventory(generate(Size(9, 20, 80)), tmp_path)
    for file in tmp_path.glob("*_vars/**/*.yml"):
        assert problems(read(file)) == [], file


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(LAB)))
def test_files_that_the_schema_is_for_name_it_for_editors(file: Path) -> None:
    first, *_ = file.read_text(encoding="utf-8").splitlines()
    if any(name in inventory_schema()["properties"] for name in read(file)):
        prefix, _, path = first.partition("$schema=")
        assert prefix == "# yaml-language-server: "
        assert (file.parent / path).resolve() == ROOT / "schema" / "inventory.json"


SEGMENT = {"name": "A", "name_ja": "あ", "layer": "lgwan", "vlan": 10, "purpose": "terminals"}
WINDOW = {"days": ["mon"], "from": "19:00", "to": "22:00"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"sanso_segments": {"a": {**SEGMENT, "vlan": 4095}}}, "4095 is greater than the maximum"),
        ({"sanso_segments": {"a": {**SEGMENT, "vlan": "10"}}}, "'10' is not of type 'integer'"),
        ({"sanso_segments": {"a": {**SEGMENT, "layer": "lgwam"}}}, "'lgwam' is not one of"),
        ({"sanso_segments": {"a": {**SEGMENT, "colour": "red"}}}, "'colour' was unexpected"),
        ({"sanso_segments": {"A": SEGMENT}}, "'A' does not match"),
        ({"sanso_segments": {"a": {**SEGMENT, "ipv4": {"pool": "10.0.0.0", "length": 24}}}}, "not valid under any"),
        ({"sanso_segments": {"a": {"layer": "lgwan"}}}, "'vlan' is a required property"),
        ({"sanso_ports": {"Ethernet1": {"profile": "acess", "segment": "a"}}}, "not valid under any"),
        ({"sanso_device": {"name": "S", "name_ja": "S", "role": "access", "ports": {}}}, "'ports' was unexpected"),
        ({"sanso_site": {"windows": [{**WINDOW, "to": "24:00"}]}}, "not valid under any"),
    ],
)
def test_what_is_wrong_does_not_fit_the_schema(data: Any, words: str) -> None:
    assert any(words in problem for problem in problems(data)), problems(data)


def test_variables_of_others_are_left_alone() -> None:
    assert problems({"ansible_user": "admin", "http_port": 80}) == []


def test_every_type_and_every_field_says_what_it_is() -> None:
    definitions = json.loads(schema_text())["$defs"]
    assert len(definitions) > 20
    for name, definition in definitions.items():
        assert definition["description"], name
        for field, value in definition.get("properties", {}).items():
            assert value.get("description"), f"{name}.{field}"
