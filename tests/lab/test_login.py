import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEVICE = {"name": "floor-1", "platform": "ios", "address": "127.42.9.9", "port": 4022, "username": "admin"}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    (tmp_path / "specs.json").write_text(json.dumps([DEVICE]), encoding="utf-8")
    return tmp_path


def log_in(state: Path, device: str, path: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "sanso.lab", "login", "--state", str(state), device]
    env = {**os.environ, "PATH": path}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)


def test_becomes_ssh_which_checks_the_key_and_is_told_where_the_device_listens(state: Path) -> None:
    ssh = state / "ssh"
    ssh.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >"${0%/*}/arguments"\nexit 7\n', encoding="utf-8")
    ssh.chmod(0o755)

    run = log_in(state, "floor-1", f"{state}{os.pathsep}{os.environ['PATH']}")

    assert run.returncode == 7, run.stderr
    arguments = (state / "arguments").read_text(encoding="utf-8").split()
    assert arguments[-3:] == ["-p", "4022", "admin@127.42.9.9"]
    assert "StrictHostKeyChecking=yes" in arguments
    assert f"UserKnownHostsFile={state / 'known_hosts'}" in arguments
    assert run.stdout.splitlines()[-1] == "password: admin"


def test_names_the_devices_there_are(state: Path) -> None:
    run = log_in(state, "floor-2", os.environ["PATH"])

    assert run.returncode == 1
    assert run.stderr == "error: no device 'floor-2'; there are floor-1\n"


def test_says_which_package_brings_ssh(state: Path) -> None:
    run = log_in(state, "floor-1", str(state))

    assert run.returncode == 1
    assert "openssh-client" in run.stderr


def test_a_lab_that_never_ran_has_no_devices_to_log_in_to(tmp_path: Path) -> None:
    run = log_in(tmp_path, "floor-1", os.environ["PATH"])

    assert run.returncode == 1
    assert "specs.json" in run.stderr
