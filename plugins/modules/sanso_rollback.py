# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_rollback
short_description: Put network devices back to what the journal holds from before a run
description:
  - Reads the devices in play that the run changed, and plans the way back to the part of their old configuration that
    is in scope. Secrets are not in the journal, and so are not put back; a description that held one stays as it is.
  - A device is refused where it was changed since the run, where a command on the way would open what is open neither
    before nor after, or where the layers would not be apart with what it held; the findings say why.
  - Outside check mode, each device is changed as by M(sanso_devices), under its own rollback timer, verified over a
    new connection, confirmed and saved, in its stage and window, under the lock of its site, and told in the journal.
  - This task itself does not fail for a device. Its outcome is in C(hosts), and M(sanso_result) gives it to the host.
  - Runs once for all hosts in play.
extends_documentation_fragment: [sanso.city, sanso.work]
options:
  run:
    description: Name of the run whose changes are put back, as C(python -m sanso journal list) shows it.
    type: str
    required: true
  over:
    description: Whether devices are put back, too, that were changed since that run; what was changed then is lost.
    type: bool
    default: false
  workers:
    description: How many devices are worked on at the same time.
    type: int
    default: 64
notes:
  - Devices are reached by C(ansible_host), C(ansible_port), C(ansible_user), C(ansible_password) and
    C(ansible_become_password) (the enable secret); C(ansible_ssh_private_key_file) is honoured.
  - Host keys are checked against the file in C(sanso_known_hosts), C(~/.ssh/known_hosts) by default.
attributes:
  check_mode:
    description: Contacts and reads the devices, sends no configuration command; returns what a run would send.
    support: full
  diff_mode:
    description: >-
      Differences and commands per host are shown by M(sanso_result); what the change opens and closes in packets is
      C(change).
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Put back what a run changed
  sanso_rollback:
    run: 20261129T100512Z-3fa9c1
  register: outcomes
  run_once: true
"""

RETURN = r"""
hosts:
  description: Outcome of each host in play that the run changed, by name.
  returned: when the city has no error
  type: dict
  contains:
    host:
      description: Name of the host.
      type: str
    site:
      description: Its site.
      type: str
    status:
      description: >-
        How it ended, one of C(in_sync), C(drift), C(changed), C(refused), C(left), C(failed), C(unreachable).
      type: str
      sample: in_sync
    message:
      description: The same in words.
      type: str
    details:
      description:
        - C(differences), C(commands) (exactly those that were, or in check mode would be, sent), C(findings) of the
          proof and C(error), as JSON. One text, since Ansible handles each value of a result many times; see
          P(ansible.builtin.from_json#filter).
      type: str
news:
  description: Hosts that are not simply in sync.
  returned: when the city has no error
  type: list
  elements: str
check:
  description: Whether nothing was to be changed.
  returned: when the city has no error
  type: bool
window_override:
  description: C(reason), C(by) and C(hosts) of work outside maintenance windows; empty where there is none.
  returned: when the city has no error
  type: dict
run:
  description: Name of the run in the journal.
  returned: outside check mode
  type: str
journal:
  description: Hash of the journal's last line. Kept elsewhere, it shows later that nothing was cut off or made anew.
  returned: outside check mode
  type: str
proof:
  description:
    - What the proof says of all devices, those not read taken as rendered, as JSON. C(holds), C(summary), how many
      C(crossings) and C(unproved) there are, C(findings), and C(transition) of the change.
  returned: when the city has no error
  type: str
separation:
  description: What of it people have to read; empty where all is proved.
  returned: when the intent is proved
  type: str
change:
  description: What the change opens and closes, with C(--diff).
  returned: when the intent is proved
  type: str
stages:
  description: In which stages devices would be changed, with C(--diff) in check mode; empty where it is one.
  returned: when the intent is proved
  type: str
findings:
  description: Everything that the checks of the city found; see M(sanso_validate).
  returned: always
  type: list
  elements: dict
language:
  description: Language of all texts.
  returned: always
  type: str
report:
  description: The findings as people read them.
  returned: when the city has an error
  type: str
"""
