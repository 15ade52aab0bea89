"""Arista EOS switches, as EOS 4.32 behaves."""

from sanso.lab.clock import Clock
from sanso.lab.eos.device import EosDevice
from sanso.lab.spec import DeviceSpec
from sanso.lab.state import Store


def create(spec: DeviceSpec, clock: Clock, store: Store) -> EosDevice:
    """Make the device, not yet powered on."""
    return EosDevice(spec, clock, store)


__all__ = ["EosDevice", "create"]
