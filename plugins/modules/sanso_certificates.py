# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_certificates
short_description: Keep the certificates of terminals and RADIUS servers
description:
  - Keeps a root, an issuing authority for each layer that has a WLAN with client certificates, one for the RADIUS
    servers, and what they issue. Makes what is missing, renews what ends soon, revokes what nobody names any more,
    and publishes revocation lists in time.
  - Works on the machine that Ansible runs on, once for all hosts in play.
extends_documentation_fragment: [sanso.city]
options:
  folder:
    description: Folder of the authorities. It is all that there is of them, so back it up.
    type: path
    required: true
  passphrase:
    description: What the keys of the authorities are encrypted with.
    type: str
    required: true
  export_passphrase:
    description: What the PKCS#12 file of a terminal is encrypted with; who imports it needs it.
    type: str
    required: true
  server_domain:
    description: Domain of the names that RADIUS servers show and terminals check.
    type: str
    required: true
  terminals:
    description: Names of terminals, by the segment that they get into.
    type: dict
    default: {}
  revoked:
    description: Certificates that are void although their terminal is still named, such as after a loss.
    type: list
    elements: dict
    default: []
    suboptions:
      name:
        description: The terminal, the RADIUS server's DNS name, or C(LAYER authority).
        type: str
        required: true
      until:
        description: What was issued to the name until this time is void; ISO 8601 with its zone.
        type: str
        required: true
      reason:
        description: Why (RFC 5280, 5.3.1).
        type: str
        choices: [key_compromise, affiliation_changed, superseded, cessation_of_operation]
        default: key_compromise
  crl_url:
    description: Where revocation lists are published, as C(URL/UNIT.crl); stands in certificates. Empty for nowhere.
    type: str
    default: ""
  removal_limit:
    description: Largest share (0 to 1) of an authority's certificates that a run may revoke as named no more.
    type: float
    default: 0.3
  authority_days:
    description: Days that an issuing authority lasts; the root lasts twice as long.
    type: int
    default: 3650
  terminal_days:
    description: Days that a terminal's certificate lasts.
    type: int
    default: 730
  server_days:
    description: Days that a RADIUS server's certificate lasts.
    type: int
    default: 397
  crl_days:
    description: Days that a revocation list lasts; it is made anew when half of them have passed.
    type: int
    default: 30
  renewal_days:
    description: How long before its end a certificate is renewed.
    type: int
    default: 60
attributes:
  check_mode:
    description: Says what a run would make; writes nothing.
    support: full
  diff_mode:
    description: One line for each certificate and list; never what they hold.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Keep the city's certificates
  sanso_certificates:
    folder: /srv/sanso/authorities
    passphrase: "{{ vault_authority_passphrase }}"
    export_passphrase: "{{ vault_export_passphrase }}"
    server_domain: wifi.city.example.jp
    terminals:
      lgwan_wifi: [lg-hall-101, lg-hall-102]
      internet_wifi: [in-hall-101]
    revoked:
      - {name: lg-hall-102, until: "2026-04-01T09:00:00+09:00"}
  run_once: true
"""

RETURN = r"""
changes:
  description: What was made, or in check mode would be.
  returned: success
  type: list
  elements: dict
  sample:
    - {kind: terminal, unit: lgwan, name: lg-hall-102, why: revoked}
    - {kind: crl, unit: lgwan, name: lg-hall-102, why: revoked}
"""
