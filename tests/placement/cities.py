"""The base city of the golden tests with hosts and machines as a test asks for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sanso.city import City, load_city
from sanso.city.virtual import Machine, VirtualizationHost
from tests.errors.cases import VIRTUAL, write_changed


@cache
def virtual_city() -> City:
    """The base city with three virtualization hosts."""
    with TemporaryDirectory() as folder:
        write_changed(VIRTUAL, Path(folder))
        return load_city(Path(folder))


def city_of(hosts: dict[str, dict[str, Any]], machines: dict[str, dict[str, Any]]) -> City:
    """A city of these hosts and machines; of each, only what is given differs from that of a plain one."""
    city = virtual_city()
    host = city.virtualization_hosts["kvm-1"].model_dump(by_alias=True)
    machine = city.machines["link-1"].model_dump(by_alias=True) | {"node": None, "backup": None, "disks": {}}
    return city.model_copy(
        update={
            "virtualization_hosts": {
                name: VirtualizationHost.model_validate(host | {"hostname": name} | given)
                for name, given in hosts.items()
            },
            "machines": {name: Machine.model_validate(machine | given) for name, given in machines.items()},
        }
    )


def pools(**sizes: int) -> dict[str, Any]:
    """Pools of a host, each its own."""
    return {name: {"path": f"/srv/{name}", "size": size} for name, size in sizes.items()}


def disks(**sizes: int) -> dict[str, Any]:
    """Disks of a machine, each in the pool of its name."""
    return {name: {"pool": name, "size": size} for name, size in sizes.items()}
