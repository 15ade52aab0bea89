"""Access points of a generated city behind one emulated controller: intent, proof, rollout, check."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bench.measure import print_table, run
from sanso.change import assess
from sanso.city import City, city_of
from sanso.city.inventory import read_inventory
from sanso.generate import Size, generate, write_inventory
from sanso.network.wireless import WirelessFacts
from sanso.platforms import load_controller
from sanso.proof.air import read_air
from sanso.proof.air_steps import AirCourse, step_findings
from sanso.proof.verdict import prove_network
from sanso.render import WirelessIntent, intend_city, intend_controllers, intended_snapshots
from sanso.rules import check_city

ROOT = Path(__file__).resolve().parents[1]
PLAYBOOK = str(Path(sys.executable).with_name("ansible-playbook"))
POINTS_A_SWITCH = 2
T = TypeVar("T")


def bench_wireless(sizes: Sequence[int] = (40, 400)) -> None:
    """Print a table of the library's steps, and one of whole runs of the playbook.

    Raises:
        CommandError: a run failed.
    """
    steps, runs = [], []
    for size in sizes:
        with TemporaryDirectory() as folder, _lab(Path(folder), size) as inventory:
            steps.append([str(size), *(f"{seconds:.2f} s" for seconds in _steps(inventory))])
            runs.append([str(size), *_runs(inventory)])
    head = ["access points", "read and build", "rules", "intent", "proof", "plan all", "prove each command"]
    print_table("Wireless of a city (no device contacted)", head, steps)
    head = ["access points", "rollout", "CPU", "check", "CPU", "check of 5", "CPU"]
    print_table("playbooks/wireless.yml, one emulated controller on the same cores", head, runs)


@contextmanager
def _lab(folder: Path, points: int) -> Iterator[Path]:
    """A generated city with its emulated devices; they end with the block."""
    inventory, state = folder / "city", folder / "lab"
    switches = max(points // POINTS_A_SWITCH, 10)
    write_inventory(generate(Size(max(switches // 4, 2), switches, 3 * switches, access_points=points)), inventory)
    lab = [sys.executable, "-m", "sanso.lab"]
    start = [*lab, "start", "--state", str(state), "--inventory", str(inventory)]
    subprocess.run(start, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        yield inventory
    finally:
        subprocess.run([*lab, "stop", "--state", str(state)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603


def _steps(folder: Path) -> list[float]:
    city, building = _timed(lambda: city_of(read_inventory(folder)))
    _, checking = _timed(lambda: check_city(city, date(2026, 4, 1)))
    (intent,), intending = _timed(lambda: list(intend_controllers(city).values()))
    _, proving = _timed(lambda: _prove(city, intent))
    controller = load_controller(intent.facts.platform)
    empty = controller.render(WirelessFacts(intent.facts.hostname, intent.facts.platform))
    change, planning = _timed(lambda: assess(intent, empty))
    course = AirCourse(intent.facts.hostname, intent.facts.platform, empty, tuple(change.commands))
    opened, stepping = _timed(lambda: list(step_findings(course)))
    if opened:
        raise ValueError(f"a command opens something: {opened[0].what('en')}")
    return [building, checking, intending, proving, planning, stepping]


def _prove(city: City, intent: WirelessIntent) -> None:
    air = read_air({intent.facts.hostname: intent.facts}, city)
    if not prove_network(intended_snapshots(intend_city(city)), city, air.edges).holds:
        raise ValueError("the generated city is not proved")


def _runs(inventory: Path) -> Iterator[str]:
    known_hosts = inventory.parent / "lab" / "known_hosts"
    command = [PLAYBOOK, "-i", str(inventory), "-e", f"sanso_known_hosts={known_hosts}", "playbooks/wireless.yml"]
    kept = {name: str(inventory.parent / name) for name in ("artifacts", "journal")}
    env = {"SANSO_REPORT_DIR": kept["artifacts"], "SANSO_JOURNAL": kept["journal"]}
    env["PATH"] = str(Path(sys.executable).parent)
    few = ",".join(list(city_of(read_inventory(inventory)).access_points)[:5])
    for options in ([], ["--check"], ["--check", "--limit", few]):
        cost = run([*command, *options], env, ROOT)
        yield f"{cost.wall:.1f} s"
        yield f"{cost.cpu:.1f} s"


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start
