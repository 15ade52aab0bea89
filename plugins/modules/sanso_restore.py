#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_restore
short_description: Choose a backup of a machine to restore, and the host
description:
  - Looks at what every host of the machine has. The copy is restored where the machine is, else at its home, else
    on a host that has the copy.
  - Refuses where there is no such copy, where the machine runs and may not be shut down, and where a host that it may
    be on has not told.
  - Runs once for all hosts in play; no host is contacted.
extends_documentation_fragment: [sanso.city]
options:
  machine:
    description: The machine, by its name in the inventory.
    type: str
    required: true
  copy:
    description: Name of a copy, or C(latest).
    type: str
    default: latest
  beside:
    description: Name of the machine that the copy becomes; empty for the machine itself.
    type: str
    default: ""
  stop:
    description: Whether the machine may be shut down.
    type: bool
    default: false
  held:
    description: Name of the variable in which each host has the result of C(sanso-backup show).
    type: str
    required: true
  gone:
    description: Hosts that are known to be off, and so need not tell.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    description: The same with and without.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Choose the copy and the host
  sanso_restore:
    machine: lg-dns-1
    beside: lg-dns-1-restored
    held: machine_backup_held
  register: machine_backup_chosen
  run_once: true
"""

RETURN = r"""
host:
  description: Where it is restored.
  returned: success
  type: str
copy:
  description: Name of the copy.
  returned: success
  type: str
stop:
  description: Whether the machine runs there and has to be shut down first.
  returned: success
  type: bool
"""
