"""From where a device can be managed: by its address in the management VLAN, over the trunks of its site."""

from __future__ import annotations

from functools import cache

from sanso.city import City
from sanso.city.device import UplinkPort
from sanso.network.facts import Facts, Mode
from sanso.platforms import load_platform
from tests.breaking.recording import Recording, State


def longest_loss(recording: Recording, city: City, end: float) -> dict[str, float]:
    """The longest time for which each device could not be managed, in seconds of the devices' clock.

    Args:
        recording: all states of the network.
        city: whose devices these are.
        end: until when the last state has lasted.
    """
    states = list(recording.states())
    since: dict[str, float] = {}
    longest = dict.fromkeys(city.devices, 0.0)
    for (at, state), until in zip(states, [*(at for at, _ in states[1:]), end], strict=True):
        reached = managed(state, city)
        for host in city.devices:
            if host in reached:
                since.pop(host, None)
            else:
                begun = since.setdefault(host, at if at is not None else until or 0.0)
                longest[host] = max(longest[host], (until or 0.0) - begun)
    return longest


def managed(state: State, city: City) -> set[str]:
    """The devices of a network that can be managed."""
    vlan = city.segments[city.settings.management_segment].vlan
    facts = {host: _facts(host, city.devices[host].platform, text) for host, text in state.items()}
    return {host for host in state if _has_address(facts[host], vlan) and _is_connected(host, facts, city, vlan)}


def _has_address(facts: Facts, vlan: int) -> bool:
    svi = facts.svis.get(vlan)
    return svi is not None and not svi.shutdown and bool(svi.ipv4)


def _is_connected(host: str, facts: dict[str, Facts], city: City, vlan: int) -> bool:
    """Whether the VLAN comes to a device from its site's gateway."""
    if host == city.sites[city.devices[host].site].gateway:
        return True
    for name, port in city.ports[host].items():
        if isinstance(port, UplinkPort):
            link = _carries(facts[host], name, vlan) and _carries(facts[port.to], port.to_port, vlan)
            return link and _is_connected(port.to, facts, city, vlan)
    return False


def _carries(facts: Facts, port: str, vlan: int) -> bool:
    found = facts.ports.get(port)
    return found is not None and not found.shutdown and found.mode is Mode.TRUNK and vlan in found.allowed


@cache
def _facts(host: str, platform: str, text: str) -> Facts:
    return load_platform(platform).parse(host, text)
