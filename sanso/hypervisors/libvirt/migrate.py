"""Moving a running machine to another host.

Source: virsh(1), "migrate". The other host's port group gives its port the tag there.
"""

from __future__ import annotations

from ipaddress import ip_address

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.change import virsh


def migrate(machine: str, target: str, address: str, *, shared_storage: bool) -> list[Command]:
    """Move a machine while it runs: its memory, and its disks where the other host does not have them.

    It stays where it is unless it has arrived. The hosts talk through SSH; memory and disks go to ``address``.
    """
    at = f"[{address}]" if ip_address(address).version == 6 else address
    disks = () if shared_storage else ("--copy-storage-all",)
    return [
        virsh(
            "migrate",
            "--live",
            "--persistent",
            "--undefinesource",
            "--p2p",
            "--abort-on-error",
            "--auto-converge",
            *disks,
            domain=machine,
            desturi=f"qemu+ssh://{target}/system",
            migrateuri=f"tcp://{at}",
        )
    ]
