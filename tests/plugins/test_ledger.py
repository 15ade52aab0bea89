"""The inventory plugin beside a city's inventory, run by ansible-inventory."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
GOOD = "端末名,IPアドレス,拠点,系\nPC-001,10.20.0.101,役場,LGWAN系\nPC-002,10.30.0.102,役場,インターネット系\n"
BAD = GOOD + "PC-003,10.30.0.103,役場,LGWAN系\n"


@pytest.fixture
def city(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "tests" / "errors" / "base", tmp_path / "city")
    (tmp_path / "city" / "ledgers").mkdir()
    write(tmp_path / "city", GOOD)
    return tmp_path / "city"


def write(city: Path, ledger: str, *more: str) -> None:
    (city / "ledgers" / "台帳.csv").write_text(ledger, encoding="cp932")
    source = ["plugin: sanso_endpoints", "ledgers: [{file: ledgers/台帳.csv}]", *more]
    (city / "terminals.endpoints.yml").write_text("\n".join(source) + "\n", encoding="utf-8")


def inventory(city: Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("ansible-inventory"), "-i", city, "--list", "--export"],
        cwd=ROOT,
        env={**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "ANSIBLE_NOCOLOR": "1", **env},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def listed(city: Path, **env: str) -> dict[str, Any]:
    done = inventory(city, **env)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_terminals_stand_beside_the_city(city: Path) -> None:
    found = listed(city)
    assert found["endpoints"]["hosts"] == ["PC-001", "PC-002"]
    assert found["site_hall"]["hosts"] == ["PC-001", "PC-002"]
    assert found["layer_lgwan"]["hosts"] == ["PC-001"]
    assert found["layer_internet"]["hosts"] == ["PC-002"]
    assert "hall-1" in found["ios"]["hosts"]
    host = json.dumps(found["_meta"]["hostvars"]["PC-001"], ensure_ascii=False)
    assert "10.20.0.101" in host
    assert "台帳.csv:2:1" in host
    assert "ansible_connection" not in host


def test_hosts_may_be_composed_and_grouped(city: Path) -> None:
    group = "keyed_groups: [{key: sanso_endpoint_site, prefix: '', separator: ''}]"
    write(city, GOOD, "compose: {ansible_port: '5986'}", group)
    found = listed(city)
    assert "PC-001" in found["hall"]["hosts"]
    assert found["_meta"]["hostvars"]["PC-001"]["ansible_port"] == 5986


def test_an_error_ends_the_run_and_is_told(city: Path) -> None:
    write(city, BAD)
    done = inventory(city, SANSO_LANG="ja")
    assert done.returncode != 0
    assert "台帳.csv:4:2: エラー LEDGER-08: PC-003" in done.stderr


def test_what_has_an_error_may_be_left_out_and_is_told(city: Path) -> None:
    write(city, BAD, "strict: false")
    done = inventory(city)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["endpoints"]["hosts"] == ["PC-001", "PC-002"]
    assert "台帳.csv:4:2: error LEDGER-08: PC-003" in done.stderr


def test_a_misspelt_key_is_told_with_its_line(city: Path) -> None:
    write(city, GOOD, "lones: []")
    done = inventory(city)
    assert done.returncode != 0
    assert "terminals.endpoints.yml:3:" in done.stderr
    assert "write loans" in done.stderr


def test_the_cache_keeps_hosts_and_what_was_found(city: Path) -> None:
    cached = ["cache: true", "cache_plugin: ansible.builtin.jsonfile", f"cache_connection: {city.parent / 'cache'}"]
    write(city, BAD, "strict: false", *cached)
    first = listed(city)
    (city / "ledgers" / "台帳.csv").unlink()
    done = inventory(city)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == first
    assert "LEDGER-08: PC-003" in done.stderr
