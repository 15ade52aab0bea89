#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_read_files
short_description: Read several text files of a host at once
description:
  - Returns the text of every file that matches one of the patterns. A pattern that matches nothing is none.
  - Runs on the host with Python's standard library alone. What it returns may hold secrets; use it with C(no_log).
options:
  patterns:
    description: Absolute paths with the wildcards of Python's glob.
    type: list
    elements: str
    required: true
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Read the configuration of hostapd
  sanso_read_files:
    patterns: [/etc/hostapd/*.conf]
  register: configuration
  no_log: true
"""

RETURN = r"""
files:
  description: Path to text.
  returned: success
  type: dict
"""

from glob import glob  # noqa: E402  # Ansible reads the documentation from the top of the file
from pathlib import Path  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402


def read(patterns: list[str]) -> dict[str, str]:
    """Path to text; octets that are no UTF-8 show as such and are not lost."""
    files: dict[str, str] = {}
    for path in sorted({path for pattern in patterns for path in glob(pattern)}):
        if not Path(path).is_dir():
            with open(path, encoding="utf-8", errors="backslashreplace", newline="") as file:
                files[path] = file.read()
    return files


def main() -> None:
    module = AnsibleModule(
        {"patterns": {"type": "list", "elements": "str", "required": True}}, supports_check_mode=True
    )
    try:
        module.exit_json(changed=False, files=read(module.params["patterns"]))
    except OSError as error:
        module.fail_json(msg=f"{error.filename}: {error.strerror}")


if __name__ == "__main__":
    main()
