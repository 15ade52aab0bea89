"""The modules of Ansible's ``cisco.ios`` collection read back what they set."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from asyncssh import generate_private_key

from tests.emulated import EmulatedDevices

COLLECTIONS = Path(__file__).resolve().parents[3] / ".cache" / "collections"

TASKS: list[dict[str, Any]] = [
    {"cisco.ios.ios_vlans": {"config": [{"vlan_id": 30, "name": "staff"}, {"vlan_id": 31, "name": "guest"}]}},
    {
        "cisco.ios.ios_l2_interfaces": {
            "config": [
                {"name": "GigabitEthernet1/0/1", "mode": "access", "access": {"vlan": 30}},
                {
                    "name": "GigabitEthernet1/0/2",
                    "mode": "trunk",
                    "trunk": {"allowed_vlans": ["30-31"], "native_vlan": 31},
                },
            ]
        }
    },
    {
        "cisco.ios.ios_config": {
            "parents": ["interface GigabitEthernet1/0/3"],
            "lines": ["description from ios_config", "shutdown"],
            "save_when": "changed",
        },
        "register": "configured",
    },
    {"cisco.ios.ios_vlans": {"state": "gathered"}, "register": "vlans"},
    {"cisco.ios.ios_l2_interfaces": {"state": "gathered"}, "register": "ports"},
    {"cisco.ios.ios_facts": {"gather_subset": ["default", "interfaces"]}, "register": "facts"},
    {
        "ansible.builtin.copy": {
            "dest": "{{ answers }}",
            "mode": "0600",
            "content": "{{ {'vlans': vlans, 'ports': ports, 'facts': facts, 'configured': configured} | to_json }}",
        },
        "delegate_to": "localhost",
        "connection": "local",
        "become": False,
    },
]


class Player:
    """Runs the tasks against the switch, in a home folder that knows its host key."""

    def __init__(self, served: EmulatedDevices, home: Path) -> None:
        spec = served["sw1"].spec
        self.home = home
        self.answers = home / "answers.json"
        variables = {
            "ansible_host": spec.address,
            "ansible_port": spec.port,
            "ansible_user": spec.username,
            "ansible_password": spec.password,
            "ansible_connection": "ansible.netcommon.network_cli",
            "ansible_network_cli_ssh_type": "paramiko",
            "ansible_network_os": "cisco.ios.ios",
            "ansible_become": True,
            "ansible_become_method": "ansible.netcommon.enable",
            "ansible_become_password": spec.secret,
            "answers": str(self.answers),
        }
        self._write("inventory.yml", {"all": {"hosts": {"sw1": variables}}})
        (home / ".ssh").mkdir(mode=0o700)
        self.known_hosts = home / ".ssh" / "known_hosts"
        shutil.copy(served.state / "known_hosts", self.known_hosts)

    def _write(self, name: str, content: Any) -> None:
        (self.home / name).write_text(yaml.safe_dump(content), encoding="utf-8")

    def play(self, tasks: list[dict[str, Any]]) -> subprocess.CompletedProcess[str]:
        self._write("play.yml", [{"hosts": "all", "gather_facts": False, "tasks": tasks}])
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")},
            "HOME": str(self.home),
            "ANSIBLE_HOME": str(self.home / ".ansible"),
            "ANSIBLE_COLLECTIONS_PATH": str(COLLECTIONS),
            "ANSIBLE_HOST_KEY_CHECKING": "true",
            # the background connection of a play outlives it by this long
            "ANSIBLE_PERSISTENT_CONNECT_TIMEOUT": "10",
            "ANSIBLE_PERSISTENT_COMMAND_TIMEOUT": "9",
        }
        command = [Path(sys.executable).with_name("ansible-playbook"), "-i", "inventory.yml", "play.yml"]
        return subprocess.run(
            command, cwd=self.home, env=environment, capture_output=True, text=True, timeout=180, check=False
        )


@pytest.fixture(scope="module")
def player(served: EmulatedDevices, tmp_path_factory: pytest.TempPathFactory) -> Player:
    if not (COLLECTIONS / ".done").exists():
        pytest.skip("the collections are not there: make collections")
    if find_spec("ansible.plugins.connection.paramiko_ssh") is None:
        pytest.skip("this ansible-core has no paramiko connection any more")
    return Player(served, tmp_path_factory.mktemp("home"))


def test_reads_back_what_it_set(player: Player, served: EmulatedDevices) -> None:
    done = player.play(TASKS)
    assert done.returncode == 0, done.stdout + done.stderr
    answers = json.loads(player.answers.read_text(encoding="utf-8"))

    names = {vlan["vlan_id"]: vlan["name"] for vlan in answers["vlans"]["gathered"]}
    assert (names[30], names[31]) == ("staff", "guest")

    ports = {port["name"]: port for port in answers["ports"]["gathered"]}
    desk = {"name": "GigabitEthernet1/0/1", "mode": "access", "access": {"vlan": 30}}
    assert ports["GigabitEthernet1/0/1"] == desk
    assert ports["GigabitEthernet1/0/2"]["trunk"] == {"allowed_vlans": ["30", "31"], "native_vlan": 31}

    assert answers["configured"]["changed"]
    saved = str(served.call(served["sw1"].startup_config))
    assert "interface GigabitEthernet1/0/3\n description from ios_config\n shutdown\n" in saved

    facts = answers["facts"]["ansible_facts"]
    assert (facts["ansible_net_hostname"], facts["ansible_net_model"]) == ("sw1", "WS-C3850-48P")
    assert facts["ansible_net_interfaces"]["GigabitEthernet1/0/1"]["operstatus"] == "up"


def test_another_host_key_is_refused(player: Player) -> None:
    """What the test above proves it proves with host keys checked."""
    right = player.known_hosts.read_text(encoding="utf-8")
    other = generate_private_key("ssh-ed25519").export_public_key().decode()
    try:
        player.known_hosts.write_text(f"{right.split()[0]} {other}", encoding="utf-8")
        done = player.play(TASKS[3:4])
    finally:
        player.known_hosts.write_text(right, encoding="utf-8")
    assert done.returncode != 0
    assert "host key mismatch" in done.stdout.lower()
