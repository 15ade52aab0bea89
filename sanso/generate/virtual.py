"""Virtualization hosts of a generated city, on the ports that its server switches have for them, and machines."""

from __future__ import annotations

from dataclasses import dataclass, field

from sanso.city.ports import expand_ports
from sanso.generate.plan import Data, plan

MACHINES = 8
"""Machines at home on each host; at most twice as many find room there, should a neighbour fail."""
REACH = 3
"""A machine may be on so many hosts: its home and those after it."""
FIRST_NUMBER = 11
"""Host number of the first host in both of its segments."""


@dataclass
class Virtual:
    """Hosts and machines by name, both as their variables."""

    hosts: dict[str, Data] = field(default_factory=dict)
    machines: dict[str, Data] = field(default_factory=dict)


def plan_virtual(count: int, ports: dict[str, Data]) -> Virtual:
    """Make hosts with a cable to each of the city hall's server switches, and machines at home on them in turn.

    Args:
        count: how many hosts.
        ports: ports of each switch of the city hall, by range.
    """
    if not count:
        return Virtual()
    rows = [[(switch, port) for port in _hypervisor_ports(profiles)] for switch, profiles in ports.items()]
    cables = list(zip(*(row for row in rows if row), strict=True))
    names = [f"hall-kvm-{number + 1}" for number in range(count)]
    return Virtual(
        hosts={name: _host(number, cables[number]) for number, name in enumerate(names)},
        machines={f"vm-{number + 1:03d}": _machine(number, names) for number in range(count * MACHINES)},
    )


def hypervisor_ports(count: int) -> tuple[int, Data]:
    """So many ports of a server switch, one for each host."""
    profile = {
        "profile": "hypervisor",
        "description": "Virtualization hosts",
        "segments": [*plan()["virtual"]["segments"], "hypervisor_migration"],
        "native": "hypervisor_management",
    }
    return count, profile


def _hypervisor_ports(profiles: Data) -> list[str]:
    return [name for name, profile in expand_ports(profiles).items() if profile["profile"] == "hypervisor"]


def _host(number: int, cables: tuple[tuple[str, str], ...]) -> Data:
    return {
        "name": f"City hall virtualization host {number + 1}",
        "name_ja": f"本庁舎仮想化ホスト{number + 1}号機",
        "layers": plan()["virtual"]["layers"],
        "uplinks": [
            {"interface": f"eno{index}", "switch": switch, "port": port}
            for index, (switch, port) in enumerate(cables, 1)
        ],
        "management_host": FIRST_NUMBER + number,
        "migration": {"segment": "hypervisor_migration", "host": FIRST_NUMBER + number},
        **plan()["virtual"]["host"],
    }


def _machine(number: int, hosts: list[str]) -> Data:
    """A machine of one of the segments in turn; the two of a pair have neighbouring hosts as their homes."""
    words, segments = plan()["virtual"], plan()["virtual"]["segments"]
    turned = [*hosts[number % len(hosts) :], *hosts[: number % len(hosts)]]
    paired = number % 5 == 1
    return {
        "name": f"Server {number + 1}",
        "name_ja": f"サーバー{number + 1}号機",
        **words["machine"],
        "nics": {"lan0": {"segment": segments[number % len(segments)]}},
        "hosts": turned[:REACH],
        **({"apart_from": [f"vm-{number:03d}"]} if paired else {}),
    }
