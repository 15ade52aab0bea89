"""The separation proof of generated cities: reading, putting together, proving, and proving again after one line."""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.firewall import firewall_times
from bench.measure import print_table
from sanso.city import City, load_city
from sanso.generate import Size, generate, write_inventory
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform, read_snapshot
from sanso.proof.policy import Policy
from sanso.proof.proved import Proved
from sanso.proof.topology import Topology
from sanso.render import intend_city

T = TypeVar("T")
SIZES = ((12, 50, 150), (60, 200, 600))
CHANGES = 300
FIREWALL_CHANGES = 30


def bench_proof(sizes: Sequence[tuple[int, int, int]] = SIZES) -> None:
    """Print tables with a line per size; as wherever a proof is made, the garbage collector is off."""
    gc.disable()
    head = [
        "sites/switches/segments",
        "lines",
        "read",
        "lines/s",
        "topology",
        "prove",
        "peak",
    ]
    rows, again = [], []
    for size in sizes:
        with TemporaryDirectory() as folder:
            write_inventory(generate(Size(*size)), Path(folder))
            bench = _Bench(load_city(Path(folder)))
            rows.append(["/".join(map(str, size)), *bench.steps()])
            again += [["/".join(map(str, size)), *row] for row in bench.again()]
        gc.collect()
    again += [["1/1/8", *row] for row in _rows(firewall_times(FIREWALL_CHANGES))]
    print_table(
        "Prove a city from its rendered configurations, all sources against all subnets, both families", head, rows
    )
    print_table(
        "Prove it again with one line changed: processor time without reading the text",
        ["sites/switches/segments", "after the change", "changes", "median", "p99"],
        again,
    )
    gc.enable()


class _Bench:
    """One city."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.texts = {
            name: load_platform(one.facts.platform).render(one.facts) for name, one in intend_city(city).items()
        }

    def steps(self) -> list[str]:
        """Times of everything from the texts to the proof."""
        lines = sum(text.count("\n") for text in self.texts.values())
        self.snapshots, reading = _timed(lambda: {name: self._read(name, text) for name, text in self.texts.items()})
        topology, joining = _timed(lambda: _joined(self.snapshots, self.city))
        self.proved, proving = _timed(lambda: Proved.of(topology, Policy.of_city(self.city)))
        if not self.proved.proof.holds:
            raise ValueError("the generated city is not proved")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        times = [f"{value:.2f} s" for value in (joining, proving)]
        return [f"{lines:,}", f"{reading:.2f} s", f"{lines / reading:,.0f}", *times, f"{peak:.0f} MB"]

    def again(self) -> list[list[str]]:
        """Times of proving again, after changes at random."""
        random = Random(1)  # noqa: S311
        names = [name for name, text in self.texts.items() if _entries(text)]
        found: dict[str, list[float]] = {"proved still": [], "opened": [], "opened: each crossing": []}
        for _ in range(CHANGES):
            name = random.choice(names)
            snapshot = self._read(name, _edited(self.texts[name], random))
            start = time.process_time()
            proved = self.proved.replaced(name, snapshot)
            found["proved still" if proved.holds else "opened"].append(time.process_time() - start)
            if not proved.holds:
                _ = proved.proof
                found["opened: each crossing"].append(time.process_time() - start)
        return _rows(found)

    def _read(self, name: str, text: str) -> Snapshot:
        return read_snapshot(text, f"{name}.cfg", self.city.devices[name].platform)


def _rows(found: Mapping[str, list[float]]) -> list[list[str]]:
    return [[what, str(len(times)), *map(_milliseconds, _spread(times))] for what, times in found.items() if times]


def _entries(text: str) -> list[int]:
    return [place for place, line in enumerate(text.splitlines()) if " permit " in line or " deny " in line]


def _edited(text: str, random: Random) -> str:
    """A text with a line of a list deleted, turned round, repeated, or opened for all to a port or altogether."""
    lines = text.splitlines()
    place = random.choice(_entries(text))
    line = lines[place]
    word = "permit" if " permit " in line else "deny"
    head, _, rest = line.partition(f" {word} ")
    family = "ipv6" if rest.startswith(("ipv6", "icmpv6")) or ":" in rest else "ip"
    turned = f"{head} {'deny' if word == 'permit' else 'permit'} {rest.removesuffix(' log')}"
    port = f"{head} permit tcp any any eq {random.randint(1, 65535)}"
    lines[place : place + 1] = random.choice([[], [turned], [line, "!"], [port], [f"{head} permit {family} any any"]])
    return "\n".join([*lines, ""])


def _spread(times: list[float]) -> tuple[float, float]:
    ordered = sorted(times)
    return median(ordered), ordered[int(len(ordered) * 0.99)]


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def _joined(snapshots: Mapping[str, Snapshot], city: City) -> Topology:
    topology = Topology(snapshots, city)
    if topology.findings:
        raise ValueError(f"the generated city is not clean: {topology.findings[0]}")
    return topology


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
