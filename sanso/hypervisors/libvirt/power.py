"""Starting machines and shutting them down, as their guests wish."""

from __future__ import annotations

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.change import virsh


def start(machine: str) -> list[Command]:
    """Start a machine."""
    return [virsh("start", domain=machine)]


def shut_down(machine: str) -> list[Command]:
    """Ask a machine to shut down, and wait until it is off."""
    return [virsh("shutdown", domain=machine), virsh("domstate", domain=machine, until="shut off")]
