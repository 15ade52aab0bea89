"""The modules that run commands on a host, each as Ansible runs it: a program that reads JSON and writes JSON."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

MODULES = Path(__file__).resolve().parents[2] / "plugins" / "modules"
SECRET = "of this test,\nand 'thrown' away\n"  # noqa: S105 - the secret of nobody


def ran(module: str, *, check: bool = False, **arguments: object) -> dict[str, Any]:
    """What a module returns, and under ``text`` all that it wrote."""
    given = {"ANSIBLE_MODULE_ARGS": {**arguments, "_ansible_check_mode": check}}
    ended = subprocess.run(
        [sys.executable, str(MODULES / f"{module}.py")],
        input=json.dumps(given),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return {"text": ended.stdout + ended.stderr, **json.loads(ended.stdout)}


def written(path: Path, text: str) -> dict[str, Any]:
    """A step that adds a line to a file; its undoing adds another."""
    return {
        "argv": ["tee", "--append", str(path)],
        "stdin": f"{text}\n",
        "undo": [{"argv": ["tee", "--append", str(path)], "stdin": f"undo {text}\n"}],
    }


def test_commands_are_read_by_name_and_without_a_shell() -> None:
    found = ran("sanso_read_commands", commands={"a": ["printf", "%s", "$HOME *"], "b": ["true"]})
    assert (found["outputs"], found["failures"], found["changed"]) == ({"a": "$HOME *", "b": ""}, {}, False)


def test_octets_that_are_no_text_show() -> None:
    assert ran("sanso_read_commands", commands={"a": ["printf", r"\377"]})["outputs"] == {"a": r"\xff"}


def test_commands_that_fail_are_named_and_the_others_read() -> None:
    commands = {
        "absent": ["sanso-is-not-there"],
        "refused": ["ls", "/sanso-is-not-there"],
        "silent": ["false"],
        "slow": ["sleep", "30"],
        "good": ["printf", "x"],
    }
    found = ran("sanso_read_commands", commands=commands, timeout=1)
    assert found["outputs"] == {"good": "x"}
    assert found["failures"] == {
        "absent": "sanso-is-not-there: No such file or directory",
        "refused": "ls: cannot access '/sanso-is-not-there': No such file or directory",
        "silent": "false: status 1",
        "slow": "sleep: no end within 1 s",
    }


@pytest.mark.parametrize("wrong", ["ip address", []])
def test_what_is_no_list_is_refused(wrong: object) -> None:
    found = ran("sanso_read_commands", commands={"a": wrong})
    assert found["msg"] == f"commands.a: expected a program and its arguments as a list, found {wrong!r}"


def test_steps_are_done_in_their_order(tmp_path: Path) -> None:
    file = tmp_path / "file"
    done = ran("sanso_run_steps", steps=[written(file, "1"), written(file, "2")])
    assert file.read_text(encoding="utf-8") == "1\n2\n"
    assert (done["changed"], done["done"]) == (True, [f"tee --append {file}"] * 2)


def test_no_step_is_no_change() -> None:
    assert ran("sanso_run_steps", steps=[])["changed"] is False


def test_check_mode_runs_nothing(tmp_path: Path) -> None:
    file = tmp_path / "a file"
    done = ran("sanso_run_steps", check=True, steps=[written(file, "1")])
    assert not file.exists()
    assert (done["changed"], done["done"]) == (True, [f"tee --append '{file}'"])


def test_a_step_that_fails_takes_back_those_before_it_and_runs_none_after(tmp_path: Path) -> None:
    file = tmp_path / "file"
    steps = [written(file, "1"), written(file, "2"), {"argv": ["ls", "/sanso-is-not-there"]}, written(file, "4")]
    done = ran("sanso_run_steps", steps=steps)
    assert file.read_text(encoding="utf-8") == "1\n2\nundo 2\nundo 1\n"
    assert done["failed"]
    assert done["msg"].startswith("ls /sanso-is-not-there: ls: cannot access")
    assert (len(done["done"]), len(done["undone"]), done["still_done"]) == (2, 2, [])


def test_what_cannot_be_taken_back_is_told_and_the_rest_is(tmp_path: Path) -> None:
    file = tmp_path / "file"
    stuck = {"argv": ["true"], "undo": [{"argv": ["sanso-is-not-there"]}]}
    done = ran("sanso_run_steps", steps=[written(file, "1"), stuck, {"argv": ["false"]}])
    assert file.read_text(encoding="utf-8") == "1\nundo 1\n"
    assert done["still_done"] == ["sanso-is-not-there: No such file or directory"]


def test_a_step_is_run_until_it_says_what_it_must(tmp_path: Path) -> None:
    file = tmp_path / "file"
    grow = {**written(file, "x"), "argv": ["sh", "-c", f"cat >>{file}; wc -l <{file}"], "until": "2\n"}
    assert ran("sanso_run_steps", steps=[grow])["changed"]
    assert file.read_text(encoding="utf-8") == "x\nx\n"


def test_a_step_that_never_says_it_fails_and_those_before_it_are_taken_back(tmp_path: Path) -> None:
    file = tmp_path / "file"
    never = {"argv": ["echo", "running"], "until": "shut off"}
    done = ran("sanso_run_steps", steps=[written(file, "1"), never], patience=0)
    assert file.read_text(encoding="utf-8") == "1\nundo 1\n"
    assert done["msg"] == "echo running: no 'shut off' within 0 s: running"


@pytest.mark.parametrize("argv", [["tee"], ["sh", "-c", "cat >&2; exit 1"]])
def test_what_a_secret_step_reads_is_told_nowhere(argv: list[str]) -> None:
    secret = {"argv": argv, "stdin": SECRET, "secret": True}
    done = ran("sanso_run_steps", steps=[{"argv": ["true"], "undo": [secret]}, secret])
    if "invocation" in done:  # which ansible-core 2.21 tells no more
        assert done["invocation"]["module_args"]["steps"][1]["stdin"] == "VALUE_SPECIFIED_IN_NO_LOG_PARAMETER"
    assert "thrown" not in done["text"]


def test_nothing_that_a_step_reads_is_written_to_the_log_of_the_host() -> None:
    program = f"""
import json, runpy, sys
from unittest import mock
from ansible.module_utils.basic import AnsibleModule
log = mock.Mock()
with mock.patch.object(AnsibleModule, "log", log):
    try:
        runpy.run_path({str(MODULES / "sanso_run_steps.py")!r}, run_name="__main__")
    finally:
        print(log.call_args_list, file=sys.stderr)
"""
    given = {"ANSIBLE_MODULE_ARGS": {"steps": [{"argv": ["true"], "stdin": SECRET}]}}
    ended = subprocess.run(
        [sys.executable, "-c", program], input=json.dumps(given), capture_output=True, encoding="utf-8", check=True
    )
    assert ended.stderr == "[]\n"
