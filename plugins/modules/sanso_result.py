# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_result
short_description: Give a host its own outcome of sanso_devices
description:
  - Turns the outcome that M(sanso_devices) recorded for a host into that host's task result, so that changed, failed
    and unreachable are counted, shown and acted upon per host as Ansible users expect.
  - With C(--diff), shows what differs from the inventory and the exact commands.
options:
  outcomes:
    description:
      - Name of the variable in which M(sanso_devices) was registered. It is a name and not the value, since Ansible
        would go through the value once more for every host.
    type: str
    required: true
  language:
    description: Language of the text that C(--diff) shows.
    type: str
    choices: [en, ja]
    default: en
  fail_on_drift:
    description: Whether differences found in check mode fail the host, for an exit status that cron and CI can use.
    type: bool
    default: false
attributes:
  check_mode:
    description: Reports in the same way in any mode.
    support: full
  diff_mode:
    description: Differences and commands of the host.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Report what was found and done
  sanso_result:
    outcomes: outcomes
"""

RETURN = r"""
status:
  description: How it ended; see M(sanso_devices).
  returned: always
  type: str
  sample: drift
commands:
  description: Exactly the commands that were, or in check mode would be, sent.
  returned: always
  type: list
  elements: str
"""
