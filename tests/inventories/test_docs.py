"""The pages about cities say what is so: their tables are the model's, and their example is a city."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import jsonschema
import pytest
import yaml

from sanso.city import City, load_city
from sanso.city.addressing import FAMILIES, nth_share, share
from sanso.city.document import VARIABLES
from sanso.city.reference import fill, variables
from sanso.city.schema import inventory_schema
from sanso.city.segment import Layer, Segment
from sanso.city.separation import separation_model
from sanso.city.services import well_known
from sanso.rules import check_city

DOCS = Path(__file__).parents[2] / "docs"
CITY = (DOCS / "city.md").read_text(encoding="utf-8")
NEW = (DOCS / "new-city.md").read_text(encoding="utf-8")
FILES = re.compile(
    r"^`inventories/minato/(?P<name>[\w./-]+)`\n\n```yaml\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE
)


def test_the_reference_tables_are_those_of_the_model() -> None:
    assert fill(CITY) == CITY, "run: make schema"


def test_every_variable_and_every_field_is_in_the_reference() -> None:
    for variable in [*VARIABLES, *variables()]:
        assert f"`{variable}`" in CITY, variable
    for name, definition in inventory_schema()["$defs"].items():
        for field in definition.get("properties", {}):
            assert f"\n#### {definition['title']}\n" in CITY, name
            assert f"\n| `{field}` |" in CITY, f"{name}.{field}"


def test_layers_models_profiles_and_services_are_all_told() -> None:
    for word in [*Layer, *well_known(), "access", "trunk", "uplink", "ap", "hypervisor", "external", "unused"]:
        assert f"`{word}`" in CITY, word
    for model in ("alpha", "alpha_prime", "beta", "beta_prime"):
        row = next(line for line in CITY.splitlines() if line.startswith(f"| `{model}`"))
        layers = separation_model(model).breakout_layers  # type: ignore[arg-type]  # one of the names
        assert row.endswith(f"| {', '.join(f'`{layer}`' for layer in layers)} |")
        assert f"`{separation_model(model).placement['office_terminals'][0]}`" in row  # type: ignore[arg-type]


@pytest.mark.parametrize("row", re.findall(r"^\| IPv[46].*\|$", CITY, re.MULTILINE))
def test_the_shares_of_the_reference_are_right(row: str) -> None:
    _, pool, length, *shares = [cell.strip(" `") for cell in row.strip("|").split("|")]
    family = "ipv6" if ":" in pool else "ipv4"
    part = {"pool": pool, "length": int(length)}
    words = {"name": "S", "name_ja": "S", "layer": "lgwan", "vlan": 2, "purpose": "servers"}
    segment = Segment.model_validate({**words, family: part})
    assert [str(nth_share(getattr(segment, family), number)) for number in (0, 1, 4, 10)] == shares


@pytest.fixture(scope="module")
def minato(tmp_path_factory: pytest.TempPathFactory) -> City:
    folder = tmp_path_factory.mktemp("minato")
    for match in FILES.finditer(NEW):
        (folder / match["name"]).parent.mkdir(parents=True, exist_ok=True)
        (folder / match["name"]).write_text(match["text"], encoding="utf-8")
    return load_city(folder)


def test_the_example_is_a_city_without_a_finding(minato: City) -> None:
    assert (len(minato.sites), len(minato.devices), len(minato.flows)) == (2, 2, 1)
    findings = check_city(minato, date(2026, 12, 1))
    assert not findings, "\n".join(line for finding in findings for line in finding.lines("en"))


def test_the_examples_files_fit_the_schema() -> None:
    files = {match["name"]: match["text"] for match in FILES.finditer(NEW)}
    assert len(files) == 11
    for name, text in files.items():
        if name != "hosts.yml":
            data = yaml.load(text, yaml.BaseLoader) if "flows" in name else yaml.safe_load(text)  # noqa: S506
            jsonschema.validate(data, inventory_schema())


def test_the_shares_of_the_example_are_right(minato: City) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", NEW, re.MULTILINE)
    assert [row[0] for row in rows] == list(minato.segments)
    for segment, *cells in rows:
        for site, cell in zip(minato.sites, cells, strict=True):
            assert re.findall(r"`(.*?)`", cell) == shares(minato, segment, site)


def shares(city: City, segment: str, site: str) -> list[str]:
    if segment not in city.sites[site].segments:
        return []
    return [str(prefix) for family in FAMILIES if (prefix := share(city, segment, site, family))]
