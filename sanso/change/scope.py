"""What of a device is in scope, and what it should be: the two sides that are compared."""

from __future__ import annotations

from dataclasses import replace

from sanso.network.facts import Facts, Mode, Port
from sanso.render.intent import Intent


def in_scope(running: Facts, intent: Intent) -> Facts:
    """Running facts without the ports that somebody else configures."""
    ports = {name: effective(port) for name, port in running.ports.items() if name not in intent.external}
    return replace(running, ports=ports)


def target(running: Facts, intent: Intent) -> Facts:
    """Intended facts, with every port that the device has and the inventory does not name taken as unused."""
    unnamed = {
        name: replace(intent.unused, name=name)
        for name in running.ports
        if name not in intent.facts.ports and name not in intent.external
    }
    return replace(intent.facts, ports={**intent.facts.ports, **unnamed})


def effective(port: Port) -> Port:
    """A port without the settings that its mode leaves without effect."""
    plain = Port(port.name)
    match port.mode:
        case Mode.ACCESS:
            return replace(port, native_vlan=plain.native_vlan, allowed=plain.allowed)
        case Mode.TRUNK:
            return replace(port, access_vlan=plain.access_vlan, voice_vlan=None)
        case Mode.ROUTED:
            return Port(port.name, port.description, port.shutdown, Mode.ROUTED)
        case _:
            return port
