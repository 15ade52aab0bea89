"""Names that the project gives to things on devices."""

from __future__ import annotations

from sanso.city.device import (
    AccessPort,
    ApPort,
    ExternalPort,
    HypervisorPort,
    PortProfile,
    TrunkPort,
    UnusedPort,
    UplinkPort,
)
from sanso.network.facts import Family

DEAD_VLAN_NAME = "DEAD"
NATIVE_VLAN_NAME = "NATIVE"


def acl_name(segment: str, family: Family) -> str:
    """Name of the ACL that filters what comes in from a segment; ``SANSO-`` marks it as the project's own."""
    return f"SANSO-{segment}-IN-{'V4' if family == 'ipv4' else 'V6'}"


def port_description(port: PortProfile) -> str:
    """Description of a port: the inventory's, or one made from the profile."""
    if port.description is not None:
        return port.description
    match port:
        case AccessPort():
            return port.segment
        case TrunkPort() | UplinkPort():
            peer = f" {port.to} {port.to_port}" if port.to else ""
            return f"{port.profile}{peer}"
        case ApPort():
            return "access point"
        case HypervisorPort():
            return "hypervisor"
        case ExternalPort():
            return ""
        case UnusedPort():
            return "unused"
