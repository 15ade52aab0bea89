# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_access_points
short_description: Say what the city intends for the Linux access points in play
description:
  - Builds the city from the C(sanso_*) variables of every host of a group, whatever C(--limit) says, checks it
    against all rules and proves that its layers stay apart, in every state of the city. Then gives each access point
    in play that runs hostapd and has no controller what it should put on the air. No device is contacted.
  - Runs once for all hosts in play; M(sanso_access_point) compares one of them.
extends_documentation_fragment: [sanso.city, sanso.situation]
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Ask what the access points should be
  sanso_access_points:
  register: intent
  run_once: true
"""

RETURN = r"""
hosts:
  description: What each access point in play should be, for M(sanso_access_point); it holds no secret.
  returned: success
  type: dict
findings:
  description: Everything that the rules found; see M(sanso_validate).
  returned: always
  type: list
  elements: dict
"""
