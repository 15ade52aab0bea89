# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_windows
short_description: Tell when hosts may be worked on
description:
  - Builds the city from the C(sanso_*) variables of every host of a group, whatever C(--limit) says, checks it
    against all rules, and tells which hosts in play may not be worked on now, by the maintenance windows and
    blackouts of their sites. No host is contacted.
  - The sites of a host are those that the city gives it; of a host that the city does not know, those of its groups
    that are sites. A host without any site may never be worked on.
  - With O(days), a table of the coming openings of the sites in play, and a calendar of them with O(ics).
  - Runs once for all hosts in play.
extends_documentation_fragment: [sanso.city, sanso.situation, sanso.override]
options:
  days:
    description: How many days ahead windows are listed, up to 366; 0 lists none.
    type: int
    default: 0
  ics:
    description: File for a calendar of the same days (iCalendar, RFC 5545); written in check mode, too.
    type: path
attributes:
  check_mode:
    description: Changes nothing in any mode; in check mode no host is closed.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Ask who may be worked on
  sanso_windows:
  register: windows
  run_once: true

- name: Leave alone whom we may not work on
  ansible.builtin.fail:
    msg: "{{ windows.closed[inventory_hostname] }}"
  when: inventory_hostname in windows.closed

- name: Show the next two months, and write them for the calendars of all who plan by them
  sanso_windows:
    days: 60
    ics: windows.ics
  run_once: true
"""

RETURN = r"""
closed:
  description: Hosts in play that may not be worked on now, each with why, and when the next window opens.
  returned: success
  type: dict
window_override:
  description: C(reason), C(by) and C(hosts) of work outside maintenance windows; empty where there is none.
  returned: success
  type: dict
msg:
  description: The table of coming openings and blackouts.
  returned: with days
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
