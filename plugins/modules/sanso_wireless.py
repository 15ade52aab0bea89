# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_wireless
short_description: Prove, read, compare and, outside check mode, change what access points in play are told
description:
  - Validates and renders the whole city of the inventory, whatever C(--limit) says, and proves that nothing but
    approved flows passes between the layers in any state of the city; an error there stops the task before
    anything is contacted.
  - Then works on the controllers of the hosts in play, all at once. A host in play is a controller, or an access
    point that a controller configures; where a controller is not in play itself, only what its access points in
    play are given is changed, and what they share with others is left as it is and counted in a warning.
  - Replays the planned commands on the configuration that was read. Where one would put an SSID into a VLAN, or
    let anybody in more easily, than before or after the change, or where more would cross afterwards, the
    controller is refused.
  - Outside check mode sends the commands under the controller's own rollback timer, reads back over a new
    connection, and confirms and saves only if it holds what was planned. Else it is put back.
  - Controllers are changed in stages as switches are by M(sanso_devices). After a change that failed, in this play or
    in an earlier one of the run, and where maintenance windows have no room any more, a controller is C(left) with
    its access points in play.
  - A controller that fails or cannot be reached fails with its access points in play, and is left as it was. This
    task itself does not fail for it. Its outcome is in C(hosts), and M(sanso_result) gives it to each host.
  - Outside check mode, hosts of a site that has no open maintenance window are refused before anything is
    contacted.
  - Runs once for all hosts in play.
extends_documentation_fragment: [sanso.city, sanso.situation, sanso.change]
options:
  workers:
    description: How many controllers are worked on at the same time.
    type: int
    default: 16
  folder:
    description: >-
      Folder below which C(states) gets a file with the commands for each controller and each state that the city may
      enter; empty writes none.
    type: path
    default: ""
notes:
  - Controllers are reached as M(sanso_devices) reaches switches.
  - Secrets that are shared with RADIUS servers stand in C(sanso_radius_secrets), by server, and passphrases in
    C(sanso_wlan_passphrases), by WLAN. They are put into commands as those are sent, and stand in no result and
    no report.
attributes:
  check_mode:
    description: Contacts and reads the controllers, sends no configuration command; returns what a run would send.
    support: full
  diff_mode:
    description: >-
      Differences and commands per host are shown by M(sanso_result); the commands for controllers that are not in
      play themselves are C(change).
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Read, compare and change what the access points in play are told
  sanso_wireless:
    timer: 5
  register: outcomes
  run_once: true
"""

RETURN = r"""
hosts:
  description: Outcome of each controller and access point in play, by name; as that of M(sanso_devices).
  returned: when the city has no error
  type: dict
news:
  description: Hosts that are not simply as the inventory says.
  returned: when the city has no error
  type: list
  elements: str
change:
  description: Commands for controllers that are not in play themselves, as text.
  returned: with C(--diff)
  type: str
stages:
  description: In which stages controllers would be changed, with C(--diff) in check mode; empty where it is one.
  returned: with C(--diff)
  type: str
separation:
  description: What crosses between layers, or is not proved, as the controllers are now; empty where all is proved.
  returned: when the city has no error
  type: str
run:
  description: Name of the run in the journal.
  returned: outside check mode
  type: str
journal:
  description: Hash of the journal's last line. Kept elsewhere, it shows later that nothing was cut off or made anew.
  returned: outside check mode
  type: str
proof:
  description: What the proof says of the network with what is really on the air, as JSON.
  returned: when the city has no error
  type: str
situation:
  description: What reminds of the state of the city, where it is not the usual one.
  returned: when it is not
  type: str
"""
