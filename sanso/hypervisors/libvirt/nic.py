"""A network interface of a machine: which port group it is plugged into, and what else is said of it.

Source: libvirt's formatdomain, "Network interfaces".
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.libvirt.names import BRIDGE, NETWORK
from sanso.hypervisors.libvirt.xml import Judge, anything, attribute, strange, written

KNOWN: Mapping[str, Judge | None] = {
    "mac": anything,
    "source": anything,  # read below
    "link": anything,  # read below
    "target": lambda element: set(element.attrib) == {"dev"},
    "model": anything,
    "driver": anything,
    "alias": anything,
    "address": anything,
    "boot": anything,
    "mtu": anything,
    "rom": lambda element: "file" not in element.attrib,
    "tune": anything,
    "coalesce": anything,
    "bandwidth": anything,
    "virtualport": lambda element: (
        element.get("type") == "openvswitch" and all(set(one.attrib) == {"interfaceid"} for one in element)
    ),
}
LIVE: Mapping[str, Judge | None] = {**KNOWN, "vlan": anything}
"""While it runs its port group's tag stands here too, and what its port really does is read from the switch."""
SOURCE = frozenset({"network", "portgroup"})
LIVE_SOURCE = SOURCE | {"portid", "bridge"}


@dataclass(frozen=True)
class PluggedNic:
    """A network interface as one definition has it."""

    mac: str
    segment: str
    connected: bool
    target: str
    """Its port at the switch; nothing in what is only defined."""
    other: tuple[str, ...]


def read_nic(element: Element, *, live: bool) -> PluggedNic:
    """Read an interface; ``live`` of what is in force in a machine that runs."""
    source = element.find("source")
    said = {} if source is None else dict(source.attrib)
    usual = said.get("network") == NETWORK and set(said) <= (LIVE_SOURCE if live else SOURCE) and _plain(source)
    usual = usual and element.get("type") in ("network", "bridge" if live else "network")
    usual = usual and said.get("bridge", BRIDGE) == BRIDGE
    other = [] if usual else [f"interface of type {element.get('type')}: {_shown(source)}"]
    if usual and not said.get("portgroup"):
        other.append("no port group")
    other += [one.text for one in strange(element, LIVE if live and usual else KNOWN)]
    other += [f"{name}={value}" for name, value in element.items() if name != "type"]
    return PluggedNic(
        mac=attribute(element, "mac", "address").lower(),
        segment=said.get("portgroup", "") if usual else "",
        connected=attribute(element, "link", "state") != "down",
        target=attribute(element, "target", "dev") if live else "",
        other=tuple(other),
    )


def _plain(source: Element | None) -> bool:
    return source is not None and not len(source)


def _shown(source: Element | None) -> str:
    return "no source" if source is None else written(source)


def render_nic(mac: str, segment: str, *, offload: bool = True) -> Element:
    """An interface in the port group of a segment.

    Args:
        mac: its MAC address.
        segment: the port group.
        offload: whether the guest may leave checksums to its host; not where frames are switched in user space.
    """
    nic = Element("interface", type="network")
    SubElement(nic, "mac", address=mac)
    SubElement(nic, "source", network=NETWORK, portgroup=segment)
    SubElement(nic, "model", type="virtio")
    if not offload:
        off = dict.fromkeys(("csum", "gso", "tso4", "tso6", "ecn", "ufo"), "off")
        SubElement(SubElement(nic, "driver", name="qemu"), "host", off)
    return nic


def with_tag(element: Element, vlan: int | None) -> Element:
    """An interface that says its tag itself.

    libvirt (9.0; ``qemuDomainChangeNet``) gives the port of a running machine whose port group changes the tag that
    the interface says, not that of its port group: without one the port would pass every VLAN.
    """
    if vlan is not None:
        SubElement(SubElement(element, "vlan"), "tag", id=str(vlan))
    return element


def again(element: Element, segment: str) -> Element:
    """An interface that was unplugged, to be plugged in once more: at a place and a port that libvirt chooses."""
    wanted = plugged(element, segment)
    for tag in ("target", "alias", "address", "virtualport"):
        for child in wanted.findall(tag):
            wanted.remove(child)
    return wanted


def plugged(element: Element, segment: str) -> Element:
    """An interface as it should be, with what does not bear on its frames left as it is.

    Among that is the id of its port, by which libvirt takes the interface of a running machine for the same one.
    """
    wanted = render_nic(attribute(element, "mac", "address"), segment)
    for child in element:
        judge = KNOWN.get(child.tag)
        if child.tag in ("mac", "source", "link") or judge is None or not judge(child):
            continue
        if (old := wanted.find(child.tag)) is not None:
            wanted.remove(old)
        wanted.append(deepcopy(child))
    return wanted
