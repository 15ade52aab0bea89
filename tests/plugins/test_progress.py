"""What a person sees at a terminal, and what a log gets, while devices are worked on."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.plugins.conftest import ROOT, RunningCity, by_hand

ESCAPE, UP, COLOUR = "\x1b", "\x1b[1A\x1b[2K", re.compile(r"\x1b\[[0-9;]*m")


def watched(city: RunningCity, *arguments: str, **env: str) -> tuple[int, str]:
    """Exit status of ansible-playbook at a terminal of its own, and all that it writes to it."""
    outer, inner = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "ANSIBLE_NOCOLOR"}}
    program = Path(sys.executable).with_name("ansible-playbook")
    with subprocess.Popen(
        [program, "-i", city.inventory, *arguments, "playbooks/network.yml"],
        cwd=ROOT,
        env={**kept, "TERM": "xterm-256color", "SANSO_REPORT_DIR": str(city.folder / "artifacts"), **env},
        stdin=inner,
        stdout=inner,
        stderr=inner,
    ) as running:
        os.close(inner)
        said = b""
        try:
            while part := os.read(outer, 65536):
                said += part
        except OSError:  # the terminal is gone, as the last program at it has ended
            pass
        finally:
            os.close(outer)
    return running.returncode, said.decode().replace("\r\n", "\n")


def screen(said: str) -> list[str]:
    """What is left on a screen, line by line, without colours."""
    lines: list[str] = []
    for line in COLOUR.sub("", said).split("\n"):
        words = line
        while words.startswith(UP):
            lines.pop()
            words = words[len(UP) :]
        assert ESCAPE not in words, f"the cursor moves in the middle of {words!r}"
        lines.append(words)
    return lines


def test_at_a_terminal_progress_is_drawn_in_its_place_and_only_what_is_new_stays(city: RunningCity) -> None:
    by_hand(city, "hoikusho-east-1", "vlan 66", "name shadow")
    try:
        status, said = watched(city, "--check")
        left = screen(said)
    finally:
        by_hand(city, "hoikusho-east-1", "no vlan 66")
    assert status == 0
    assert UP in said, "a line was drawn anew"
    assert not [line for line in left if " left" in line and "about" in line], "estimates do not stay"
    (whole,) = (line for line in left if line.startswith("reading devices: "))
    assert re.fullmatch(r"reading devices: 23/23  drift 1, in sync 22  \(\d+ s\)", whole)
    (nursery,) = (line for line in left if line.startswith("  East nursery school"))
    assert nursery.split() == ["East", "nursery", "school", "1/1", "drift", "1"]
    assert re.search(r"\x1b\[[0-9;]*33m[^\n]*East nursery school", said), "what differs has its colour"
    assert "changed: [hoikusho-east-1]" in left
    assert not [line for line in left if line.startswith(("ok: ", "skipping: ", "PLAY RECAP", "TASK"))]
    assert re.fullmatch(
        r"finished in \d+ s: hosts \d+, changed 1, failed 0, unreachable 0",
        next(line for line in left if line.startswith("finished")),
    )


def test_in_japanese_too(city: RunningCity) -> None:
    _, said = watched(city, "--check", "--limit", "branch_shobo_minami", SANSO_LANG="ja")
    assert [line for line in screen(said) if re.fullmatch(r"機器の読み取り: 2/2  一致 2  \(\d+ 秒\)", line)]


@pytest.mark.parametrize("env", [{"NO_COLOR": "1"}, {"ANSIBLE_NOCOLOR": "1"}, {"TERM": "dumb", "NO_COLOR": "1"}])
def test_without_colours_it_is_a_log(city: RunningCity, env: dict[str, str]) -> None:
    _, said = watched(city, "--check", "--limit", "branch_shobo_minami", **env)
    assert ESCAPE not in said
    assert "reading devices: 2/2" in said
    assert "PLAY RECAP" in said


def test_a_log_has_plain_lines_and_ansibles_usual_output(city: RunningCity) -> None:
    ran = city.play("--check", playbook="playbooks/network.yml")
    assert ESCAPE not in ran.text
    assert len(re.findall(r"^reading devices: 23/23  in sync 23  \(\d+ s\)$", ran.text, re.MULTILINE)) == 1
    assert len(re.findall(r"^  [A-Z].*  \d+/\d+  in sync \d+$", ran.text, re.MULTILINE)) == 7, "a line for each site"
    assert set(ran.recap) >= {"hall-core-1", "hoikusho-east-1"}


def test_ansibles_usual_output_is_one_variable_away(city: RunningCity) -> None:
    _, said = watched(city, "--check", "--limit", "branch_shobo_minami", ANSIBLE_STDOUT_CALLBACK="sanso")
    assert "PLAY RECAP" in said
    assert "ok: [shobo-minami-1]" in COLOUR.sub("", said)


def test_changes_are_counted_apart_from_reading(city: RunningCity) -> None:
    by_hand(city, "shobo-minami-1", "vlan 66", "name shadow")
    status, said = watched(city, "--limit", "branch_shobo_minami")
    assert status == 0
    left = screen(said)
    assert [line for line in left if line.startswith("reading devices: 2/2  drift 1, in sync 1")]
    assert [line for line in left if line.startswith("changing devices: 1/1  changed 1")]
