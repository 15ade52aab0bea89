"""Changes of the virtual network: port groups one by one, while machines stay plugged in."""

from __future__ import annotations

from sanso.hypervisors.base import Command
from sanso.hypervisors.libvirt.change import Change, Changes, virsh
from sanso.hypervisors.libvirt.names import NETWORK
from sanso.hypervisors.libvirt.network import (
    Network,
    network_strange,
    network_text,
    portgroups,
    render_network,
    render_portgroup,
)
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.xml import attribute, text_of, written
from sanso.network.virtual import HostFacts

DEFAULT = "default"
"""The network that libvirt brings along: it routes and gives addresses."""


def network_changes(state: State, intended: HostFacts) -> Changes:
    """What brings the network and its port groups there; none is taken away yet."""
    network = state.networks.get(NETWORK)
    if network is None:
        made = written(render_network(intended.segments))
        yield Change(virsh("net-define", stdin=made), (virsh("net-undefine", network=NETWORK),), NETWORK)
        yield from _started(None)
        return
    kept = {**portgroups(network.defined), **intended.segments}
    if _not_understood(network):
        yield from _defined_anew(network, kept)
        return
    yield from _started(network)
    for name, vlan in intended.segments.items():
        found = [portgroups(tree).get(name) for tree in (network.defined, network.live) if tree is not None]
        if any(one != vlan for one in found):
            yield _update("add" if None in found else "modify", name, vlan, found[0])


def last_network_changes(state: State, intended: HostFacts) -> Changes:
    """What takes away port groups that nobody is in any more."""
    if network := state.networks.get(NETWORK):
        trees = [tree for tree in (network.defined, network.live) if tree is not None]
        groups = {name: vlan for tree in trees for name, vlan in portgroups(tree).items()}
        for name in groups.keys() - intended.segments.keys():
            yield _update("delete", name, groups[name], groups[name])


def default_network_changes(state: State) -> Changes:
    """What takes away libvirt's own network, unless a machine is in it."""
    default = state.networks.get(DEFAULT)
    if default is not None and not _used(state, DEFAULT):
        again = virsh("net-start", network=DEFAULT)
        if default.live is not None:
            yield Change(virsh("net-destroy", network=DEFAULT), (again,), DEFAULT)
        back = virsh("net-define", stdin=network_text(default))
        yield Change(virsh("net-undefine", network=DEFAULT), (back,), DEFAULT)


def _not_understood(network: Network) -> bool:
    trees = [tree for tree in (network.defined, network.live) if tree is not None]
    return any(True for tree in trees for _ in network_strange(tree))


def _defined_anew(network: Network, groups: dict[str, int]) -> Changes:
    """A network in place of one that is more than a switch; machines stay plugged in meanwhile."""
    made = written(render_network(groups, text_of(network.defined, "uuid")))
    yield Change(virsh("net-define", stdin=made), (virsh("net-define", stdin=network_text(network)),), NETWORK)
    again = virsh("net-start", network=NETWORK)
    if network.live is not None:
        yield Change(virsh("net-destroy", network=NETWORK), (again,), NETWORK)
    yield from _started(Network(network.defined, None, network.autostart))


def _started(network: Network | None) -> Changes:
    if network is None or not network.autostart:
        yield Change(virsh("net-autostart", network=NETWORK), (), NETWORK)
    if network is None or network.live is None:
        yield Change(virsh("net-start", network=NETWORK), (virsh("net-destroy", network=NETWORK),), NETWORK)


def _update(command: str, name: str, vlan: int, before: int | None) -> Change:
    back = {"add": "delete", "delete": "add", "modify": "modify"}[command]
    undo = _updated(back, name, vlan if before is None else before)
    return Change(_updated(command, name, vlan), (undo,), NETWORK)


def _updated(command: str, name: str, vlan: int) -> Command:
    group = written(render_portgroup(name, vlan))
    return virsh("net-update", "--live", "--config", network=NETWORK, command=command, section="portgroup", xml=group)


def _used(state: State, network: str) -> bool:
    """Whether an interface of a machine is in a network."""
    trees = [tree for domain in state.domains.values() for tree in (domain.defined, domain.live) if tree is not None]
    return any(
        attribute(nic, "source", "network") == network for tree in trees for nic in tree.findall("devices/interface")
    )
