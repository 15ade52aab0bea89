"""The roles of certificates and RADIUS servers, as far as they go without a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PASSPHRASE = "of this test and thrown away"  # noqa: S105
SECRET = "of-this-test-and-thrown-away"  # noqa: S105
PLAY = """
- hosts: radius-1
  gather_facts: false
  tasks:
    - ansible.builtin.import_role: {name: certificate_authority}
    - sanso_radius_policy:
        node: "{{ radius_server_node }}"
        secrets: "{{ radius_server_secrets }}"
        language: "{{ certificate_authority_language }}"
      register: policy
    - ansible.builtin.debug:
        var: policy.policy
"""


def run(folder: Path, *arguments: str, **variables: object) -> subprocess.CompletedProcess[str]:
    given = {
        "radius_server_node": "radius_1",
        "radius_server_secrets": {"city_hall": SECRET, "branch_shobo_minami": SECRET},
        "certificate_authority_folder": str(folder / "authorities"),
        "certificate_authority_passphrase": PASSPHRASE,
        "certificate_authority_export_passphrase": PASSPHRASE,
        "certificate_authority_server_domain": "wifi.example.jp",
        "certificate_authority_terminals": {"lgwan_wifi": ["lg-1"]},
        **variables,
    }
    (folder / "variables.json").write_text(json.dumps(given), encoding="utf-8")
    (folder / "hosts.yml").write_text(
        "radius_servers: {hosts: {radius-1: {ansible_connection: local}}}\n", encoding="utf-8"
    )
    (folder / "play.yml").write_text(PLAY, encoding="utf-8")
    program = Path(sys.executable).with_name("ansible-playbook")
    inventories = [f"--inventory={ROOT / 'inventories' / 'lab'}", f"--inventory={folder / 'hosts.yml'}"]
    env = {**os.environ, "ANSIBLE_CONFIG": str(ROOT / "ansible.cfg"), "SANSO_REPORT_DIR": str(folder / "artifacts")}
    return subprocess.run(
        [
            str(program),
            *inventories,
            "-vvv",
            "--diff",
            f"--extra-vars=@{folder / 'variables.json'}",
            *arguments,
            str(folder / "play.yml"),
        ],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_check_says_what_a_run_makes_and_no_secret_shows(tmp_path: Path) -> None:
    checked = run(tmp_path, "--check")
    assert checked.returncode == 0, checked.stdout
    assert not (tmp_path / "authorities").exists()
    made = run(tmp_path)
    for ran in (checked, made):
        assert "+terminal lgwan/lg-1: new" in ran.stdout
        assert PASSPHRASE not in ran.stdout + ran.stderr
        assert SECRET not in ran.stdout + ran.stderr
        assert "PRIVATE KEY" not in ran.stdout
    assert (tmp_path / "authorities" / "lgwan" / "lg-1.p12").is_file()
    again = run(tmp_path)
    assert "changed=0" in again.stdout
    assert "MIDORIKAWA-LGWAN" in again.stdout


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"certificate_authority_terminals": {"lgwan_staff": ["lg-1"]}}, "無線LANはこのセグメントに"),
        ({"certificate_authority_passphrase": "short"}, "5 文字しかありません"),
        ({"certificate_authority_revoked": [{"name": "lg-1", "until": "yesterday"}]}, "lg-1 の失効日時が yesterday"),
        ({"radius_server_node": "kms"}, "'kms' を認証サーバーとするものはありません"),
        ({"radius_server_secrets": {"city_hall": "short"}}, "拠点 city_hall の有効な共有鍵がありません"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_what_is_wrong_is_said_in_the_language_asked_for(tmp_path: Path, wrong: dict[str, object], said: str) -> None:
    failed = run(tmp_path, certificate_authority_language="ja", **wrong)
    assert failed.returncode == 2
    assert said in failed.stdout.replace("\n    ", "").replace("\n", "") + failed.stderr
