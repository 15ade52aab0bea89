# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_access_point
short_description: Compare a Linux access point with the inventory
description:
  - Renders the files of an access point that runs hostapd, compares them with those that M(sanso_read_files) read,
    and tells what it really puts on the air in the words of the inventory, such as the layer that an SSID moved to.
  - Changes nothing. In check mode a difference counts as changed. With C(--diff), shows the files; no result and no
    difference holds a secret.
options:
  intent:
    description: Name of the variable in which M(sanso_access_points) was registered.
    type: str
    required: true
  found:
    description: Name of the variable in which M(sanso_read_files) was registered.
    type: str
    required: true
  uplink:
    description: Ethernet interface of the access point.
    type: str
    required: true
  network:
    description: Name of the machine's own file of systemd-networkd that gives the uplink its address.
    type: str
    required: true
  radios:
    description: Interface of the radio of each band, C(2.4ghz), C(5ghz), C(6ghz).
    type: dict
    required: true
  generation:
    description: Generation of Wi-Fi that the radios can.
    type: int
    choices: [4, 5, 6]
    default: 6
  passphrases:
    description: Passphrases by WLAN.
    type: dict
    default: {}
  radius_secrets:
    description: Shared secrets by RADIUS server.
    type: dict
    default: {}
  fail_on_drift:
    description: Whether a difference fails the host in check mode.
    type: bool
    default: false
  language:
    description: Language of the texts.
    type: str
    choices: [en, ja]
    default: en
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
  diff_mode:
    description: Shows the files that differ, with placeholders for secrets.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Compare what is on the air
  sanso_access_point:
    intent: intent
    found: found
    uplink: eth0
    network: 10-uplink.network
    radios: {2.4ghz: wlan0, 5ghz: wlan1}
"""

RETURN = r"""
in_sync:
  description: Whether everything is as it should be.
  returned: success
  type: bool
differences:
  description: What differs on the air, and lines that are not understood.
  returned: success
  type: list
  elements: str
  sample: ["policy CITY-LGWAN: VLAN: expected 210, found 310  [lgwan, internet]"]
details:
  description: Differences as M(sanso_journal) takes them, as JSON.
  returned: success
  type: str
write:
  description: Files that are to be written, for M(sanso_write_files); placeholders stand for secrets.
  returned: success
  type: list
  elements: dict
remove:
  description: Files that are to go.
  returned: success
  type: list
  elements: str
"""
