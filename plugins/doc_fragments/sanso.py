# Copyright (c) sanso contributors
# Apache License 2.0
"""Options that several modules document, as :mod:`sanso_plugins.common.arguments` takes them."""

from __future__ import annotations


class ModuleDocFragment:
    """``sanso.city``, ``situation``, ``override``, ``journal``, ``work`` and ``change``."""

    CITY = r"""
options:
  group:
    description: Group whose variables make the city.
    type: str
    default: network
  language:
    description: Language of messages, findings and reports.
    type: str
    choices: [en, ja]
    default: en
"""

    SITUATION = r"""
options:
  situation:
    description: >-
      State of the city in place of C(sanso_state) of the inventory, with the same keys; empty keeps to it.
    type: dict
    default: {}
"""

    OVERRIDE = r"""
options:
  override_reason:
    description: Why hosts are worked on outside their maintenance windows; empty keeps to the windows.
    type: str
    default: ""
  override_by:
    description: Who says so; required with O(override_reason).
    type: str
    default: ""
"""

    JOURNAL = r"""
options:
  journal:
    description: Folder of the journal of rollouts; check mode only reads it.
    type: path
    default: journal
  approver:
    description: Who approved the change, for the journal.
    type: str
    default: ""
  ticket:
    description: Ticket of the change, for the journal.
    type: str
    default: ""
  break_lock:
    description: >-
      Reason for taking the locks of sites from a run that holds them; empty leaves them alone. That run starts no
      further device.
    type: str
    default: ""
"""

    WORK = (
        OVERRIDE
        + JOURNAL.partition("options:\n")[2]
        + r"""
  timer:
    description: Minutes after which a device undoes a change that was not confirmed.
    type: int
    default: 5
  timeout:
    description: Seconds to wait for a connection and for each answer of a device.
    type: int
    default: 30
"""
    )

    CHANGE = (
        WORK
        + r"""
  removal_limit:
    description: Largest share (0 to 1) of the things in scope on a device that a run may remove.
    type: float
    default: 0.3
  removal_floor:
    description: So many removals are allowed on a device whatever their share.
    type: int
    default: 3
"""
    )
