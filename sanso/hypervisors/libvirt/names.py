"""What the project calls its things on a host, so that they are found again."""

from __future__ import annotations

from uuid import UUID, uuid5

BRIDGE = "br-sanso"
"""The virtual switch."""
BOND = "uplinks"
"""Its port with all cables."""
NETWORK = "sanso"
"""The one virtual network, whose port groups are the segments."""
MACHINES = UUID("b1a4f2f6-6d0c-5f0b-9a6e-3c1f0d4f5a11")
"""Namespace of the machines' UUIDs."""
DISK_ALIAS = "ua-disk-"
"""Before a disk's name in its alias; libvirt keeps aliases that begin with ``ua-`` (formatdomain, "Devices")."""
METADATA = "urn:sanso:machine"
"""XML namespace of what the project keeps in a machine's definition."""


def machine_uuid(machine: str) -> str:
    """UUID of a machine: the same on every host, so that it can move."""
    return str(uuid5(MACHINES, machine))


def volume_name(machine: str, disk: str) -> str:
    """File of a disk in its pool."""
    return f"{machine}-{disk}.qcow2"


CHANNEL = "/run/sanso-migration"
"""Folder of the connection through which machines move, made by the role virtualization_maintenance."""
