"""The locks: everything pinned by version and hash, nothing that ties them to a machine or a registry."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
PIN = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>[\w.+!]+)(?: ; (?P<marker>.+))?")


def entries(lock: Path) -> list[str]:
    """Logical lines without comments."""
    text = lock.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = (line.partition(" #")[0].strip() for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [line for line in lines if line]


def pins(lock: Path) -> set[tuple[str, str, str | None]]:
    """Name, version and marker of every package."""
    found = (PIN.fullmatch(re.split(r"\s+--hash", entry)[0].strip()) for entry in entries(lock))
    return {(one["name"], one["version"], one["marker"]) for one in found if one}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_there_are_locks() -> None:
    assert {lock.name for lock in LOCKS} == {"build.txt", "run.txt", "dev.txt", "kerberos.txt", "collections.txt"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_line_is_one_version_with_hashes(lock: Path) -> None:
    for entry in entries(lock):
        requirement, *hashes = re.split(r"\s+--hash=", entry)
        assert PIN.fullmatch(requirement), entry
        assert hashes, f"{requirement} has no hash"
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), entry


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_nothing_names_a_registry_or_a_machine(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(?:extra-)?index|--find-links|--trusted-host|(?<![\w.])/\w|@ ", text)


def test_what_runs_and_what_tests_have_the_same_versions() -> None:
    run, dev = pins(ROOT / "requirements" / "run.txt"), pins(ROOT / "requirements" / "dev.txt")
    assert {name for name, _, _ in run} < {name for name, _, _ in dev}
    assert {pin[:2] for pin in run} <= {pin[:2] for pin in dev}


def test_all_that_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run = {name for name, _, _ in pins(ROOT / "requirements" / "run.txt")}
    dev = {name for name, _, _ in pins(ROOT / "requirements" / "dev.txt")}
    kerberos = {name for name, _, _ in pins(ROOT / "requirements" / "kerberos.txt")}
    extras = project["optional-dependencies"]
    for_kerberos = extras.pop("kerberos")  # what has to be built here is no part of what everybody gets

    def names(requirements: list[str]) -> set[str]:
        return {normal(re.split(r"[<>=!~;\[ ]", one)[0]) for one in requirements}

    assert names(project["dependencies"]) <= run
    assert names([one for group in extras.values() for one in group]) <= dev
    assert names(for_kerberos) <= kerberos
    assert not names(for_kerberos) & dev


def test_each_python_gets_the_newest_ansible_core_that_it_can_run() -> None:
    core = {
        marker: version for name, version, marker in pins(ROOT / "requirements" / "run.txt") if name == "ansible-core"
    }
    assert set(core) == {"python_full_version < '3.12'", "python_full_version >= '3.12'"}
    assert core["python_full_version < '3.12'"].startswith("2.19.")
    assert core["python_full_version >= '3.12'"].startswith("2.21.")
