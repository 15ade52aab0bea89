"""The embedded city's virtualization hosts in containers: when they are left out, and what starts them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HOST = "hall-kvm-2"
# Each answers as its namesake would, and writes down what it was asked.
PROGRAMS = {
    "podman": """case "$*" in
    *"image inspect localhost/missing"*) echo "no such image" >&2; exit 125 ;;
    inspect*) printf '11\\n22\\n' ;;
    *is-system-running*) echo running ;;
    *ssh_host_ed25519_key*) cat >/dev/null; echo "ssh-ed25519 AAAA" ;;
    esac""",
    "ip": "true",
    "id": 'echo "${FAKE_USER:-0}"',
}


class Lab:
    """A copy of the embedded city, and programs in the place of an engine."""

    def __init__(self, folder: Path) -> None:
        self.inventory = folder / "inventories" / "lab"
        self.state = folder / ".lab" / "hosts"
        self.programs = folder / "programs"
        self.asked = folder / "asked"
        shutil.copytree(ROOT / "inventories" / "lab", self.inventory)
        self.programs.mkdir()
        for name, body in PROGRAMS.items():
            (self.programs / name).write_text(f'#!/bin/sh\necho {name} "$@" >>{self.asked}\n{body}\n')
            (self.programs / name).chmod(0o755)

    def run(self, tool: str, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.programs}:{os.environ['PATH']}"
        return subprocess.run(
            [Path(sys.executable).with_name(tool), "-i", self.inventory, *arguments],
            cwd=ROOT,
            env={
                **os.environ,
                "ANSIBLE_NOCOLOR": "1",
                "PATH": path,
                "SANSO_REPORT_DIR": str(self.state.parent),
                **env,
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def start(self, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
        return self.run("ansible-playbook", "playbooks/lab_hosts.yml", "--limit", HOST, *arguments, **env)

    def told(self) -> str:
        """What a run is told about the host, and how it would reach it."""
        shown = "{{ sanso_left_out }} | {{ ansible_ssh_common_args }}"
        return self.run("ansible", HOST, "-m", "ansible.builtin.debug", "-a", f"msg={shown!r}").stdout


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Lab:
    return Lab(tmp_path_factory.mktemp("city"))


@pytest.fixture(scope="module")
def started(lab: Lab) -> str:
    """What was asked of the programs."""
    done = lab.start()
    assert done.returncode == 0, done.stdout
    return lab.asked.read_text()


def test_all_that_is_missing_is_said_and_nothing_started(lab: Lab) -> None:
    done = lab.start("-e", "emulated_hosts_image=localhost/missing", FAKE_USER="1000")
    said = " ".join(done.stdout.split())
    assert done.returncode == 2
    assert "root, to lay cables" in said
    assert ".ci/image-virtual localhost/missing makes one" in said
    assert "podman says: no such image" in said
    assert "podman run " not in lab.asked.read_text()


def test_a_missing_engine_is_named(lab: Lab, tmp_path: Path) -> None:
    for tool in ("sh", "mkdir", "chmod", "rm", "sleep"):
        (tmp_path / tool).symlink_to(str(shutil.which(tool)))
    (tmp_path / "id").symlink_to(lab.programs / "id")
    done = lab.start("-e", "emulated_hosts_engine=docker", PATH=str(tmp_path))
    assert done.returncode == 2
    assert "docker, the container engine" in done.stdout


def test_they_are_left_out_until_they_run(lab: Lab) -> None:
    told = lab.told()
    assert f"{HOST} is left out" in told
    assert "make lab-hosts" in told


def test_a_container_each_with_the_cables_and_vlans_of_the_inventory(started: str) -> None:
    runs = [line.split() for line in started.splitlines() if line.startswith("podman run ")]
    names = {word.removeprefix("--name=") for words in runs for word in words if word.startswith("--name=")}
    assert names == {"sanso-lab-switch", f"sanso-lab-{HOST}"}
    assert re.findall(r"^ip link add (\S+) netns 11 type veth peer name (\S+) netns 22$", started, re.MULTILINE) == [
        ("eno1", "kvm-2-eno1"),
        ("eno2", "kvm-2-eno2"),
    ]
    for cable in ("kvm-2-eno1", "kvm-2-eno2"):
        assert re.search(rf"add-port br0 {cable} .*\\\n\s*tag=530 trunks=240,250,340,350,540", started)


def test_they_are_reached_once_they_run_through_the_engine_that_runs_them(lab: Lab, started: str) -> None:
    assert started
    told = " ".join(lab.told().split())
    assert "left out" not in told
    assert "StrictHostKeyChecking=yes" in told
    assert 'ProxyCommand="podman exec --interactive sanso-lab-switch' in told
    assert (lab.state / "known_hosts").read_text() == "10.53.0.12 ssh-ed25519 AAAA\n"


def test_they_are_not_started_twice_and_stopping_forgets_them(lab: Lab, started: str) -> None:
    assert started
    again = lab.start()
    assert again.returncode == 2
    assert "They run already" in again.stdout
    assert lab.run("ansible-playbook", "playbooks/lab_hosts_stop.yml").returncode == 0
    removed = set(re.findall(r"^podman rm --force --volumes (\S+)$", lab.asked.read_text(), re.MULTILINE))
    assert removed >= {"sanso-lab-switch", *(f"sanso-lab-hall-kvm-{number}" for number in (1, 2, 3))}
    assert not lab.state.exists()
