"""Whole cities: good ones have no findings, and no city, however broken, makes a rule fail."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.city import CityError, build_city, load_city
from sanso.city.document import Document, assemble
from sanso.city.inventory import read_inventory
from sanso.generate import Size, generate, write_inventory
from sanso.messages import LANGUAGES, Finding
from sanso.rules import check_city
from sanso.rules.report import render_findings
from tests.errors.cases import DISASTER, VIRTUAL, write_changed

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 10, 1)


def test_the_embedded_city_has_no_findings() -> None:
    assert check_city(load_city(ROOT / "inventories" / "lab"), TODAY) == []


def test_a_generated_city_has_no_findings(tmp_path: Path) -> None:
    write_inventory(generate(Size(7, 30, 80)), tmp_path)
    assert check_city(load_city(tmp_path), TODAY) == []


@cache
def base(changes: Path) -> tuple[dict[str, dict[str, Any]], dict[str, list[str]]]:
    """The base city with access points or with virtualization hosts, as its hosts' variables and groups."""
    with TemporaryDirectory() as folder:
        write_changed(changes, Path(folder))
        inventory = read_inventory(Path(folder))
        hosts = {host: inventory.values(host) for host in inventory.variables}
        return hosts, {host: inventory.group_names(host) for host in hosts}


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths of everything below a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from places(item, (*path, key))


def at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


@cache
def values(changes: Path) -> list[Any]:
    """What may be written over something else: every value of the city, and some odd ones."""
    hosts, _ = base(changes)
    found = [at(hosts, path) for path in places(hosts)]
    return [*found, None, "", "any", "nowhere", 0, 1, 4095, -1, 300, True, [], {}, "tcp/any", "10.20.0.0/16", "::/0"]


@st.composite
def broken(draw: st.DrawFn) -> Document:
    """The base city with a few of its values deleted or replaced by others."""
    changes = draw(st.sampled_from([DISASTER, VIRTUAL]))
    hosts = copy.deepcopy(base(changes)[0])  # keeps one object where hosts share one
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([path for path in places(hosts) if len(path) > 1]))
        parent = at(hosts, path[:-1])
        if draw(st.booleans()):
            parent[path[-1]] = copy.deepcopy(draw(st.sampled_from(values(changes))))
        else:
            del parent[path[-1]]
    return assemble(hosts, base(changes)[1])


def findings(document: Document) -> list[Finding]:
    try:
        return check_city(build_city(document, lambda _host, _variable, _path: None), TODAY)
    except CityError as error:
        return error.findings


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(broken())
def test_a_broken_city_is_reported_and_never_makes_a_rule_fail(document: Document) -> None:
    found = findings(document)  # none, where what was changed does not matter
    for language in LANGUAGES:
        report = render_findings(found, language)
        assert all(finding.rule in report for finding in found)
