#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_begin
short_description: Lock the sites of hosts that a role works on by itself, and begin in the journal
description:
  - Builds the city from the C(sanso_*) variables of every host of a group, checks it against all rules, locks the
    sites of all hosts in play until the run ends, and writes into the journal who begins what and why. Hosts at a
    site that somebody else works at, and all hosts where a stage of an earlier play of the run failed, are named in
    RV(refused). No host is contacted.
  - What the role then does to a host is told by M(sanso_journal). Its end is written with the end of the run.
  - M(sanso_devices), M(sanso_wireless) and M(sanso_rollback) do all of this themselves.
  - Runs once for all hosts in play.
extends_documentation_fragment: [sanso.city, sanso.situation, sanso.journal]
options:
  part:
    description: What the role works on.
    type: str
    required: true
    choices: [access_points, virtualization, maintenance, restore]
  window_override:
    description: Work outside maintenance windows, as M(sanso_windows) returned it.
    type: dict
    default: {}
attributes:
  check_mode:
    description: Locks nothing and writes nothing; tells what an earlier run left in the middle.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Lock the sites, and begin in the journal
  sanso_begin:
    part: access_points
  register: begun
  run_once: true

- name: Leave alone where somebody else works, or where an earlier play failed
  ansible.builtin.fail:
    msg: "{{ begun.refused[inventory_hostname] }}"
  when: inventory_hostname in begun.refused
"""

RETURN = r"""
refused:
  description: >-
    Hosts in play that are to be left alone, each with why: somebody else works at its site, or a stage of an earlier
    play failed.
  returned: success
  type: dict
sites:
  description: Sites of each host in play.
  returned: success
  type: dict
left:
  description: Hosts in play that an earlier run left in the middle of a change.
  returned: success
  type: list
  elements: str
run:
  description: Name of the run in the journal.
  returned: outside check mode
  type: str
journal:
  description: Hash of the journal's last line.
  returned: outside check mode
  type: str
journal_folder:
  description: Folder of the journal.
  returned: outside check mode
  type: str
findings:
  description: Everything that the rules found; see M(sanso_validate).
  returned: always
  type: list
  elements: dict
language:
  description: Language of all texts.
  returned: always
  type: str
"""
