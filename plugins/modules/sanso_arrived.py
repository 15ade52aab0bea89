#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_arrived
short_description: Ask whether a machine that moved has arrived as it was
description:
  - Fails unless the machine runs on the target and is on no other host that was read, has the ports, the tags and the
    disks that it had, and the target joins no layers. No host is contacted.
extends_documentation_fragment: [sanso.city]
options:
  machine:
    description: The machine.
    type: str
    required: true
  source:
    description: The host that it left.
    type: str
    required: true
  target:
    description: The host that it moved to.
    type: str
    required: true
  intent:
    description: Name of the variable with the result of M(sanso_virtualization_hosts).
    type: str
    required: true
  before:
    description: Name of the variable with the results of M(sanso_read_host) for both hosts, before it moved.
    type: str
    required: true
  after:
    description: The same, after it moved.
    type: str
    required: true
attributes:
  check_mode:
    description: The same with and without.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Ask whether it has arrived as it was
  sanso_arrived:
    machine: lg-dns-1
    source: hall-kvm-1
    target: hall-kvm-2
    intent: virtualization_maintenance_intent
    before: virtualization_maintenance_before
    after: virtualization_maintenance_read
"""

RETURN = r"""
target:
  description: The host on which the machine runs now.
  returned: success
  type: str
"""
