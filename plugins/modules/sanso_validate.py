# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_validate
short_description: Validate the whole city of the inventory
description:
  - Builds the city from the C(sanso_*) variables of every host of a group, whatever C(--limit) says, and checks it
    against all rules. No device is contacted.
  - All findings are shown at once, each with its rule, the file, line and column of the value at fault, what was
    expected and found, and the mend. The task fails if any finding is an error.
  - Runs once for all hosts in play.
extends_documentation_fragment: [sanso.city, sanso.situation]
options:
  warnings_fail:
    description: Whether warnings fail the task too.
    type: bool
    default: false
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Validate the whole city
  sanso_validate:
    language: ja
  run_once: true
"""

RETURN = r"""
findings:
  description: Everything that was found, errors and warnings.
  returned: always
  type: list
  elements: dict
  sample:
    - rule: SEG-01
      severity: error
      path: segments.internet_wifi.vlan
      location: inventories/lab/group_vars/all/segments.yml:95:11
      message: segments internet_wifi and internet_staff both use VLAN 310 at city_hall
      expected: a VLAN id that no other segment of the site has
      found: 310, the id of internet_staff
      hint: give internet_wifi a free id; the nearest is 309
said:
  description: The same findings, the city's state and its names in every language, as JSON, for the pages of reports.
  returned: always
  type: str
language:
  description: Language of all texts.
  returned: always
  type: str
rules:
  description: How many rules were checked.
  returned: success
  type: int
situation:
  description: What reminds of the state of the city, where it is not the usual one.
  returned: when it is not
  type: str
report:
  description: The findings as people read them.
  returned: failure
  type: str
"""
