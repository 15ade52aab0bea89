#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_run_steps
short_description: Run ordered steps on a host, and take them back when one fails
description:
  - Runs commands in their order, without a shell and in the locale C. The first one that fails ends the task, after
    those that were done are undone, the last one first. What was done, what failed and what was undone is told.
  - Runs on the host with Python's standard library alone.
options:
  steps:
    description: The steps.
    type: list
    elements: dict
    required: true
    options:
      argv:
        description: Program and arguments.
        type: list
        elements: str
        required: true
      stdin:
        description: What it reads. It is written to no log of the host.
        type: str
        default: ""
      until:
        description: What its output must hold; it is run again and again until then. Empty runs it once.
        type: str
        default: ""
      secret:
        description: Whether what it reads and says is kept out of every result, too.
        type: bool
        default: false
      about:
        description: What the step is about, for people.
        type: str
        default: ""
      undo:
        description: Commands that take the step back, in their order; none where nothing is left to take back.
        type: list
        elements: dict
        default: []
        options:
          argv:
            description: Program and arguments.
            type: list
            elements: str
            required: true
          stdin:
            description: What it reads. It is written to no log of the host.
            type: str
            default: ""
          until:
            description: What its output must hold; it is run again and again until then. Empty runs it once.
            type: str
            default: ""
          secret:
            description: Whether what it reads and says is kept out of every result, too.
            type: bool
            default: false
  patience:
    description: Seconds that a command is run again and again for what its output must hold.
    type: int
    default: 300
attributes:
  check_mode:
    description: Runs nothing and tells what it would run.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Put a port into its segment
  sanso_run_steps:
    steps:
      - argv: [ovs-vsctl, set, Port, vnet3, tag=210]
        undo:
          - argv: [ovs-vsctl, set, Port, vnet3, tag=310]

- name: Take all steps back later
  sanso_run_steps:
    steps: "{{ steps | reverse | map(attribute='undo') | flatten }}"
"""

RETURN = r"""
done:
  description: Steps that were done, or in check mode would be, each as one line.
  returned: always
  type: list
  elements: str
undone:
  description: Commands that took steps back after one failed, each as one line.
  returned: failure
  type: list
  elements: str
still_done:
  description: Commands that should have taken steps back and failed, each with what it said; a person has to look.
  returned: failure
  type: list
  elements: str
"""

import os  # noqa: E402  # Ansible reads the documentation from the top of the file
import shlex  # noqa: E402
import subprocess  # noqa: E402
import time  # noqa: E402
from typing import Any  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402

COMMAND: dict[str, Any] = {
    "argv": {"type": "list", "elements": "str", "required": True},
    "stdin": {"type": "str", "default": ""},
    "until": {"type": "str", "default": ""},
    "secret": {"type": "bool", "default": False},
}
STEP: dict[str, Any] = {
    **COMMAND,
    "about": {"type": "str", "default": ""},
    "undo": {"type": "list", "elements": "dict", "default": [], "options": COMMAND},
}
PAUSE = 1.0
"""Seconds before a command is run again."""


class Module(AnsibleModule):
    """One that writes no arguments to the log of the host, for what steps read is among them."""

    def _log_invocation(self) -> None:
        pass


def run(command: dict[str, Any], patience: int) -> str:
    """What a command that failed said, or nothing when it ended well."""
    end = time.monotonic() + patience
    while True:
        try:
            ended = subprocess.run(  # noqa: S603 - what the module is for
                command["argv"],
                input=command["stdin"],
                capture_output=True,
                encoding="utf-8",
                errors="backslashreplace",
                env={**os.environ, "LC_ALL": "C"},
                check=False,
            )
        except OSError as error:
            return str(error.strerror)
        said = "" if command["secret"] else (ended.stderr or ended.stdout).strip()
        if ended.returncode != 0:
            return said or f"status {ended.returncode}"
        if command["until"] in ended.stdout:
            return ""
        if time.monotonic() > end:
            return f"no {command['until']!r} within {patience} s: {said}"
        time.sleep(PAUSE)


def line(command: dict[str, Any]) -> str:
    """A command as a person would type it, without what it reads."""
    return shlex.join(command["argv"])


def undo(steps: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What takes steps back: the last one first, the commands of one in their order."""
    return [command for step in reversed(steps) for command in step["undo"]]


def keep_secret(module: AnsibleModule, steps: list[dict[str, Any]]) -> None:
    """Blot what secret commands read out of every result."""
    commands = [command for step in steps for command in (step, *step["undo"])]
    module.no_log_values.update(command["stdin"] for command in commands if command["secret"] and command["stdin"])


def main() -> None:
    module = Module(
        {
            "steps": {"type": "list", "elements": "dict", "required": True, "options": STEP},
            "patience": {"type": "int", "default": 300},
        },
        supports_check_mode=True,
    )
    steps: list[dict[str, Any]] = module.params["steps"]
    patience: int = module.params["patience"]
    keep_secret(module, steps)
    if module.check_mode:
        module.exit_json(changed=bool(steps), done=[line(step) for step in steps])
    done: list[dict[str, Any]] = []
    for step in steps:
        if said := run(step, patience):
            back = [(line(command), run(command, patience)) for command in undo(done)]
            module.fail_json(
                msg=f"{line(step)}: {said}",
                changed=bool(done),
                done=[line(one) for one in done],
                undone=[command for command, refused in back if not refused],
                still_done=[f"{command}: {refused}" for command, refused in back if refused],
            )
        done.append(step)
    module.exit_json(changed=bool(done), done=[line(step) for step in done])


if __name__ == "__main__":
    main()
