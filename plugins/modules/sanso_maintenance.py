#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_maintenance
short_description: Plan how machines leave a virtualization host, or come home to it
description:
  - Joins what was read of all virtualization hosts of a site with the city, and finds a place for each machine that
    runs on the host. Room, layers and machines that must be apart are kept to, and it is told where the loss of one
    more host would not be survived meanwhile.
  - Machines are counted where they are, not where they should be. No host is contacted.
extends_documentation_fragment: [sanso.city]
options:
  intent:
    description: Name of the variable with the result of M(sanso_virtualization_hosts).
    type: str
    required: true
  found:
    description: Name of the variable with the results of M(sanso_read_host), in a loop over the hosts of the site.
    type: str
    required: true
  home:
    description: Whether machines whose home the host is come back, in place of leaving it.
    type: bool
    default: false
  shut_down:
    description: Machines that may be shut down in place of being moved.
    type: list
    elements: str
    default: []
attributes:
  check_mode:
    description: The same with and without; in check mode it is changed where anything would be moved.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Plan where machines go
  sanso_maintenance:
    intent: virtualization_maintenance_intent
    found: virtualization_maintenance_read
  register: virtualization_maintenance_plan
"""

RETURN = r"""
moves:
  description: Machines in the order in which they move, each with machine, source, target, whether the storage is
    shared, the addresses of both hosts, the ports to forward, the steps for the source, and those by which it forgets
    the machine's disks.
  returned: success
  type: list
  elements: dict
stops:
  description: Machines that are shut down for the time being, each with the steps to stop and to start it.
  returned: success
  type: list
  elements: dict
refused:
  description: Why nothing is to be done; empty where it can be.
  returned: success
  type: list
  elements: str
where:
  description: Where each machine is, a line each.
  returned: success
  type: list
  elements: str
"""
