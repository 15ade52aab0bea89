"""What each command of ``virsh`` that a step uses makes of a host.

Source: virsh(1); what libvirt 9 and Open vSwitch 3.1 really did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import replace
from xml.etree.ElementTree import Element, SubElement

from sanso.hypervisors.libvirt.domain import Domain
from sanso.hypervisors.libvirt.names import NETWORK
from sanso.hypervisors.libvirt.network import Network, portgroups
from sanso.hypervisors.libvirt.nic import read_nic
from sanso.hypervisors.libvirt.pool import Pool
from sanso.hypervisors.libvirt.rows import with_port, with_tag, without_port
from sanso.hypervisors.libvirt.state import State
from sanso.hypervisors.libvirt.xml import attribute, parse, text_of

Options = Mapping[str, str]
Verb = Callable[[State, Options, str], State]
NOT_YET = "vnet-"
"""Before the MAC address, the name of a port that libvirt will name."""


def _network(state: State, network: Network, name: str = NETWORK) -> State:
    return replace(state, networks={**state.networks, name: network})


def _pool(state: State, options: Options, **fields: object) -> State:
    name = options["pool"]
    return replace(state, pools={**state.pools, name: replace(state.pools[name], **fields)})  # type: ignore[arg-type]


def _domain(state: State, domain: Domain) -> State:
    return replace(state, domains={**state.domains, domain.name: domain})


def net_define(state: State, _options: Options, stdin: str) -> State:
    """Define a network, or define it anew; what is in force stays."""
    defined = parse(stdin)
    name = text_of(defined, "name")
    old = state.networks.get(name, Network(defined, None, autostart=False))
    return _network(state, replace(old, defined=defined), name)


def net_start(state: State, options: Options, _stdin: str) -> State:
    """Bring a network into force as it is defined."""
    network = state.networks[options["network"]]
    return _network(state, replace(network, live=network.defined), options["network"])


def net_destroy(state: State, options: Options, _stdin: str) -> State:
    """Take a network out of force; machines that are in it stay plugged in."""
    network = state.networks[options["network"]]
    return _network(state, replace(network, live=None), options["network"])


def net_undefine(state: State, options: Options, _stdin: str) -> State:
    """Forget a network that is not in force."""
    return replace(state, networks={name: one for name, one in state.networks.items() if name != options["network"]})


def net_autostart(state: State, options: Options, _stdin: str) -> State:
    """Start a network with the host."""
    return _network(state, replace(state.networks[options["network"]], autostart=True), options["network"])


def net_update(state: State, options: Options, _stdin: str) -> State:
    """Add, modify or delete a port group, in force and as defined; ports that are there keep their tags."""
    network, group = state.networks[options["network"]], parse(options["xml"])
    trees = [deepcopy(tree) for tree in (network.defined, network.live) if tree is not None]
    for tree in trees:
        for old in [one for one in tree.findall("portgroup") if one.get("name") == group.get("name")]:
            tree.remove(old)
        if options["command"] != "delete":
            tree.append(deepcopy(group))
    return _network(state, replace(network, defined=trees[0], live=trees[1] if network.live is not None else None))


def pool_define(state: State, _options: Options, stdin: str) -> State:
    """Define a pool."""
    element = parse(stdin)
    name = text_of(element, "name")
    return replace(state, pools={**state.pools, name: Pool(element, active=False, autostart=False)})


def vol_create(state: State, options: Options, stdin: str) -> State:
    """Create a volume."""
    volume = parse(stdin)
    return _volume(state, options, text_of(volume, "name"), text_of(volume, "capacity"))


def vol_resize(state: State, options: Options, _stdin: str) -> State:
    """Make a volume larger whose machine is off."""
    state = _volume(state, options, options["vol"], options["capacity"])
    for domain in state.domains.values():
        for disk in domain.disks(state.pools):
            if (disk.pool, disk.volume) == (options["pool"], options["vol"]):
                state = _domain(state, _resized(domain, disk.target, options["capacity"]))
    return state


def _volume(state: State, options: Options, name: str, size: str) -> State:
    return _pool(state, options, volumes={**state.pools[options["pool"]].volumes, name: _gib(size)})


def blockresize(state: State, options: Options, _stdin: str) -> State:
    """Make a disk of a running machine larger."""
    return _domain(state, _resized(state.domains[options["domain"]], options["path"], options["size"]))


def _resized(domain: Domain, target: str, size: str) -> Domain:
    return replace(domain, sizes={**domain.sizes, target: _gib(size)})


def _gib(size: str) -> int:
    return int(size.removesuffix("GiB"))


def define(state: State, _options: Options, stdin: str) -> State:
    """Define a machine, or define it anew; what is in force stays."""
    defined = parse(stdin)
    name = text_of(defined, "name")
    old = state.domains.get(name, Domain(name, defined))
    return _domain(state, replace(old, defined=defined, transient=False))


def undefine(state: State, options: Options, _stdin: str) -> State:
    """Forget a machine that does not run."""
    return replace(state, domains={name: one for name, one in state.domains.items() if name != options["domain"]})


def start(state: State, options: Options, _stdin: str) -> State:
    """Start a machine: each of its interfaces gets a port with its port group's tag."""
    domain = state.domains[options["domain"]]
    live = deepcopy(domain.defined)
    live.set("id", "0")
    for nic in live.findall("devices/interface"):
        state = _plug(state, nic)
    return _domain(state, replace(domain, live=live))


