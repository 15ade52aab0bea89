# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_endpoint_license_info
short_description: Read the Windows and Office licences of every terminal in play
description:
  - Asks every terminal in play, all at once, over WS-Management, for the products that a key is installed for. Costs
    one message each and changes nothing.
  - A terminal that fails or cannot be reached says so in its own entry; the task itself does not fail for it.
  - Runs once for all hosts in play.
options:
  language:
    description: Language of messages.
    type: str
    choices: [en, ja]
    default: en
  workers:
    description: How many terminals are asked at the same time.
    type: int
    default: 128
  rounds:
    description: How often terminals that are off are asked.
    type: int
    default: 1
  connect_timeout:
    description: Seconds until a terminal that does not answer is taken to be off.
    type: float
    default: 5.0
  timeout:
    description: Seconds that a terminal may work on one message.
    type: float
    default: 20.0
notes:
  - Terminals are reached as by M(sanso_endpoint_license).
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Read what is installed
  sanso_endpoint_license_info:
  register: licences
  run_once: true

- name: Show who is not licensed
  ansible.builtin.debug:
    msg: "{{ licences.hosts[inventory_hostname].products | rejectattr('status', 'eq', 'licensed') }}"
"""

RETURN = r"""
hosts:
  description: What each terminal has, by name.
  returned: always
  type: dict
  contains:
    status:
      description: C(read), C(failed), C(not_reached) or C(on_loan).
      type: str
      sample: read
    message:
      description: Why it could not be read.
      type: str
    products:
      description:
        - Products with C(id), C(application), C(name), C(channel), C(partial_key) (the last five characters),
          C(status), C(reason), C(grace_minutes), C(kms_host), C(kms_port) and C(activation_type).
      type: list
      elements: dict
language:
  description: Language of all texts.
  returned: always
  type: str
"""
