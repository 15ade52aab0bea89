"""The embedded city in a folder of the test's own, its devices on ports of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from netmiko import ConnectHandler

from sanso.lab.inventory import inventory_specs
from tests.emulated import free_port

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ran:
    """A finished ansible-playbook."""

    status: int
    text: str
    report: dict[str, Any]

    @property
    def recap(self) -> dict[str, dict[str, int]]:
        """Counts by host."""
        lines = self.text.partition("PLAY RECAP")[2].splitlines()
        found = (re.match(r"(\S+)\s+:\s(ok=.*)", line) for line in lines)
        return {m[1]: {k: int(v) for k, v in re.findall(r"(\w+)=(\d+)", m[2])} for m in found if m}

    def hosts(self, status: str) -> set[str]:
        """Hosts that the report gives a status."""
        return {host["host"] for host in self.report["hosts"] if host["status"] == status}


class RunningCity:
    """An inventory that may be edited, and its emulated devices."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.inventory = folder / "city"
        self.known_hosts = folder / "lab" / "known_hosts"
        shutil.copytree(ROOT / "inventories" / "lab", self.inventory)
        connection = "group_vars/all/connection.yml"
        self.edit(connection, r"ansible_port: \d+", f"ansible_port: {free_port()}")
        self.edit(connection, r"sanso_known_hosts: .*", f"sanso_known_hosts: {self.known_hosts}")
        for group in ("endpoints/connection", "endpoints_https"):
            self.edit(f"group_vars/{group}.yml", r"ansible_port: \d+", f"ansible_port: {free_port()}")
        self.edit("group_vars/eos.yml", r"ansible_httpapi_port: \d+", f"ansible_httpapi_port: {free_port()}")

    @property
    def journal(self) -> Path:
        """Folder of the journal of its devices."""
        return self.folder / "journal"

    def edit(self, file: str, pattern: str, text: str) -> None:
        """Replace the one place that matches."""
        path = self.inventory / file
        changed, count = re.subn(pattern, text, path.read_text(encoding="utf-8"), count=1)
        assert count, f"{file} has nothing like {pattern}"
        path.write_text(changed, encoding="utf-8")

    def lab(self, *arguments: str) -> None:
        """Start, stop or reset the devices."""
        command = [sys.executable, "-m", "sanso.lab", arguments[0], "--state", str(self.folder / "lab")]
        if arguments[0] != "stop":
            command += ["--inventory", str(self.inventory)]
        subprocess.run([*command, *arguments[1:]], check=True, cwd=ROOT, capture_output=True, timeout=120)

    def play(self, *arguments: str, playbook: str = "site.yml", **env: str) -> Ran:
        """Run ansible-playbook."""
        artifacts = self.folder / "artifacts"
        shutil.rmtree(artifacts, ignore_errors=True)
        folders = {"SANSO_REPORT_DIR": str(artifacts), "SANSO_JOURNAL": str(self.journal)}
        done = subprocess.run(
            [Path(sys.executable).with_name("ansible-playbook"), "-i", self.inventory, *arguments, playbook],
            cwd=ROOT,
            env={**os.environ, **folders, "ANSIBLE_NOCOLOR": "1", "COLUMNS": "200", **env},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        report = artifacts / "report.json"
        found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {}
        return Ran(done.returncode, done.stdout + done.stderr, found)

    def copy(self, folder: Path) -> RunningCity:
        """The same devices under a second inventory, for a test to spoil."""
        other = object.__new__(RunningCity)
        other.folder, other.inventory, other.known_hosts = folder, folder / "city", self.known_hosts
        shutil.copytree(self.inventory, other.inventory)
        return other


def by_hand(city: RunningCity, host: str, *lines: str) -> None:
    """Configure a device as a person does who logs in."""
    spec = next(spec for spec in inventory_specs(city.inventory) if spec.name == host)
    kind = {"ios": "cisco_ios", "eos": "arista_eos", "c9800": "cisco_xe"}[spec.platform]
    with ConnectHandler(
        host=spec.address, port=spec.port, username=spec.username, password=spec.password, device_type=kind
    ) as connection:
        connection.send_config_set(list(lines))


@pytest.fixture(scope="session")
def rolled_out(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningCity]:
    """The embedded city after its first rollout."""
    city = RunningCity(tmp_path_factory.mktemp("city"))
    city.lab("start")
    try:
        first = city.play()
        assert first.status == 0, first.text
        yield city
    finally:
        city.lab("stop")


@pytest.fixture
def city(rolled_out: RunningCity, tmp_path: Path) -> RunningCity:
    """An inventory of the test's own for the devices of the city, which hold what it says."""
    return rolled_out.copy(tmp_path)
