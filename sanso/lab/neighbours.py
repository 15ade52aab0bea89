"""What an emulated device hears of the devices at the other ends of its cables.

A device knows its own ports and not the others' state: a neighbour is heard while the own end of the cable is up, and
until it was told that nothing comes from it any more.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from sanso.lab.eos import chassis as eos
from sanso.lab.ios import chassis as ios
from sanso.lab.ios.names import full_name
from sanso.lab.spec import DeviceSpec


@dataclass(frozen=True)
class Neighbour:
    """What a device tells of itself through one cable."""

    local: str
    """The port that hears it."""
    platform: str
    name: str
    port: str
    """Its port, in the form that its network OS sends."""
    port_description: str
    chassis: str
    """Its MAC address, as ``0023.eb12.3400``."""
    model: str
    description: str
    """What it runs; several lines where its network OS has several."""


def heard(spec: DeviceSpec, is_up: Callable[[str], bool], silent: Collection[str]) -> Iterator[Neighbour]:
    """Neighbours in the order of the ports, without those that are silent."""
    for cable in spec.cables:
        if is_up(cable.port) and cable.device not in silent:
            yield {"ios": _ios, "eos": _eos}[cable.platform](cable.port, cable.device, cable.device_port)


def _ios(local: str, name: str, port: str) -> Neighbour:
    mac = ios.Chassis(name, ()).mac(0)
    about = f"{ios.SOFTWARE}\nTechnical Support: http://www.cisco.com/techsupport"
    return Neighbour(local, "ios", name, full_name(port).short, port, mac, ios.MODEL, about)


def _eos(local: str, name: str, port: str) -> Neighbour:
    digits = eos.mac(name, 0).replace(":", "")
    mac = ".".join(digits[at : at + 4] for at in range(0, 12, 4))
    about = f"Arista Networks EOS version {eos.VERSION} running on an Arista Networks {eos.MODEL}"
    return Neighbour(local, "eos", name, port, "", mac, eos.MODEL, about)
