"""Check and rollout of a fleet of emulated switches: this project, Nornir with netmiko, cisco.ios."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.measure import Cost, print_table, run
from sanso.generate import Size, generate, write_inventory
from sanso.lab.inventory import inventory_specs

ROOT = Path(__file__).resolve().parents[1]
COMMAND, LOGIN = 0.02, 0.3
"""Seconds that an emulated device takes for each command and each login, as real switches do."""
NORNIR_WORKERS = (20, 64)
"""Nornir's own default, and as many as this project uses."""
PLAYBOOK = [str(Path(sys.executable).with_name("ansible-playbook"))]


@dataclass(frozen=True)
class Fleet:
    """A generated city whose devices run as emulated ones."""

    folder: Path
    switches: int

    @property
    def city(self) -> Path:
        """Inventory of the city."""
        return self.folder / "city"

    @property
    def known_hosts(self) -> Path:
        """Host keys of the devices."""
        return self.folder / "lab" / "known_hosts"

    @property
    def env(self) -> dict[str, str]:
        """Environment of every measured command."""
        return {
            **os.environ,
            "SANSO_REPORT_DIR": str(self.folder / "artifacts"),
            "SANSO_JOURNAL": str(self.folder / "journal"),
            "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"),
            "ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".cache" / "collections"),
            "ANSIBLE_DEPRECATION_WARNINGS": "false",
        }

    def lab(self, action: str) -> None:
        """Start, reset or stop the devices."""
        command = [sys.executable, "-m", "sanso.lab", action, "--state", str(self.folder / "lab")]
        if action != "stop":
            command += ["--inventory", str(self.city), "--command", str(COMMAND), "--login", str(LOGIN)]
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603

    def sanso(self, *options: str) -> Cost:
        """Run the whole of site.yml: validation of the city included."""
        command = [
            *PLAYBOOK,
            "-i",
            str(self.city),
            "-e",
            f"sanso_known_hosts={self.known_hosts}",
            *options,
            "site.yml",
        ]
        return run(command, self.env, ROOT)

    def nornir(self, mode: str, workers: int) -> Cost:
        """Run the same work with Nornir, nornir_netmiko and difflib."""
        hosts = str(self.folder / "hosts.json")
        return run([sys.executable, "-m", "bench.nornir_run", mode, hosts, str(workers)], self.env, ROOT)

    def cisco_ios(self, mode: str) -> Cost:
        """Run the same work with the module cisco.ios.ios_config."""
        options = ["-i", str(self.city), "-e", f"texts={self.folder / 'texts'}", "-f", "20", "--diff"]
        env = {**self.env, "ANSIBLE_STDOUT_CALLBACK": "default"}
        env |= {"ANSIBLE_HOST_KEY_CHECKING": "false"}  # its fastest: no time for looking keys up
        return run([*PLAYBOOK, *options, f"bench/cisco_ios_{mode}.yml"], env, ROOT, accepted=(0, 2))

    def note_commands(self) -> None:
        """Keep what this project would send, so that the others send the very same lines."""
        self.sanso("--check")
        report = json.loads((self.folder / "artifacts" / "report.json").read_text(encoding="utf-8"))
        commands = {host["host"]: host["commands"] for host in report["hosts"]}
        hosts = [
            {
                "name": spec.name,
                "address": spec.address,
                "port": spec.port,
                "username": spec.username,
                "password": spec.password,
                "commands": commands[spec.name],
                "text": str(self.folder / "texts" / f"{spec.name}.cfg"),
            }
            for spec in inventory_specs(self.city)
        ]
        (self.folder / "hosts.json").write_text(json.dumps(hosts), encoding="utf-8")
        texts = self.folder / "texts"
        texts.mkdir()
        for host in hosts:
            (texts / f"{host['name']}.commands").write_text("\n".join(host["commands"]) + "\n", encoding="utf-8")

    def note_texts(self) -> None:
        """Keep the configurations that the devices hold now, as what the others compare with."""
        self.nornir("save", 20)


@contextmanager
def fleet(switches: int) -> Iterator[Fleet]:
    """Generate a city of IOS switches and run them; they end with the block."""
    with TemporaryDirectory() as folder:
        made = Fleet(Path(folder), switches)
        size = Size(max(switches // 4, 2), switches, 3 * switches, platform="ios")
        write_inventory(generate(size), made.city)
        made.lab("start")
        try:
            yield made
        finally:
            made.lab("stop")


def bench_fleet(sizes: Sequence[int] = (50, 200), cisco_ios_up_to: int = 50) -> None:
    """Print a table of checks and rollouts for each size.

    Args:
        sizes: numbers of switches.
        cisco_ios_up_to: fleets that are larger are not run with cisco.ios, which needs most of an hour for 200.
    """
    collections = (ROOT / ".cache" / "collections" / ".done").exists()
    for size in sizes:
        with fleet(size) as one:
            _bench(one, cisco_ios=collections and size <= cisco_ios_up_to)
    if not collections:
        print("cisco.ios was not measured: there are no collections in .cache (make collections)")


def _bench(one: Fleet, *, cisco_ios: bool) -> None:
    one.note_commands()
    rollouts = {"sanso": one.sanso()}
    one.note_texts()
    checks = {"sanso": one.sanso("--check")}
    for workers in NORNIR_WORKERS:
        checks[f"Nornir + netmiko, {workers} workers"] = one.nornir("check", workers)
        one.lab("reset")
        rollouts[f"Nornir + netmiko, {workers} workers"] = one.nornir("rollout", workers)
    if cisco_ios:
        checks["cisco.ios ios_config"] = one.cisco_ios("check")
        one.lab("reset")
        rollouts["cisco.ios ios_config"] = one.cisco_ios("rollout")
    lines = sum(len(host["commands"]) for host in json.loads((one.folder / "hosts.json").read_text(encoding="utf-8")))
    _print(f"{one.switches} switches, nothing to change: read all, compare", checks)
    _print(f"{one.switches} switches, rollout from the factory's configuration, {lines} lines in all", rollouts)


def _print(title: str, costs: dict[str, Cost]) -> None:
    own = costs["sanso"].wall
    rows = [
        [name, f"{cost.wall:.1f} s", f"{cost.cpu:.1f} s", f"{own / cost.wall:.2f}", f"{cost.wall / own:.1f}"]
        for name, cost in costs.items()
    ]
    print_table(title, ["tool", "wall", "CPU", "sanso ÷ tool", "tool ÷ sanso"], rows)
