"""Virtualization hosts in a run of ansible-playbook; their programs answer from files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from sanso.city import load_city
from sanso.hypervisors import Creation, load_hypervisor
from sanso.hypervisors.libvirt.probes import EACH, FIRST, TABLES
from sanso.render import intend_hosts

ROOT = Path(__file__).resolve().parents[2]
HOST, MACHINE = "hall-kvm-1", "lg-dns-1"
NO_ROWS = '{"headings": ["_uuid"], "data": []}'
FRESH = dict.fromkeys(FIRST, "") | {
    **{f"switch/{table}": NO_ROWS for table in TABLES},
    "links": "[]",
    "addresses": "[]",
    "forwarding": "net.ipv4.ip_forward = 0\n",
}
"""What a host answers that has programs and nothing else; it has no switch, and so no flows."""
HERE = {"ansible_connection": "local", "ansible_host": "localhost", "ansible_python_interpreter": sys.executable}
PLAYBOOK = [
    {
        "hosts": "virtualization_hosts",
        "gather_facts": False,
        "tasks": [
            {"sanso_virtualization_hosts": {}, "register": "intent", "run_once": True},
            {
                "sanso_read_host": {"platform": "{{ intent.hosts[inventory_hostname].platform }}"},
                "register": "found",
                "when": "inventory_hostname not in away | default([])",
            },
            {
                "sanso_virtualization_host": {
                    "intent": "intent",
                    "found": "found",
                    "language": "{{ language | default('en') }}",
                },
                "register": "compared",
                "when": "inventory_hostname not in away | default([])",
            },
            {
                "ansible.builtin.copy": {
                    "content": "{{ compared | to_json }}",
                    "dest": "{{ results }}/{{ inventory_hostname }}.json",
                },
                "check_mode": False,
            },
        ],
    }
]

PROOF = [
    {
        "hosts": "virtualization_hosts",
        "gather_facts": False,
        "tasks": [
            {
                "sanso_read_host": {"platform": "{{ sanso_platform }}"},
                "register": "found",
                "when": "inventory_hostname not in away | default([])",
            }
        ],
    },
    {
        "hosts": "network",
        "gather_facts": False,
        "tasks": [{"sanso_prove": {"virtualization_hosts": "found"}, "run_once": True}],
    },
]


@dataclass(frozen=True)
class Hosts:
    """The embedded city's hosts, all on this machine, and the answers of each of their programs."""

    folder: Path

    def answer(self, answers: Mapping[str, str]) -> None:
        """Let the programs say something; what is not in the answers fails."""
        shutil.rmtree(self.folder / "answers", ignore_errors=True)
        (self.folder / "answers").mkdir()
        asked = {**FIRST, **load_hypervisor("libvirt").further(answers)}
        for name, said in answers.items():
            (self.folder / "answers" / " ".join(asked[name]).replace("/", "_")).write_text(said, encoding="utf-8")

    def play(
        self, *arguments: str, playbook: str = "play.yml"
    ) -> tuple[subprocess.CompletedProcess[str], dict[str, Any]]:
        """Run the playbook; results by host."""
        results = self.folder / "results"
        shutil.rmtree(results, ignore_errors=True)
        results.mkdir()
        done = subprocess.run(
            [
                *(Path(sys.executable).with_name("ansible-playbook"), "-i", self.folder / "city"),
                *("-e", f"results={results}", "-e", json.dumps(HERE), *arguments, self.folder / playbook),
            ],
            cwd=ROOT,
            env={
                **os.environ,
                "PATH": f"{self.folder / 'bin'}:{os.environ['PATH']}",
                "ANSWERS": str(self.folder / "answers"),
                "SANSO_REPORT_DIR": str(self.folder / "artifacts"),
                "ANSIBLE_NOCOLOR": "1",
            },
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        return done, {file.stem: json.loads(file.read_text(encoding="utf-8")) for file in results.iterdir()}


@pytest.fixture
def hosts(tmp_path: Path) -> Hosts:
    shutil.copytree(ROOT / "inventories" / "lab", tmp_path / "city")
    (tmp_path / "play.yml").write_text(yaml.safe_dump(PLAYBOOK), encoding="utf-8")
    (tmp_path / "proof.yml").write_text(yaml.safe_dump(PROOF), encoding="utf-8")
    (tmp_path / "bin").mkdir()
    for name in ("virsh", "ovs-vsctl", "ovs-ofctl", "ip", "sysctl"):
        program = tmp_path / "bin" / name
        program.write_text(f'#!/bin/sh\nexec cat "$ANSWERS/$(echo "{name} $*" | tr / _)"\n', encoding="utf-8")
        program.chmod(0o755)
    return Hosts(tmp_path)


def made_of(answers: Mapping[str, str], hand: tuple[str, str] = ("", "")) -> dict[str, str]:
    """Answers of a host that has the virtual network and a machine that is off, which somebody changed."""
    intents = intend_hosts(load_city(ROOT / "inventories" / "lab"))
    wanted = intents[HOST].facts
    libvirt = load_hypervisor("libvirt")
    steps = libvirt.plan(libvirt.read(HOST, FRESH, wanted), wanted, Creation(machines=frozenset({MACHINE}))).steps
    network, machine = (
        next(step.command.stdin for step in steps if verb in step.command.argv and step.about == about)
        for verb, about in (("net-define", "sanso"), ("define", MACHINE))
    )
    listed = {"networks": "sanso", "networks-active": "sanso", "networks-autostart": "sanso", "machines": MACHINE}
    machine = machine.replace(*hand)
    return {
        **answers,
        **{name: f"{said}\n" for name, said in listed.items()},
        "network/sanso": network,
        "network-defined/sanso": network,
        f"machine/{MACHINE}": machine,
        f"machine-defined/{MACHINE}": machine,
        f"machine-disks/{MACHINE}": "",
    }


def test_hosts_that_have_nothing_are_told_what_is_to_be_done(hosts: Hosts) -> None:
    hosts.answer(FRESH)
    done, results = hosts.play("--check", "--diff")
    assert done.returncode == 0, done.stdout
    assert results.keys() == {HOST, "hall-kvm-2", "hall-kvm-3"}
    one = results[HOST]
    assert one["changed"]
    assert not one["in_sync"]
    assert f"{HOST}: machine: {MACHINE} is missing  [lgwan]" in one["differences"]
    assert len(one["reach_steps"]) == 1
    assert {"argv", "stdin", "undo", "about"} <= one["steps"][0].keys()
    assert "Steps:" in done.stdout
    assert "add-br" in done.stdout


def test_a_machine_in_another_layer_is_named_first_and_mended(hosts: Hosts) -> None:
    hosts.answer(made_of(FRESH, ("lgwan_servers", "internet_servers")))
    done, results = hosts.play("-e", "language=ja")
    assert done.returncode == 0, done.stdout
    one = results[HOST]
    assert not one["changed"], "it changes nothing"
    assert one["crossed"] == one["differences"][: len(one["crossed"])]
    assert one["crossed"][0].startswith(f"{MACHINE} lan0: ポートグループ lgwan_servers、")
    assert "internet 層) になっています" in one["crossed"][0]
    assert [finding["rule"] for finding in one["findings"]] == ["HOST-01"]
    assert any("同時に存在するホスト" in line for line in one["differences"]), "all three hosts say the same"


def test_what_is_on_hosts_that_nobody_looked_at_is_not_judged(hosts: Hosts) -> None:
    hosts.answer(FRESH)
    done, results = hosts.play("-e", json.dumps({"away": ["hall-kvm-3"]}))
    assert done.returncode == 0, done.stdout
    assert MACHINE not in {step["about"] for step in results[HOST]["steps"]}
    assert "not all hosts were looked at" in results[HOST]["msg"]


def test_a_host_that_does_not_answer_is_neither_in_sync_nor_changed(hosts: Hosts) -> None:
    hosts.answer({name: said for name, said in FRESH.items() if name != "switch/Port"})
    done, results = hosts.play()
    assert done.returncode == 0, done.stdout
    assert not results[HOST]["in_sync"]
    assert results[HOST]["steps"] == []
    assert "switch/Port could not be read" in results[HOST]["msg"]


def test_the_proof_reads_hosts(hosts: Hosts) -> None:
    hosts.answer(made_of(FRESH, ("lgwan_servers", "internet_servers")))
    done, _ = hosts.play("-e", json.dumps({"away": ["hall-kvm-2", "hall-kvm-3"]}), playbook="proof.yml")
    assert done.returncode == 2
    assert f"HOST-01: {HOST}: {MACHINE} lan0 of layer lgwan is in VLAN 340 of layer internet" in done.stdout


def test_the_proof_names_the_hosts_that_nobody_looked_at(hosts: Hosts) -> None:
    hosts.answer(FRESH)
    done, _ = hosts.play("-e", json.dumps({"away": ["hall-kvm-2", "hall-kvm-3"]}), playbook="proof.yml")
    assert done.returncode == 0, done.stdout
    assert "taken to do what they should: hall-kvm-2, hall-kvm-3" in done.stdout


def test_questions_are_asked_of_what_the_first_answers_name() -> None:
    answers = made_of(FRESH)
    assert {f"machine/{MACHINE}", "network/sanso"} <= load_hypervisor("libvirt").further(answers).keys()
    assert set(EACH) >= {"machine", "network"}
