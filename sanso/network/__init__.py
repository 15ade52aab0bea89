"""Neutral facts of network devices."""

from sanso.network.facts import ALL_VLANS, Acl, Entry, Facts, Mode, Port, Ports, Svi, VlanSet

__all__ = ["ALL_VLANS", "Acl", "Entry", "Facts", "Mode", "Port", "Ports", "Svi", "VlanSet"]
