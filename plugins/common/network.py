"""The network that a task asks: its arguments, the city, and the configurations put together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from ansible.errors import AnsibleActionFail

from sanso.city import City
from sanso.messages import Finding
from sanso.network.wireless import WirelessFacts
from sanso.proof.edges import ReadEdge
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.virtual_edges import host_edges
from sanso_plugins.common.air import air_of
from sanso_plugins.common.arguments import CITY
from sanso_plugins.common.configurations import Configurations, Read
from sanso_plugins.common.hostvars import HostVariables
from sanso_plugins.common.looked import access_points, of_hosts, radius
from sanso_plugins.common.validate import valid_city
from sanso_plugins.common.virtual import GROUP, looked_at

ARGUMENTS: dict[str, Any] = {
    **CITY,
    "source": {"type": "str", "choices": ["rendered", "running", "folder"], "default": "rendered"},
    "folder": {"type": "path"},
    "workers": {"type": "int", "default": 64},
    "timeout": {"type": "int", "default": 30},
}
"""What says which configurations are meant."""


@dataclass(frozen=True)
class Network:
    """A city and its network, as it was read."""

    city: City
    read: Read
    topology: Topology
    policy: Policy
    assumed: tuple[str, ...] = ()
    """Virtualization hosts that are taken to do what they should."""


def read_network(options: dict[str, Any], task_vars: dict[str, Any], templar: Any) -> Network:
    """Read what the arguments name; a city that is not valid ends the task."""
    if options["source"] == "folder" and not options["folder"]:
        raise AnsibleActionFail("source: folder needs folder, where there is a file HOST.cfg for each device")
    variables = HostVariables(task_vars, templar, options["group"])
    city, _ = valid_city(variables, options["language"])
    looked, findings = access_points(of_hosts(task_vars, "hostapd", options.get("access_points")))
    findings += radius(of_hosts(task_vars, "radius_servers", options.get("radius")), city)
    virtual, wrong = looked_at(of_hosts(task_vars, GROUP, options.get("virtualization_hosts")), city)
    hosts = [str(host) for host in task_vars["ansible_play_batch"]]
    network = _network(city, variables, options, hosts, looked, host_edges(virtual, city))
    network.read.findings += [*findings, *wrong]
    return replace(network, assumed=tuple(host for host in city.virtualization_hosts if host not in virtual))


def whole_network(city: City, variables: HostVariables, source: str) -> tuple[Topology, list[Finding]]:
    """The network of all hosts, whatever is in play, and what of it could not be read."""
    options = {name: one.get("default") for name, one in ARGUMENTS.items()} | {"source": source}
    network = _network(city, variables, options, list(variables.groups))
    return network.topology, network.read.findings


def _network(
    city: City,
    variables: HostVariables,
    options: dict[str, Any],
    hosts: list[str],
    looked: Mapping[str, WirelessFacts] = MappingProxyType({}),
    virtual: Sequence[ReadEdge] = (),
) -> Network:
    """Devices and controllers among some hosts are read; the others are taken as rendered."""
    read = Configurations(city, variables, options).read([host for host in hosts if host in city.devices])
    air = air_of(city, variables, options, hosts, looked)
    read.findings += air.findings
    edges = [*read.edges, *air.edges, *virtual]  # what a person read and wrote down counts beside what is read now
    return Network(city, read, Topology(read.snapshots, city, edges=edges), Policy.of_city(city))
