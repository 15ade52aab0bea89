"""Cisco IOS switches, as a Catalyst 3850 behaves."""

from sanso.lab.clock import Clock
from sanso.lab.ios.device import IosDevice
from sanso.lab.spec import DeviceSpec
from sanso.lab.state import Store


def create(spec: DeviceSpec, clock: Clock, store: Store) -> IosDevice:
    """Make the device, not yet powered on."""
    return IosDevice(spec, clock, store)


__all__ = ["IosDevice", "create"]
