#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_read_commands
short_description: Read what several commands of a host say at once
description:
  - Runs commands that only look, without a shell, in their order and in the locale C, and returns what each says.
  - A command that fails or is not there does not fail the task; it is named among the failures, and whoever reads
    decides what that means.
  - Runs on the host with Python's standard library alone. Where an output may hold secrets, use it with C(no_log).
options:
  commands:
    description: Name to program and arguments.
    type: dict
    required: true
  timeout:
    description: Seconds that each command may take.
    type: int
    default: 60
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Read addresses and forwarding
  sanso_read_commands:
    commands:
      addresses: [ip, -json, address]
      forwarding: [sysctl, net.ipv4.ip_forward]
  register: found
"""

RETURN = r"""
outputs:
  description: Name to standard output, of commands that ended well.
  returned: success
  type: dict
failures:
  description: Name to what was said, of commands that did not.
  returned: success
  type: dict
  sample: {machines: "virsh: No such file or directory"}
"""

import os  # noqa: E402  # Ansible reads the documentation from the top of the file
import subprocess  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def read(commands: dict[str, list[str]], timeout: int) -> tuple[dict[str, str], dict[str, str]]:
    """Outputs and failures by name; octets that are no UTF-8 show as such and are not lost."""
    outputs: dict[str, str] = {}
    failures: dict[str, str] = {}
    environment = {**os.environ, "LC_ALL": "C"}
    for name, argv in commands.items():
        try:
            ended = subprocess.run(  # noqa: S603 - what the module is for
                argv,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="backslashreplace",
                env=environment,
                timeout=timeout,
                check=False,
            )
        except OSError as error:
            failures[name] = f"{argv[0]}: {error.strerror}"
        except subprocess.TimeoutExpired:
            failures[name] = f"{argv[0]}: no end within {timeout} s"
        else:
            if ended.returncode == 0:
                outputs[name] = ended.stdout
            else:
                failures[name] = (ended.stderr or ended.stdout).strip() or f"{argv[0]}: status {ended.returncode}"
    return outputs, failures


def main() -> None:
    module = AnsibleModule(
        {"commands": {"type": "dict", "required": True}, "timeout": {"type": "int", "default": 60}},
        supports_check_mode=True,
    )
    commands = module.params["commands"]
    for name, argv in commands.items():
        if not isinstance(argv, list) or not argv:
            module.fail_json(msg=f"commands.{name}: expected a program and its arguments as a list, found {argv!r}")
    outputs, failures = read(
        {name: [str(word) for word in argv] for name, argv in commands.items()}, module.params["timeout"]
    )
    module.exit_json(changed=False, outputs=outputs, failures=failures)


if __name__ == "__main__":
    main()
