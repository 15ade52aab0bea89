# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_read_host
short_description: Read what a virtualization host has and does
description:
  - Runs on the host the commands that its hypervisor is read with, by M(sanso_read_commands), in two rounds. The
    second asks of each machine, network and pool that the first named.
  - A command that fails does not fail the task; whoever reads decides what that means.
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
outputs:
  description: Name of each command to what it said, of those that ended well.
  returned: success
  type: dict
failures:
  description: Name of each other command to why.
  returned: success
  type: dict
"""
