#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_backups
short_description: Say how machines are backed up, and which backups are missing
description:
  - Tells for each virtualization host which machines are backed up, when, to where and how many copies it keeps.
  - Given what M(ansible.builtin.find) found on the hosts of the play, names each machine whose latest backup is
    missing. Nothing is said of a machine of which copies may lie on a host that was not looked at.
  - Runs once for all hosts in play; no host is contacted.
extends_documentation_fragment: [sanso.city]
options:
  found:
    description: Name of the variable in which each host has what was found there; empty judges nothing.
    type: str
    default: ""
  hours:
    description: Hours that a backup may take before it is missing.
    type: int
    default: 6
  fail_on_drift:
    description: Whether a missing backup fails the task in check mode.
    type: bool
    default: false
attributes:
  check_mode:
    description: The same with and without.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Ask how machines are backed up
  sanso_backups:
  register: machine_backup_intent
  run_once: true

- name: Say which backups are missing
  sanso_backups:
    found: machine_backup_found
  run_once: true
"""

RETURN = r"""
hosts:
  description: Host → machine → days, start (HH:MM), zone, pool (its folder), shared and keep.
  returned: always
  type: dict
missing:
  description: A line for each machine whose latest backup is missing.
  returned: when O(found) is given
  type: list
  elements: str
judged:
  description: Machines that could be judged.
  returned: when O(found) is given
  type: list
  elements: str
"""
