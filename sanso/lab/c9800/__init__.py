"""Cisco Catalyst 9800 wireless controllers: IOS XE 17.9, and what makes it a controller.

Sources: the Catalyst 9800 configuration guide and command reference, and the YANG models that Cisco publishes of
IOS XE 17.9.1, whose constraints and error messages are those of the command line.
"""

from sanso.lab.c9800.device import WirelessController
from sanso.lab.clock import Clock
from sanso.lab.spec import DeviceSpec
from sanso.lab.state import Store


def create(spec: DeviceSpec, clock: Clock, store: Store) -> WirelessController:
    """Make the device, not yet powered on."""
    return WirelessController(spec, clock, store)


__all__ = ["WirelessController", "create"]
