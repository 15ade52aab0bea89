# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_ask
short_description: Answer from configurations whether one end reaches another, by which lines, and where it stops
description:
  - Puts the configurations of the whole city together and follows the packets that were asked about, IPv4 and IPv6,
    and those that answer them.
  - Names each line that lets them through or stops them, and the flow that approves them.
  - Contacts devices only with O(source=running), and changes nothing in any case.
  - Runs once for all hosts in play; devices that are not in play are taken as rendered.
  - An answer of no is no failure; judge by RV(answer) and RV(sure).
extends_documentation_fragment: [sanso.city]
options:
  from:
    description:
      - The end that opens the connection. C(internet), a segment, C(segment@site), a node, a device, C(device:port),
        a layer, an address or a prefix.
    type: str
    required: true
  to:
    description: The end that answers, as in O(from).
    type: str
    required: true
  service:
    description: C(tcp/443), C(udp/3478-3481), C(icmp), C(ip/47), C(any), or the name of a service such as C(https).
    type: str
    default: any
  source:
    description: What is asked.
    type: str
    choices:
      rendered: what the inventory intends
      running: what the devices in play hold
      folder: files of a folder, one C(HOST.cfg) for each device in play
    default: rendered
  folder:
    description: Folder with the files, for O(source=folder).
    type: path
  workers:
    description: How many devices are read at the same time.
    type: int
    default: 64
  timeout:
    description: Seconds to wait for a connection and for each answer of a device.
    type: int
    default: 30
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Ask whether staff reach the residents' records
  sanso_ask:
    from: lgwan_staff
    to: resident_records
    service: https
  register: question
  run_once: true

- name: Insist that they do not
  ansible.builtin.assert:
    that: question.answer == "no" and question.sure
  run_once: true
"""

RETURN = r"""
answer:
  description: V(yes), V(no), or V(partly); what gets there and is not answered is V(partly).
  returned: always
  type: str
sure:
  description: Whether nothing that was not understood, or is not known, could turn the answer.
  returned: always
  type: bool
summary:
  description: The answer in one line.
  returned: always
  type: str
doubts:
  description: What could turn the answer.
  returned: always
  type: list
  elements: str
paths:
  description:
    - One entry for each pair of ends and address family, with its own C(answer) and C(sure), the C(approval), and
      C(request) and C(reply), each with a packet that gets through and one that is stopped, and the way of both.
  returned: always
  type: list
  elements: dict
language:
  description: Language of all texts.
  returned: always
  type: str
msg:
  description: The whole answer as people read it.
  returned: always
  type: str
"""