def destroyed(state: State, options: Options, _stdin: str) -> State:
    """Shut a machine down."""
    domain = state.domains[options["domain"]]
    for nic in domain.nics(live=True).values():
        state = _unplug(state, nic.target)
    return _domain(state, replace(domain, live=None))


def autostart(state: State, options: Options, _stdin: str) -> State:
    """Let libvirt itself start a machine with the host, or not."""
    domain = state.domains[options["domain"]]
    return _domain(state, replace(domain, autostart="disable" not in options))


def attach(state: State, options: Options, stdin: str) -> State:
    """Plug a device into a running machine."""
    domain, device = state.domains[options["domain"]], parse(stdin)
    if device.tag == "interface":
        state = _plug(state, device)
    return _domain(state, replace(domain, live=_with(domain, device)))


def detach(state: State, options: Options, stdin: str) -> State:
    """Unplug a device from a running machine."""
    domain, device = state.domains[options["domain"]], parse(stdin)
    old = _live(domain, device)
    target = attribute(old, "target", "dev")
    live = deepcopy(domain.live)
    if live is None:
        raise LookupError("it does not run")
    _devices(live).remove(_same(live, device))
    return _domain(_unplug(state, target), replace(domain, live=live))


def update(state: State, options: Options, stdin: str) -> State:
    """Put an interface of a running machine into another port group: its port gets the tag that it says itself."""
    domain, device = state.domains[options["domain"]], parse(stdin)
    target = attribute(_live(domain, device), "target", "dev")
    live = deepcopy(domain.live)
    if live is None:
        raise LookupError("it does not run")
    devices = _devices(live)
    devices[list(devices).index(_same(live, device))] = device
    if device.find("target") is None:
        SubElement(device, "target", dev=target)
    tag = attribute(device, "vlan/tag", "id")
    switch = with_tag(state.switch, target, int(tag) if tag else None)
    return _domain(replace(state, switch=switch), replace(domain, live=live))


def _plug(state: State, nic: Element) -> State:
    """Give an interface a port."""
    target = f"{NOT_YET}{attribute(nic, 'mac', 'address')}"
    if nic.find("target") is None:
        SubElement(nic, "target", dev=target)
    return replace(state, switch=with_port(state.switch, target, _tag(state, nic)))


def _unplug(state: State, target: str) -> State:
    """Take the port of an interface away, and the host's own end of it."""
    links = tuple(link for link in state.links if link["name"] != target)
    return replace(state, switch=without_port(state.switch, target), links=links)


def _tag(state: State, nic: Element) -> int | None:
    """The tag that libvirt gives to the port of an interface."""
    network, plugged = state.networks.get(NETWORK), read_nic(nic, live=False)
    if network is None or network.live is None or plugged.other:
        raise LookupError(f"where an interface leads: {'; '.join(plugged.other) or 'no network'}")
    return portgroups(network.live).get(plugged.segment)


def _with(domain: Domain, device: Element) -> Element:
    live = deepcopy(domain.live)
    if live is None:
        raise LookupError("it does not run")
    _devices(live).append(device)
    return live


def _live(domain: Domain, device: Element) -> Element:
    if domain.live is None:
        raise LookupError("it does not run")
    return _same(domain.live, device)


def _same(live: Element, device: Element) -> Element:
    """The device of a running machine that is meant: by its MAC address."""
    mac = attribute(device, "mac", "address")
    for one in live.findall(f"devices/{device.tag}"):
        if attribute(one, "mac", "address") == mac:
            return one
    raise LookupError(f"no {device.tag} {mac}")


def _devices(tree: Element) -> Element:
    found = tree.find("devices")
    if found is None:
        raise LookupError("no devices")
    return found


def nothing(state: State, _options: Options, _stdin: str) -> State:
    """What changes nothing that is read."""
    return state


VERBS: Mapping[str, Verb] = {
    "net-define": net_define,
    "net-start": net_start,
    "net-destroy": net_destroy,
    "net-undefine": net_undefine,
    "net-autostart": net_autostart,
    "net-update": net_update,
    "pool-define": pool_define,
    "pool-build": nothing,
    "pool-start": lambda state, options, _: _pool(state, options, active=True),
    "pool-autostart": lambda state, options, _: _pool(state, options, autostart=True),
    "vol-create": vol_create,
    "vol-resize": vol_resize,
    "blockresize": blockresize,
    "define": define,
    "undefine": undefine,
    "start": start,
    "shutdown": nothing,
    "domstate": destroyed,
    "destroy": destroyed,
    "autostart": autostart,
    "attach-device": attach,
    "detach-device": detach,
    "update-device": update,
}
