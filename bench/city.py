"""Validation and rendering of a generated city, step by step."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.measure import print_table
from sanso.city import city_of
from sanso.city.inventory import read_inventory
from sanso.generate import Size, generate, write_inventory
from sanso.platforms import load_platform
from sanso.render import intend_city
from sanso.rules import check_city

T = TypeVar("T")
SIZES = ((12, 50, 150), (50, 200, 600), (100, 400, 1200))
"""Sites, switches, segments of all sites together."""


def bench_city(sizes: Sequence[tuple[int, int, int]] = SIZES) -> None:
    """Print a table with a line per size."""
    head = ["sites/switches/segments", "read YAML", "build", "rules", "intent", "text", "build to text"]
    rows = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            write_inventory(generate(Size(*size)), Path(folder))
            rows.append(["/".join(map(str, size)), *(f"{seconds:.2f} s" for seconds in _steps(Path(folder)))])
    print_table("Validate and render a city (no device contacted)", head, rows)


def _steps(folder: Path) -> list[float]:
    inventory, reading = _timed(lambda: read_inventory(folder))
    city, building = _timed(lambda: city_of(inventory))
    findings, checking = _timed(lambda: check_city(city, date(2026, 4, 1)))
    if findings:
        raise ValueError(f"the generated city is not clean: {findings[0]}")
    intents, intending = _timed(lambda: intend_city(city))
    _, writing = _timed(
        lambda: [load_platform(one.facts.platform).render(one.facts) for one in intents.values()],
    )
    return [reading, building, checking, intending, writing, building + checking + intending + writing]


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
