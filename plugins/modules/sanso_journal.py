#!/usr/bin/python
# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_journal
short_description: Tell the journal what a role does to a host
description:
  - Writes one stage of the work on a host into the journal that M(sanso_begin) opened, before the next task is run.
  - Fails where it cannot be written. O(stage=arming) also fails where somebody broke a lock of the run; nothing is to
    be changed then.
  - Passwords and the secrets of C(sanso_wlan_passphrases) and C(sanso_radius_secrets) are not written; marks stand
    for them.
options:
  begun:
    description: Name of the variable that M(sanso_begin) was registered in.
    type: str
    required: true
  stage:
    description:
      - V(looked) tells what was found, once and before all else; V(arming) that something is about to be changed.
      - V(saved) tells that it was changed, verified, and is to stay; V(undone) that it was put back; V(not_undone)
        that it failed and is not known to hold what it held.
    type: str
    required: true
    choices: [looked, arming, saved, undone, not_undone]
  details:
    description: With V(looked), what differs; C(details) of M(sanso_access_point) and M(sanso_virtualization_host).
    type: str
    default: "[]"
  commands:
    description: With V(looked), what is to be done.
    type: list
    elements: str
    default: []
  differs:
    description: With V(looked), whether anything differs.
    type: bool
    default: true
  error:
    description: With V(undone) and V(not_undone), why.
    type: str
    default: ""
  language:
    description: Language of the texts.
    type: str
    choices: [en, ja]
    default: en
attributes:
  check_mode:
    description: Writes nothing.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Tell the journal that the change begins
  sanso_journal:
    begun: begun
    stage: arming
"""

RETURN = r"""
changed:
  description: Never, for the host is not touched.
  returned: always
  type: bool
"""
