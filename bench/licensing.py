"""Licences of a generated city's terminals: NTLM with encrypted messages, terminals and controller on the same cores.

Each fleet is licensed from nothing (inventory, keys and hosts, activation, verification), then asked again when all
is as wanted; by the library alone, then by the playbook with all that Ansible, the proof and the reports add.
"""

from __future__ import annotations

import os
import re
import resource
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import CommandError, Cost, print_table, run
from sanso.city import city_of
from sanso.city.inventory import Inventory, read_inventory
from sanso.generate import Size, generate, write_inventory
from sanso.lab import daemon
from sanso.lab.spec import Timing
from sanso.lab.terminals import SPECS
from sanso.lab.wsman.faults import ASLEEP
from sanso.lab.wsman.inventory import PRODUCTS_VARIABLE, terminal_specs
from sanso.lab.wsman.spec import TerminalSpecs, written
from sanso.licensing.fleet import Fleet, Limits
from sanso.licensing.outcome import Status
from sanso.licensing.terminal import Terminal
from sanso.licensing.wishes import KmsHosts, read_wishes
from sanso.wsman.endpoint import Endpoint

ROOT = Path(__file__).resolve().parents[1]
SITES, SWITCHES, SEGMENTS = 60, 60, 400
OFF = 3
"""One of so many terminals is switched off, where some are."""
HEAD = ["terminals", "run", "wall", "terminals/s", "client CPU", "of it each", "terminals' CPU each", "messages each"]


@dataclass(frozen=True)
class Run:
    """What a run over all terminals cost; ``cpu`` is the client's, ``lab`` that of the emulated terminals."""

    wall: float
    cpu: float
    lab: float
    messages: int = 0


class City:
    """A generated city with terminals that are emulated in a process of their own."""

    def __init__(self, folder: Path, terminals: int) -> None:
        self.folder = folder
        self.state = folder / ".lab"
        self.size = terminals
        write_inventory(generate(Size(SITES, SWITCHES, SEGMENTS, endpoints=terminals)), folder)
        inventory = read_inventory(folder)
        city = city_of(inventory)
        self.specs = terminal_specs(inventory, city)
        hosts = KmsHosts.of(city, {})
        self.terminals = [_terminal(inventory, one.name, hosts) for one in self.specs.terminals]

    def start(self, specs: TerminalSpecs) -> None:
        """Let terminals listen that hold no licence yet; there are no devices beside them."""
        daemon.stop(self.state)
        daemon.forget(self.state, ())
        self.state.mkdir(exist_ok=True)
        (self.state / "specs.json").write_text("[]", encoding="utf-8")
        (self.state / SPECS).write_text(written(specs), encoding="utf-8")
        daemon.start(self.state, self.state / "specs.json", Timing())

    def off(self, one_of: int) -> TerminalSpecs:
        """The same terminals, some of them switched off."""
        terminals = tuple(
            replace(one, fault=ASLEEP) if index % one_of == 0 else one
            for index, one in enumerate(self.specs.terminals)
        )
        return replace(self.specs, terminals=terminals)

    def library(self, expected: dict[Status, int]) -> Run:
        """License all terminals in this process.

        Raises:
            CommandError: they did not end as expected.
        """
        start, cpu, lab = time.monotonic(), _own(), self.lab_cpu()
        outcomes = Fleet(Limits(), check=False).run(self.terminals)
        wall, cpu, lab = time.monotonic() - start, _own() - cpu, self.lab_cpu() - lab
        found = {status: sum(one.status is status for one in outcomes) for status in expected}
        if found != expected:
            raise CommandError(f"expected {expected}, found {found}")
        return Run(wall, cpu, lab, sum(one.messages for one in outcomes))

    def playbook(self, accepted: Sequence[int] = (0,)) -> Run:
        """License all terminals in the way a person does."""
        lab = self.lab_cpu()
        command = [str(Path(sys.executable).with_name("ansible-playbook")), "-i", str(self.folder)]
        env = {**os.environ, "SANSO_REPORT_DIR": str(self.folder / ".artifacts")}
        cost: Cost = run([*command, "playbooks/endpoints.yml"], env, ROOT, accepted)
        return Run(cost.wall, cost.cpu, self.lab_cpu() - lab)

    def lab_cpu(self) -> float:
        """Seconds of processor time that the emulated terminals have taken."""
        stat = Path(f"/proc/{daemon.running_pid(self.state)}/stat").read_text(encoding="ascii")
        fields = re.sub(r".*\)", "", stat).split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def bench_licensing(sizes: Sequence[int] = (240, 2400)) -> None:
    """Print a table for each size, and each run as it ends: thousands of terminals take minutes."""
    for size in sizes:
        rows = []
        with _city(size) as city:
            for name, cost in _runs(city):
                rows.append([str(size), name, *_cells(size, cost)])
                print(*rows[-1], sep="  ", flush=True)
        print_table(f"Licences of {size} terminals: NTLM, encrypted messages, two products each", HEAD, rows)
    print(f"\npeak memory of the client: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


@contextmanager
def _city(terminals: int) -> Iterator[City]:
    with TemporaryDirectory() as folder:
        city = City(Path(folder), terminals)
        try:
            yield city
        finally:
            daemon.stop(city.state)


def _runs(city: City) -> Iterator[tuple[str, Run]]:
    everybody, away = city.size, -(-city.size // OFF)
    city.start(city.specs)
    yield "library: from nothing", city.library({Status.CHANGED: everybody})
    yield "library: again, all as wanted", city.library({Status.IN_SYNC: everybody})
    city.start(city.off(OFF))
    yield "library: a third off", city.library({Status.CHANGED: everybody - away, Status.NOT_REACHED: away})
    city.start(city.specs)
    yield "playbook: from nothing", city.playbook()
    yield "playbook: again, all as wanted", city.playbook()


def _terminal(inventory: Inventory, name: str, hosts: KmsHosts) -> Terminal:
    values = inventory.values(name)
    endpoint = Endpoint(
        values["ansible_host"],
        port=values["ansible_port"],
        scheme="http",
        username=values["ansible_user"],
        password=values["ansible_password"],
    )
    wanted = read_wishes(PRODUCTS_VARIABLE, values[PRODUCTS_VARIABLE], hosts)
    return Terminal(name, endpoint, wanted, values["sanso_endpoint_site"], values["sanso_endpoint_layer"])


def _cells(size: int, cost: Run) -> list[str]:
    return [
        f"{cost.wall:.1f} s",
        f"{size / cost.wall:.0f}",
        f"{cost.cpu:.1f} s",
        f"{1000 * cost.cpu / size:.1f} ms",
        f"{1000 * cost.lab / size:.1f} ms",
        f"{cost.messages / size:.1f}" if cost.messages else "",
    ]


def _own() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
