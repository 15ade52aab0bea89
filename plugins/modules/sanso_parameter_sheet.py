# Copyright (c) sanso contributors
# Apache License 2.0

from __future__ import annotations

DOCUMENTATION = r"""
module: sanso_parameter_sheet
short_description: Write the city's parameter sheet as a workbook
description:
  - Writes what the inventory says of the city, and what follows from it, as a workbook (xlsx) in Japanese with
    English headings beside. Sites, maintenance windows, segments and subnets, switches, ports, links, access lists,
    nodes, flows, breakouts, wireless, virtualization, and terminals where the inventory has them.
  - It holds no password, passphrase or key. The same inventory gives the same file, byte by byte.
  - A city that does not keep every rule ends the task. No device is contacted.
extends_documentation_fragment: [sanso.city]
options:
  path:
    description: File to write; its folder is made if it is not there.
    type: path
    required: true
attributes:
  check_mode:
    description: Says whether the file would be changed, and writes nothing.
    support: full
author:
  - sanso contributors
"""

EXAMPLES = r"""
- name: Write the parameter sheet
  sanso_parameter_sheet:
    path: parameters.xlsx
  run_once: true
"""

RETURN = r"""
path:
  description: The file.
  returned: success
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
"""
