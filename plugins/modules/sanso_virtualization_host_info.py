# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_virtualization_host_info
short_description: Read what a virtualization host does
description:
  - Asks a host what its virtual switch passes, which machines it has and where its own addresses are, by
    M(sanso_read_commands), in two rounds. Touches nothing.
  - What does not answer does not fail the task, for a host that is yet to be set up has nothing that could; it is told,
    and what is not read is neither proved nor changed.
options:
  intent:
    description: Name of the variable in which M(sanso_virtualization_hosts) was registered.
    type: str
    required: true
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Read what the host does
  sanso_virtualization_host_info:
    intent: intent
  register: found
"""

RETURN = r"""
facts:
  description: What the host does, in words that no hypervisor has.
  returned: success
  type: dict
unread:
  description: What could not be read, and why.
  returned: success
  type: list
  elements: list
  sample: [[machines, no answer]]
answers:
  description: What the host said, for M(sanso_virtualization_host).
  returned: success
  type: dict
"""
