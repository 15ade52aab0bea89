"""Moving a running machine to another host, and letting go of what is left of it where it was.

Everything between the hosts goes through one SSH connection, which whoever runs the commands opens before: it leads
from a socket here to libvirt there, and from two ports of this host's loopback to the same ports of the other one's.
So no port is open to the network, and memory and disks are encrypted on their way.

Source: virsh(1), "migrate"; libvirt's "Guest migration". The other host's port group gives its port the tag there.
"""

from __future__ import annotations

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.change import virsh
from sanso.hypervisors.libvirt.names import CHANNEL
from sanso.hypervisors.libvirt.read import LibvirtReading

LOOPBACK = "127.0.0.1"


def migrate(machine: str, *, port: int, shared_storage: bool) -> list[Command]:
    """Move a machine while it runs: its memory, and its disks where the other host does not have them.

    It stays where it is unless it has arrived.
    """
    disks = {} if shared_storage else {"disks-port": str(port + 1)}
    return [
        virsh(
            "migrate",
            "--live",
            "--persistent",
            "--undefinesource",
            "--p2p",
            "--abort-on-error",
            "--auto-converge",
            *(() if shared_storage else ("--copy-storage-all",)),
            **{
                "domain": machine,
                "desturi": f"qemu+unix:///system?socket={CHANNEL}/libvirt",
                "migrateuri": f"tcp://{LOOPBACK}:{port}",
                "listen-address": LOOPBACK,
                **disks,
            },
        )
    ]


def forget(reading: LibvirtReading, machine: str) -> list[Command]:
    """Delete the disks that a machine has left behind.

    Args:
        reading: this host while the machine was still here.
        machine: the machine, which runs elsewhere on copies of them.
    """
    disks = reading.state.domains[machine].disks(reading.state.pools)
    return [
        *(virsh("pool-refresh", pool=pool) for pool in dict.fromkeys(disk.pool for disk in disks)),
        *(virsh("vol-delete", vol=disk.volume, pool=disk.pool) for disk in disks),
    ]
