# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_endpoint_license
short_description: Bring the Windows and Office licences of every terminal in play to what is wanted
description:
  - First proves, by what the inventory intends for the network or by what its devices hold, that the way from the
    terminals' segments to their KMS host is open and approved, or that an approved breakout with use C(licensing)
    stands in the inventory. An error there stops the task before any terminal is contacted.
  - Then works on the terminals in play, all at once, over WS-Management. Reads what is installed and, outside check
    mode, installs keys, sets KMS hosts, activates, and judges by what the terminal tells afterwards. A terminal that
    is as wanted costs one message.
  - A terminal that fails or cannot be reached fails alone. This task itself does not fail for it. Its outcome is in
    C(hosts), and M(sanso_result) gives it to the host.
  - Terminals that are off are asked again at the end. Tablets whose C(sanso_endpoint_loan) says C(out) may be away.
  - Shows how far it is, and at the end a table by site; writes C(licences.csv), C(licences.html), and
    C(licences/DATE.jsonl) as it goes.
  - Runs once for all hosts in play (of the current C(serial) batch).
extends_documentation_fragment: [sanso.city]
options:
  group:
    description: Group of the managed network devices; where it is empty nothing is proved, and the output says so.
    type: str
    default: network
  products:
    description:
      - Name of the variable in which each terminal has its wishes, a list of mappings with C(application)
        (C(windows), C(office)), C(channel) (C(kms), C(mak), C(ad), C(subscription)), C(key), C(kms_host), C(kms_port)
        and C(shared_computer). It is a name and not the value, which holds product keys.
    type: str
    default: endpoint_licensing_products
  kms_hosts:
    description:
      - KMS hosts that the inventory does not name as nodes with role C(kms), from name or address to the node or
        address that the proof is asked about.
    type: dict
    default: {}
  timezone:
    description: Time zone of days and times where the inventory has no city.
    type: str
    default: Asia/Tokyo
  prove:
    description: Whether the ways are proved.
    type: bool
    default: true
  network:
    description:
      - What the ways are proved over. Devices are contacted only with V(running), all of them, whatever is in play;
        one that cannot be read leaves ways unproved.
    type: str
    choices:
      rendered: what the inventory intends
      running: what the devices hold
    default: rendered
  resume:
    description: Whether terminals that an earlier run of today left licensed, with the same wishes, are left out.
    type: bool
    default: false
  fail_on_pending:
    description: Whether terminals that check mode would change get a result of their own, for them to fail by.
    type: bool
    default: false
  workers:
    description: How many terminals are worked on at the same time.
    type: int
    default: 128
  per_lane:
    description: How many of them may share a KMS host, or the breakout line of a site; 0 is no limit.
    type: int
    default: 0
  rounds:
    description: How often terminals that are off are asked.
    type: int
    default: 2
  connect_timeout:
    description: Seconds until a terminal that does not answer is taken to be off.
    type: float
    default: 5.0
  timeout:
    description: Seconds that a terminal may work on one message.
    type: float
    default: 20.0
  folder:
    description: Folder of the reports.
    type: path
    default: artifacts
notes:
  - Terminals are reached by the variables of P(ansible.builtin.winrm#connection), C(ansible_host), C(ansible_port),
    C(ansible_user), C(ansible_password), C(ansible_winrm_scheme), C(ansible_winrm_transport),
    C(ansible_winrm_kerberos_hostname_override), C(ansible_winrm_ca_trust_path), C(ansible_winrm_cert_pem) and
    C(ansible_winrm_cert_key_pem). The transport is NTLM where none is named. Over http messages are always encrypted,
    over https certificates are always checked.
  - Where a terminal stands is told by C(sanso_endpoint_site) (else the group that is a site), by
    C(sanso_endpoint_layer) and, where its layer has several segments for terminals at its site, by
    C(sanso_endpoint_segment).
  - Product keys stand in no argument, result, report or journal; of an installed key the last five characters are.
attributes:
  check_mode:
    description: Reads the terminals and changes nothing; tells what a run would do.
    support: full
  diff_mode:
    description: What was or would be done per host is shown by M(sanso_result).
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Bring licences to the inventory
  sanso_endpoint_license:
    per_lane: 50
  register: outcomes
  run_once: true
"""

RETURN = r"""
hosts:
  description: Outcome of each terminal, by name.
  returned: when the ways are open
  type: dict
  contains:
    status:
      description: How it ended, one of C(in_sync), C(drift), C(changed), C(failed), C(unreachable).
      type: str
      sample: in_sync
    message:
      description: The same in words.
      type: str
    details:
      description: What was done, as JSON.
      type: str
news:
  description: Terminals that did not simply go well.
  returned: when the ways are open
  type: list
  elements: str
proof:
  description: What is proved of the ways, as lines.
  returned: when a terminal has wishes
  type: str
table:
  description: The table by site, with causes and with the terminals that were not reached.
  returned: when the ways are open
  type: str
check:
  description: Whether nothing was to be changed.
  returned: when the ways are open
  type: bool
language:
  description: Language of all texts.
  returned: always
  type: str
report:
  description: What is wrong with variables or ways, as people read it.
  returned: failure
  type: str
"""
