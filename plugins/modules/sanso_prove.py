# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_prove
short_description: Prove from configurations that nothing but approved flows passes between the layers
description:
  - Puts the configurations of the whole city together, layer 2 and layer 3, IPv4 and IPv6, and looks at every packet
    that could enter at any interface.
  - Fails with every finding where something crosses between layers that no approved flow asks for, with a packet, its
    way hop by hop, the line that let it through and the mend; and where a line could matter and is not understood.
  - Contacts devices only with O(source=running), and changes nothing in any case.
  - Runs once for all hosts in play; devices that are not in play are taken as rendered.
extends_documentation_fragment: [sanso.city]
options:
  source:
    description: What is proved.
    type: str
    choices:
      rendered: what the inventory intends
      running: what the devices in play hold
      folder: files of a folder, one C(HOST.cfg) for each device in play, with C(HOST.lldp), C(HOST.cdp) beside it
    default: rendered
  folder:
    description: Folder with the files, for O(source=folder).
    type: path
  edges:
    description:
      - File of what was read at access points, controllers and hypervisors, which tag stands for whose hosts; it
        takes the place of what the inventory intends of the same name. In a folder, C(edges.yml) is always read.
    type: path
  access_points:
    description:
      - Name of the variable in which M(sanso_access_point) was registered at hosts of the group C(hostapd). Those
        that have none are taken to do what they should.
    type: str
  virtualization_hosts:
    description:
      - Name of the variable in which M(sanso_read_host) was registered at hosts of the group
        C(virtualization_hosts). Those that have none are taken to do what they should, and are named.
    type: str
  radius:
    description:
      - Name of the variable in which M(ansible.builtin.slurp) of a RADIUS server's policy was registered at hosts of
        the group C(radius_servers). Those that have none are taken to answer what they should.
    type: str
  neighbours:
    description:
      - Ask the devices for their neighbours, too (LLDP, CDP), for O(source=running); in a folder, files that hold
        the answers are always read.
    type: bool
    default: false
  lint:
    description: Warn of what is to be tidied up, too, such as lines without effect and names that lead nowhere.
    type: bool
    default: false
  picture:
    description: SVG file to draw what is open between layers, segments and sites into, whether it may be or not.
    type: path
  workers:
    description: How many devices are read at the same time.
    type: int
    default: 64
  timeout:
    description: Seconds to wait for a connection and for each answer of a device.
    type: int
    default: 30
attributes:
  check_mode:
    description: Changes nothing on any device in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Prove what the devices hold
  sanso_prove:
    source: running
  run_once: true
"""

RETURN = r"""
assumed:
  description: Virtualization hosts that nobody looked at; they are taken to do what they should.
  returned: success
  type: list
  elements: str
trusted:
  description: >-
    Entrances from outside that nothing was proved of, since somebody else's equipment decides what they let in:
    C(device), C(port), and C(outside), which is C(wan) or C(internet).
  returned: success
  type: list
  elements: dict
layers:
  description: What passes between every two layers, in words.
  returned: success
  type: list
  elements: str
findings:
  description: Everything that crosses or is not proved; warnings too, such as approved flows that are not open.
  returned: always
  type: list
  elements: dict
language:
  description: Language of all texts.
  returned: always
  type: str
report:
  description: The findings as people read them.
  returned: failure
  type: str
"""
