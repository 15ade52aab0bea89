"""VLAN hopping: hosts in a trunk's native VLAN write a second tag, which is the first one behind the trunk.

A frame that carries its own VLAN's tag outside and another one inside is taken in by many access ports. The switch
takes the outer tag off, and sends what is in the native VLAN as it is: the next switch reads the inner tag.
"""

from __future__ import annotations

from collections.abc import Iterator

from sanso.messages import Finding
from sanso.proof.edges import UNTAGGED
from sanso.proof.findings import error, ranges
from sanso.proof.layer2 import Domain, Layer2, tag_line
from sanso.proof.links import End, Link
from sanso.proof.wires import Node


def hopping(layer2: Layer2, link: Link) -> Iterator[Finding]:
    """A finding for a link whose native VLAN has hosts that get into VLANs of other layers."""
    for near, far in ((link.near, link.far), (link.far, link.near)):
        natives = sorted(node for tag, node in layer2.wires.of(*near).sends if tag == UNTAGGED and node >= 0)
        if found := [one for native in natives for one in _from_native(layer2, near, far, native)]:
            yield found[0]
            return


def _from_native(layer2: Layer2, near: End, far: End, native: Node) -> Iterator[Finding]:
    domain = layer2.domains[layer2.find(native)]
    if len(domain.layers) != 1 or not _has_hosts(layer2, domain):
        return  # of what is one domain with other layers anyway, more is told elsewhere
    reached: dict[str, set[int]] = {}
    for tag, node in layer2.wires.of(*far).takes:
        if tag != UNTAGGED and node >= 0:
            for layer in layer2.domains[layer2.find(node)].layers - domain.layers:
                reached.setdefault(layer, set()).add(tag)
    if reached:
        args = {
            "here": str(near),
            "vlan": native & 0xFFF,
            "own": ", ".join(sorted(domain.layers)),
            "vlans": ranges(frozenset().union(*reached.values())),
            "layers": ", ".join(sorted(reached)),
        }
        yield error("TOPO-14", tag_line(layer2.wires.carrier(*near), UNTAGGED), args)


def _has_hosts(layer2: Layer2, domain: Domain) -> bool:
    """Whether a port of the domain leads to something that is no device of ours."""
    return any(one.end not in layer2.linked for one in layer2.ports(domain))
