# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_virtualization_host
short_description: Compare a virtualization host with the inventory, and prove the steps that mend it
description:
  - Tells what differs between what a host does and what it should do, in the words of the inventory, such as the
    layer that a network interface of a machine has moved to; plans the steps that mend it; and proves, step by step,
    that none of them opens anything that is not open now. Where one does, the task fails.
  - On which of its hosts a machine is, is no difference. A machine is judged beside all hosts that it may be on, by
    what M(sanso_read_host) was registered with for them in this run; where one of them was not looked
    at, its machines that are not here are neither missing nor created.
  - Changes nothing. In check mode a difference counts as changed. With C(--diff), shows the steps.
options:
  intent:
    description: Name of the variable in which M(sanso_virtualization_hosts) was registered.
    type: str
    required: true
  found:
    description: Name of the variable in which M(sanso_read_host) was registered, on every host.
    type: str
    required: true
  accelerated:
    description: Whether machines run on the processor's own virtualization; tests have none.
    type: bool
    default: true
  kernel_switch:
    description: Whether frames are switched in the kernel; where it has no module for it, they are in user space.
    type: bool
    default: true
  restart:
    description: Machines that may be shut down and started for what waits for that, as a list, or C(true) for all.
    type: raw
    default: []
  language:
    description: Language of the texts.
    type: str
    choices: [en, ja]
    default: en
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
  diff_mode:
    description: Shows what differs, and the commands that mend it.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Compare a host with the inventory
  sanso_virtualization_host:
    intent: intent
    found: found
  register: compared

- name: Mend it
  sanso_run_steps:
    steps: "{{ compared.steps }}"
"""

RETURN = r"""
in_sync:
  description: Whether all could be read, nothing differs and nothing is to be done. What waits for a restart waits.
  returned: success
  type: bool
msg:
  description: What differs, what waits and what could not be read, for people.
  returned: always
  type: str
differences:
  description: What differs, what crossed a layer first.
  returned: always
  type: list
  elements: str
  sample:
    - "lg-dns-1 lan0: VLAN 340 (internet_servers, layer internet) instead of VLAN 240 (lgwan_servers, layer lgwan)"
details:
  description: Differences as M(sanso_journal) takes them, as JSON.
  returned: always
  type: str
crossed:
  description: Those of the differences by which something is in another layer than its own.
  returned: always
  type: list
  elements: str
pending:
  description: What of machines is as it should be from their next start on.
  returned: always
  type: list
  elements: str
  sample: ["lg-dns-1: waits for its next start: memory"]
steps:
  description: What mends it, in this order, for M(sanso_run_steps).
  returned: success
  type: list
  elements: dict
reach_steps:
  description: The first of the steps, up to the last one that changes what the host itself is reached by.
  returned: success
  type: list
  elements: dict
findings:
  description: What is wrong with it for the separation proof, differences or not; when steps are refused, why.
  returned: always
  type: list
  elements: dict
"""
