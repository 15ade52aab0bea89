# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_virtualization_hosts
short_description: Say what the city intends for its virtualization hosts
description:
  - Builds the city from the C(sanso_*) variables of every host of a group, whatever C(--limit) says, checks it
    against all rules and proves that its layers stay apart with the virtualization hosts as they are intended. Then
    gives what each of them should be, with the machines that may be on it. No device is contacted.
  - Runs once for all hosts in play; M(sanso_virtualization_host) compares one of them.
extends_documentation_fragment: [sanso.city, sanso.situation]
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Ask what the virtualization hosts should be
  sanso_virtualization_hosts:
  register: intent
  run_once: true
"""

RETURN = r"""
hosts:
  description: What each virtualization host of the city should be, in play or not; it holds no secret.
  returned: success
  type: dict
  contains:
    platform:
      description: Its hypervisor, for M(sanso_read_host).
      type: str
    own:
      description: Its own network, apart from its machines', for what configures it.
      type: dict
findings:
  description: Everything that the rules found; see M(sanso_validate).
  returned: always
  type: list
  elements: dict
"""
