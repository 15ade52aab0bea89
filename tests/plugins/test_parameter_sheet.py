"""The playbook that writes the parameter sheet; no device is there, and none is asked."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from sanso.command import main

ROOT = Path(__file__).parents[2]


def play(file: Path, *arguments: str) -> str:
    done = subprocess.run(
        [
            Path(sys.executable).with_name("ansible-playbook"),
            *("-i", ROOT / "inventories" / "lab", "playbooks/parameter_sheet.yml", "-e", f"sanso_sheet={file}"),
            *arguments,
        ],
        cwd=ROOT,
        env={**os.environ, "ANSIBLE_NOCOLOR": "1", "SANSO_REPORT_DIR": str(file.parent)},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout


def test_it_is_written_once_and_is_what_the_command_writes(tmp_path: Path) -> None:
    file, other = tmp_path / "new" / "parameters.xlsx", tmp_path / "other.xlsx"
    assert "changed=1" in play(file, "--check")
    assert not file.exists()
    assert "changed=1" in play(file)
    assert "changed=0" in play(file)
    assert main(["sheet", str(ROOT / "inventories" / "lab"), "--out", str(other)]) == 0
    assert file.read_bytes() == other.read_bytes()
