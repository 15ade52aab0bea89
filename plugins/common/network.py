"""The network that a task asks: its arguments, the city, and the configurations put together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansible.errors import AnsibleActionFail

from sanso.city import City
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso_plugins.common.air import air_of
from sanso_plugins.common.configurations import Configurations, Read
from sanso_plugins.common.hostvars import HostVariables
from sanso_plugins.common.validate import hosts_in_play, valid_city

ARGUMENTS: dict[str, Any] = {
    "group": {"type": "str", "default": "network"},
    "language": {"type": "str", "choices": ["en", "ja"], "default": "en"},
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


def read_network(options: dict[str, Any], task_vars: dict[str, Any], templar: Any) -> Network:
    """Read what the arguments name; a city that is not valid ends the task."""
    if options["source"] == "folder" and not options["folder"]:
        raise AnsibleActionFail("source: folder needs folder, where there is a file HOST.cfg for each device")
    variables = HostVariables(task_vars, templar, options["group"])
    city, _ = valid_city(variables, options["language"])
    read = Configurations(city, variables, options).read(hosts_in_play(city, task_vars))
    air = air_of(city, variables, options, map(str, task_vars["ansible_play_batch"]))
    named = {one.name for one in read.edges}  # what a person read and wrote down counts first
    edges = [*read.edges, *(one for one in air.edges if one.name not in named)]
    read.findings += air.findings
    return Network(city, read, Topology(read.snapshots, city, edges=edges), Policy.of_city(city))
