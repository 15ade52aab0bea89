"""The Makefile: what it lists, which Python it takes, and that what it calls is there."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TOOLS = ("bash", "awk", "tr", "env")


def make(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    env = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTHON"))}
    return subprocess.run(
        ["/usr/bin/env", "make", *arguments],
        cwd=ROOT,
        env=env | ({"PATH": path} if path else {}),
        capture_output=True,
        text=True,
        check=False,
    )


def test_help_lists_every_target_that_says_what_it_does() -> None:
    listed = re.findall(r"^  make (\S+) +(.+)$", make("help").stdout, re.MULTILINE)
    described = re.findall(r"^([a-z-]+):[^#\n]*## (.+)$", MAKEFILE, re.MULTILINE)
    assert listed == described
    assert {
        "site",
        "check",
        "drift",
        "endpoints",
        "validate",
        "lab",
        "login",
        "city",
        "test",
        "lint",
        "molecule",
        "bench",
    } <= dict(listed).keys()


def test_no_target_is_taken_for_a_file() -> None:
    phony = re.search(r"^\.PHONY: (.+?)(?<!\\)\n", MAKEFILE, re.MULTILINE | re.DOTALL)
    assert phony
    targets = re.findall(r"^([a-z-]+):(?!=)", MAKEFILE, re.MULTILINE)
    assert sorted(phony[1].replace("\\\n", " ").split()) == sorted(targets)


def test_modules_that_recipes_run_exist() -> None:
    modules = set(re.findall(r"python -m (\S+)", MAKEFILE)) - {"pip"}
    assert modules
    missing = [name for name in modules if importlib.util.find_spec(name) is None]
    assert not missing


@pytest.fixture
def bin_folder(tmp_path: Path) -> Path:
    """A PATH of its own with make and little else."""
    for tool in ("make", *TOOLS):
        where = next(place for place in os.get_exec_path() if (Path(place) / tool).exists())
        (tmp_path / tool).symlink_to(Path(where) / tool)
    return tmp_path


def interpreter(folder: Path, name: str, body: str) -> None:
    file = folder / name
    file.write_text(f"#!/usr/bin/env bash\n{body}\n", encoding="utf-8")
    file.chmod(0o755)


OLD = 'exit 1 # what an old one answers to "are you new enough?"'
NEW = f'exec {sys.executable} "$@"'


def environment_made_with(folder: Path) -> str:
    done = make("--dry-run", "VENV=no-such-folder", "no-such-folder/bin/python", path=str(folder))
    return (done.stdout + done.stderr).strip()


def test_takes_python3_when_it_is_new_enough(bin_folder: Path) -> None:
    interpreter(bin_folder, "python3", NEW)
    interpreter(bin_folder, "python3.13", NEW)
    assert environment_made_with(bin_folder).startswith(f"{bin_folder}/python3 -m venv")


def test_takes_a_newer_python_beside_an_old_python3(bin_folder: Path) -> None:
    interpreter(bin_folder, "python3", OLD)
    interpreter(bin_folder, "python3.11", NEW)
    assert environment_made_with(bin_folder).startswith(f"{bin_folder}/python3.11 -m venv")


def test_says_what_is_needed_where_no_python_is_new_enough(bin_folder: Path) -> None:
    interpreter(bin_folder, "python3", OLD)
    said = environment_made_with(bin_folder)
    assert "Python 3.11 or later with its venv module is needed" in said
    assert "-m venv" not in said


@pytest.mark.parametrize(
    ("target", "missing"),
    [
        ("login", "HOST=… names the device"),
        ("city", "OUT=… names the folder"),
        ("fault", "HOST=… names the device or terminal"),
    ],
)
def test_says_which_variable_a_target_needs(target: str, missing: str) -> None:
    done = make("--dry-run", target)
    assert done.returncode == 2
    assert missing in done.stderr


def test_hands_the_size_of_a_city_on() -> None:
    done = make("--dry-run", "city", "SITES=5", "SWITCHES=9", "SEGMENTS=60", "OUT=somewhere")
    assert "sanso.generate --sites 5 --switches 9 --segments 60 \\\n\t--endpoints 0 --out somewhere" in done.stdout


def test_hands_the_engine_and_the_image_of_hosts_on() -> None:
    done = make("--dry-run", "lab-hosts", "ENGINE=docker", "IMAGE=some")
    assert "-e emulated_hosts_engine=docker \\\n\t-e emulated_hosts_image=some" in done.stdout
    assert "emulated_hosts_" not in make("--dry-run", "lab-hosts").stdout
