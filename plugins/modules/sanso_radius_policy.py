# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_radius_policy
short_description: Write the policy of a RADIUS server from the city
description:
  - Builds and checks the whole city, and writes from it which certificates get into which VLAN on which SSID, as a
    virtual server of FreeRADIUS 3. Nothing is contacted.
extends_documentation_fragment: [sanso.city]
options:
  node:
    description: The RADIUS server, as C(sanso_nodes) names it.
    type: str
    required: true
  secrets:
    description: Secret shared with the access points and controllers of each site; only looked at.
    type: dict
    required: true
attributes:
  check_mode:
    description: Changes nothing in any mode.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Write the policy of this RADIUS server
  sanso_radius_policy:
    node: radius_1
    secrets: "{{ vault_radius_secrets }}"
  register: policy
"""

RETURN = r"""
policy:
  description: The file C(sites-available/sanso).
  returned: success
  type: str
layers:
  description: Layers whose certificates the server takes.
  returned: success
  type: list
  elements: str
  sample: [internet, lgwan]
clients:
  description: Who may ask, by site.
  returned: success
  type: list
  elements: dict
  sample:
    - {name: city_hall-ap_management-ipv4, site: city_hall, prefix: 10.52.0.0/24}
"""
