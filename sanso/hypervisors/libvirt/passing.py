"""Which frames pass a port of Open vSwitch.

Source: ovs-vswitchd.conf.db(5), table Port, "VLAN Configuration".
"""

from __future__ import annotations

from sanso.hypervisors.libvirt.ovsdb import Row, many, number, word
from sanso.network.facts import ALL_VLANS
from sanso.network.virtual import Passing

NOTHING = 4095
"""VLAN id that no frame can have (IEEE 802.1Q); a trunk of it alone is a closed port."""


def passing(port: Row) -> Passing:
    """What passes a port; VLAN 0 is where frames without a tag meet that no port puts into a VLAN."""
    tag, trunks = number(port["tag"]), frozenset(int(vlan) for vlan in many(port["trunks"]))
    mode = word(port["vlan_mode"]) or ("access" if tag is not None else "trunk")
    carried = (trunks - {NOTHING}) if trunks else ALL_VLANS
    if mode == "trunk":
        return Passing(tagged=carried)
    own = tag or 0
    if mode == "native-untagged":
        return Passing(untagged=own, tagged=carried - {own, 0})
    if mode == "native-tagged":
        return Passing(untagged=own, tagged=(carried | {own}) - {0})
    return Passing(untagged=own)  # access, and dot1q-tunnel, which puts tagged frames in there too
