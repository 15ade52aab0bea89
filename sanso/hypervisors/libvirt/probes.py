"""Commands that read a host: what is asked first, and what is asked of each thing that the first answers name."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.hypervisors.libvirt.names import BRIDGE

VIRSH = ("virsh", "--quiet", "--connect", "qemu:///system")
TABLES = ("Open_vSwitch", "Bridge", "Port", "Interface")
"""Tables of Open vSwitch's database; the others hang on columns of these, which say that something is there."""

Argv = tuple[str, ...]

FIRST: Mapping[str, Argv] = {
    **{f"switch/{table}": ("ovs-vsctl", "--format=json", "--timeout=20", "list", table) for table in TABLES},
    "flows": ("ovs-ofctl", "--no-stats", "dump-flows", BRIDGE),
    "links": ("ip", "-json", "-details", "link", "show"),
    "addresses": ("ip", "-json", "address", "show"),
    "forwarding": ("sysctl", "-a", "-r", r"^net\.ipv[46]\.(ip_forward$|conf\..*\.forwarding$)"),
    "machines": (*VIRSH, "list", "--all", "--name"),
    "machines-autostart": (*VIRSH, "list", "--all", "--autostart", "--name"),
    "machines-transient": (*VIRSH, "list", "--all", "--transient", "--name"),
    "networks": (*VIRSH, "net-list", "--all", "--name"),
    "networks-active": (*VIRSH, "net-list", "--name"),
    "networks-autostart": (*VIRSH, "net-list", "--all", "--autostart", "--name"),
    "pools": (*VIRSH, "pool-list", "--all", "--name"),
    "pools-active": (*VIRSH, "pool-list", "--name"),
    "pools-autostart": (*VIRSH, "pool-list", "--all", "--autostart", "--name"),
}
EACH: Mapping[str, tuple[str, Argv]] = {
    "machine": ("machines", (*VIRSH, "dumpxml", "--domain")),
    "machine-defined": ("machines", (*VIRSH, "dumpxml", "--inactive", "--domain")),
    "machine-disks": ("machines", (*VIRSH, "domblkinfo", "--all", "--domain")),
    "network": ("networks", (*VIRSH, "net-dumpxml", "--network")),
    "network-defined": ("networks", (*VIRSH, "net-dumpxml", "--inactive", "--network")),
    "pool": ("pools", (*VIRSH, "pool-dumpxml", "--inactive", "--pool")),
    "pool-volumes": ("pools-active", (*VIRSH, "vol-list", "--details", "--pool")),
}
"""Kind → the first answer that names the things, the words before the name."""


def names(text: str) -> list[str]:
    """Names in an answer of one name a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def further(answers: Mapping[str, str]) -> dict[str, Argv]:
    """What is asked of each machine, network and pool that the first answers name."""
    return {
        f"{kind}/{name}": (*words, name)
        for kind, (listed, words) in EACH.items()
        for name in names(answers.get(listed, ""))
    }
