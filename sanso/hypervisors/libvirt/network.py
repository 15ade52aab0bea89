"""The virtual network: a port group for each segment, each with its one VLAN tag.

Source: libvirt's formatnetwork.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.libvirt.names import BRIDGE, NETWORK
from sanso.hypervisors.libvirt.xml import Judge, anything, attribute, strange, written

KNOWN: Mapping[str, Judge | None] = {
    "name": anything,
    "uuid": anything,
    "title": anything,
    "description": anything,
    "metadata": anything,
    "forward": lambda element: dict(element.attrib) == {"mode": "bridge"} and not len(element),
    "bridge": lambda element: dict(element.attrib) == {"name": BRIDGE},
    "virtualport": lambda element: dict(element.attrib) == {"type": "openvswitch"} and not len(element),
    "portgroup": None,
    "portgroup@name": None,
    "portgroup/bandwidth": anything,
    "portgroup/vlan": lambda element: _tag(element) is not None,
    "bandwidth": anything,
}


@dataclass(frozen=True)
class Network:
    """A virtual network: as it is in force, and as it is defined."""

    defined: Element
    live: Element | None = None
    """None while it is not active."""
    autostart: bool = True


def read_segments(network: Network | None) -> dict[str, int]:
    """Port groups in force: name → VLAN id; those that are no such thing are doubts."""
    return {} if network is None or network.live is None else portgroups(network.live)


def portgroups(element: Element) -> dict[str, int]:
    """Port groups of a definition that have one VLAN tag."""
    found = {
        group.get("name", ""): _tag(vlan) for group in element.iter("portgroup") for vlan in group.findall("vlan")
    }
    return {name: tag for name, tag in found.items() if tag is not None}


def _tag(vlan: Element) -> int | None:
    """The one tag that a port group has its frames in."""
    tags = vlan.findall("tag")
    if vlan.attrib or len(vlan) != 1 or len(tags) != 1 or set(tags[0].attrib) != {"id"}:
        return None
    return int(tags[0].get("id", "0"))


def network_doubts(networks: Mapping[str, Network]) -> Iterator[str]:
    """What of the virtual networks is not as it can be understood."""
    for name, network in sorted(networks.items()):
        if name != NETWORK:
            mode = attribute(network.defined, "forward", "mode") or "isolated"
            yield f"network {name}: {mode}"
            continue
        for element, when in ((network.live, ""), (network.defined, " (as defined)")):
            if element is not None:
                yield from (f"network {name}{when}: {one}" for one in network_strange(element))
        if network.live is not None and portgroups(network.live) != portgroups(network.defined):
            yield f"network {name}: in force and as defined it has other port groups"


def network_lacks(networks: Mapping[str, Network]) -> Iterator[str]:
    """What keeps the virtual network from being there after a restart of the host."""
    if NETWORK in networks and not networks[NETWORK].autostart:
        yield f"network {NETWORK}: does not start with the host"


def network_strange(element: Element) -> Iterator[str]:
    """What of a definition is neither read nor harmless, or missing."""
    yield from (one.text for one in strange(element, KNOWN))
    yield from (f"no {tag}" for tag in ("forward", "bridge", "virtualport") if element.find(tag) is None)
    yield from (
        f"port group {group.get('name')}: no VLAN tag"
        for group in element.iter("portgroup")
        if group.find("vlan") is None
    )


def render_network(segments: Mapping[str, int], uuid: str = "") -> Element:
    """Definition of the virtual network; ``uuid`` is the one that the host has given it already."""
    network = Element("network")
    SubElement(network, "name").text = NETWORK
    if uuid:
        SubElement(network, "uuid").text = uuid
    SubElement(network, "forward", mode="bridge")
    SubElement(network, "bridge", name=BRIDGE)
    SubElement(network, "virtualport", type="openvswitch")
    network.extend(render_portgroup(name, vlan) for name, vlan in segments.items())
    return network


def render_portgroup(name: str, vlan: int) -> Element:
    """A port group: a segment and its VLAN."""
    group = Element("portgroup", name=name)
    SubElement(SubElement(group, "vlan"), "tag", id=str(vlan))
    return group


def network_text(network: Network) -> str:
    """A definition as it is, to go back to."""
    return written(network.defined)
