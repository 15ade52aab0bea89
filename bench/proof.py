"""The separation proof of generated cities: reading, putting together, proving, and proving again after one line."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.measure import print_table
from sanso.city import City, load_city
from sanso.generate import Size, generate, write_inventory
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform, read_snapshot
from sanso.proof.policy import Policy
from sanso.proof.prove import prove
from sanso.proof.topology import Topology
from sanso.render import intend_city

T = TypeVar("T")
SIZES = ((12, 50, 150), (60, 200, 600))
PERMIT = "permit ip any any"


def bench_proof(sizes: Sequence[tuple[int, int, int]] = SIZES) -> None:
    """Print a table with a line per size."""
    head = [
        "sites/switches/segments",
        "lines",
        "read",
        "lines/s",
        "topology",
        "prove",
        "again, one line changed",
        "peak",
    ]
    rows = []
    for size in sizes:
        with TemporaryDirectory() as folder:
            write_inventory(generate(Size(*size)), Path(folder))
            rows.append(["/".join(map(str, size)), *_steps(load_city(Path(folder)))])
    print_table(
        "Prove a city from its rendered configurations, all sources against all subnets, both families", head, rows
    )


def _steps(city: City) -> list[str]:
    texts = {name: load_platform(one.facts.platform).render(one.facts) for name, one in intend_city(city).items()}
    lines = sum(text.count("\n") for text in texts.values())
    snapshots, reading = _timed(lambda: {name: _read(city, name, text) for name, text in texts.items()})
    topology, joining = _timed(lambda: _joined(snapshots, city))
    proof, proving = _timed(lambda: prove(topology, Policy.of_city(city)))
    if not proof.holds:
        raise ValueError("the generated city is not proved")
    again, seconds = _timed(lambda: _again(city, snapshots, texts))
    if again:
        raise ValueError("the planted permit was not found")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    times = [f"{value:.2f} s" for value in (joining, proving, seconds)]
    return [f"{lines:,}", f"{reading:.2f} s", f"{lines / reading:,.0f}", *times, f"{peak:.0f} MB"]


def _again(city: City, snapshots: Mapping[str, Snapshot], texts: Mapping[str, str]) -> bool:
    """Prove anew with one line of one gateway changed; whether it still holds."""
    name = next(iter(city.sites.values())).gateway
    opened = texts[name].replace("deny ip any any log", PERMIT, 1)
    changed = {**snapshots, name: _read(city, name, opened)}
    return prove(_joined(changed, city), Policy.of_city(city)).holds


def _joined(snapshots: Mapping[str, Snapshot], city: City) -> Topology:
    topology = Topology(snapshots, city)
    if topology.findings:
        raise ValueError(f"the generated city is not clean: {topology.findings[0]}")
    return topology


def _read(city: City, name: str, text: str) -> Snapshot:
    return read_snapshot(text, f"{name}.cfg", city.devices[name].platform)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
