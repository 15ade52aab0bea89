# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_read_host
short_description: Read what a virtualization host says of itself
description:
  - Asks a host for its virtual switch, its machines, its storage and its addresses, by M(sanso_read_commands), in two
    rounds. Touches nothing.
  - A question without an answer does not fail the task, for a host that is yet to be set up has nothing that could
    answer. Whoever reads the answers tells what is missing, and neither proves nor changes such a host.
options:
  platform:
    description: Hypervisor of the host, C(sanso_platform).
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
- name: Read the host
  sanso_read_host:
    platform: libvirt
  register: found
"""

RETURN = r"""
answers:
  description: Name of a question to what the host said, for M(sanso_virtualization_host) and M(sanso_prove).
  returned: success
  type: dict
failures:
  description: Name of a question to why there is no answer.
  returned: success
  type: dict
  sample: {machines: "virsh: No such file or directory"}
"""
