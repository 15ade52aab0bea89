# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_devices
short_description: Prove, read, compare and, outside check mode, change every network device in play
description:
  - Validates and renders the whole city of the inventory, whatever C(--limit) says, and proves of what was rendered
    that nothing but approved flows passes between the layers; an error there stops the task before any device is
    contacted.
  - Then works on the hosts in play, all at once. Reads the running configurations, compares what is in scope, and
    proves of the planned commands that none of them opens what is open neither before nor after the change, whatever
    the order of the devices; a device that has a part in what would open is refused.
  - Outside check mode, once all devices were read, sends the ordered commands under each device's own rollback timer,
    reads back over a new connection, and confirms and saves only if the device holds what was planned; where it holds
    something else as well, only if nothing more crosses or is not understood by that. Else the device is put back.
  - At the end proves what is known of all devices. What crosses then is drift of the device at fault in check mode,
    and its failure otherwise. What is not understood there is told and fails nothing; M(sanso_prove) does.
  - Devices are changed in stages, sites in the order of their C(stage), of each site one device ahead of the others,
    then from the far end to the gateways. Where a change fails, no device of a later stage is begun, nor of a later
    C(serial) batch or play; neither is one that the maintenance windows of its sites have no room for any more.
    Nothing is sent to those, and they are C(left).
  - A device that cannot be reached or read fails alone, and one whose change fails is left as it was. This task
    itself does not fail for it. Its outcome is in C(hosts), and M(sanso_result) gives it to the host.
  - Outside check mode, hosts of a site that has no open maintenance window are refused before any of its devices is
    contacted.
  - Runs once for all hosts in play (of the current C(serial) batch).
extends_documentation_fragment: [sanso.city, sanso.change]
options:
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
- name: Read, compare and change the devices in play
  sanso_devices:
    timer: 5
  register: outcomes
  run_once: true
"""

RETURN = r"""
hosts:
  description: Outcome of each host in play, by name.
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
          proof, C(error), C(read) (SHA-256 of the configuration as it was read first), and C(said), the words in
          every language, as JSON. One text, since Ansible handles each value of a result many times; see
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
      C(crossings) and C(unproved) there are, C(findings), and C(transition) of the change. C(said) has the words and
      a picture in every language.
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
said:
  description: The same findings, the city's state and its names in every language, as JSON, for the pages of reports.
  returned: always
  type: str
language:
  description: Language of all texts.
  returned: always
  type: str
report:
  description: The findings as people read them.
  returned: when the city has an error
  type: str
"""
