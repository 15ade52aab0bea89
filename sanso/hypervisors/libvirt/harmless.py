"""Which elements of a machine's definition are read, or cannot join it to anything but its ports and disks.

What is in neither list is told, whatever it is: devices passed through, folders and memory shared with the host or
other machines, sockets, consoles on the network, arguments for the emulator.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from sanso.hypervisors.libvirt.xml import Judge, anything

EMULATOR = re.compile(r"/usr/(bin|libexec)/(qemu-system-[a-z0-9_]+|qemu-kvm|kvm)")
GUEST_AGENT = "org.qemu.guest_agent.0"
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def _type(*allowed: str) -> Judge:
    return lambda element: element.get("type", "") in allowed


def _emulator(element: Element) -> bool:
    return bool(EMULATOR.fullmatch((element.text or "").strip()))


def _graphics(element: Element) -> bool:
    """A screen that only who is on the host already can look at."""
    listens = element.findall("listen")
    remote = [one for one in listens if one.get("type") not in ("none", "socket") and not _local(one.get("address"))]
    return not remote and (bool(listens) or element.get("type") == "egl-headless" or _local(element.get("listen")))


def _local(address: str | None) -> bool:
    return address is None or address in LOOPBACK  # libvirt listens on the loopback unless told otherwise


def _channel(element: Element) -> bool:
    target = element.find("target")
    agent = target is not None and target.get("name") == GUEST_AGENT
    return element.get("type") == "spicevmc" or (element.get("type") == "unix" and agent)


def _random(element: Element) -> bool:
    backend = element.find("backend")
    return backend is not None and backend.get("model") in ("random", "builtin")


TOP = """name uuid genid title description metadata memory currentMemory maxMemory memoryBacking memtune numatune
    blkiotune cputune vcpu vcpus cpu clock features on_poweroff on_reboot on_crash on_lockfailure pm perf resource
    iothreads iothreadids defaultiothread throttlegroups sysinfo launchSecurity keywrap"""
"""What the machine is by itself: room, time, names, what becomes of it."""
FIRMWARE = "type firmware loader nvram boot bootmenu bios smbios nvramTemplate"
DEVICES = """interface disk controller video sound watchdog memballoon panic iommu hub"""
"""Interfaces and disks have readers of their own; the others end inside the machine."""

KNOWN: Mapping[str, Judge | None] = {
    **dict.fromkeys(TOP.split(), anything),
    "os": None,
    "os@firmware": None,
    **{f"os/{tag}": anything for tag in FIRMWARE.split()},
    "seclabel": _type("dynamic"),
    "devices": None,
    **{f"devices/{tag}": anything for tag in DEVICES.split()},
    "devices/emulator": _emulator,
    "devices/input": _type("mouse", "keyboard", "tablet"),
    "devices/graphics": _graphics,
    "devices/audio": _type("none", "spice"),
    "devices/rng": _random,
    "devices/tpm": lambda element: element.find("backend[@type='emulator']") is not None,
    "devices/serial": _type("pty", "null"),
    "devices/console": _type("pty", "null"),
    "devices/channel": _channel,
}
