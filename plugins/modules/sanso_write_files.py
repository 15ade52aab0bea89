#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_write_files
short_description: Write several text files of a host at once, each checked before it takes its place
description:
  - Writes the files in their order. The first one that its check refuses ends the task; what the check said is shown,
    and the file that was there is still there.
  - Twenty files by M(ansible.builtin.copy) take as many rounds as there are files, and some minutes over a slow line.
options:
  files:
    description: The files.
    type: list
    elements: dict
    required: true
    options:
      path:
        description: Where it goes; folders are made.
        type: path
        required: true
      content:
        description: Its text. It is never shown.
        type: str
        required: true
      mode:
        description: Its permissions, octal.
        type: str
        default: "0644"
      validate:
        description: Command that checks it; C(%s) is the new file. Empty checks nothing.
        type: str
        default: ""
  remove:
    description: Files that go, once all are written.
    type: list
    elements: path
    default: []
attributes:
  check_mode:
    description: Tells what would be written, and checks nothing.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Write what differs
  sanso_write_files:
    files:
      - path: /etc/sanso/access-point.nft
        content: "{{ rules }}"
        validate: nft --check --file %s
"""

RETURN = r"""
written:
  description: Files that were written.
  returned: success
  type: list
  elements: str
removed:
  description: Files that are gone.
  returned: success
  type: list
  elements: str
"""

import os  # noqa: E402  # Ansible reads the documentation from the top of the file
import shlex  # noqa: E402
import tempfile  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402

from ansible.module_utils.basic import AnsibleModule  # noqa: E402

FILE: dict[str, Any] = {
    "path": {"type": "path", "required": True},
    "content": {"type": "str", "required": True, "no_log": True},
    "mode": {"type": "str", "default": "0644"},
    "validate": {"type": "str", "default": ""},
}


def write(module: AnsibleModule, file: dict[str, Any]) -> None:
    """Check a file beside its place, and put it there."""
    path = Path(file["path"])
    path.parent.mkdir(parents=True, exist_ok=True)
    number, name = tempfile.mkstemp(dir=module.tmpdir)
    with os.fdopen(number, "w", encoding="utf-8", newline="") as new:
        new.write(file["content"])
    if file["validate"]:
        status, out, err = module.run_command([word.replace("%s", name) for word in shlex.split(file["validate"])])
        if status != 0:
            module.fail_json(
                msg=f"{path} is refused: {(err or out).replace(name, str(path)).strip()}", path=str(path)
            )
    os.chmod(name, int(file["mode"], 8))
    module.atomic_move(name, str(path))


def main() -> None:
    module = AnsibleModule(
        {
            "files": {"type": "list", "elements": "dict", "required": True, "options": FILE},
            "remove": {"type": "list", "elements": "path", "default": []},
        },
        supports_check_mode=True,
    )
    files = module.params["files"]
    there = [path for path in module.params["remove"] if os.path.lexists(path)]
    if not module.check_mode:
        for file in files:
            write(module, file)
        for path in there:
            os.unlink(path)
    module.exit_json(changed=bool(files or there), written=[file["path"] for file in files], removed=there)


if __name__ == "__main__":
    main()
