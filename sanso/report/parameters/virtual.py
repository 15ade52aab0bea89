"""Virtualization hosts, and the machines that run on them."""

from __future__ import annotations

from sanso.city.model import City
from sanso.city.virtual import Backup, Machine, VirtualizationHost, mac_of
from sanso.network.virtual import MANAGEMENT, MIGRATION
from sanso.render.virtual import host_facts
from sanso.report.parameters.overview import days
from sanso.report.parameters.sheet import Names, Sheet, Value, layer, lines


def sheets(city: City, names: Names) -> list[Sheet]:
    """Hosts and machines."""
    return [_hosts(city, names), _machines(city, names)]


def _hosts(city: City, names: Names) -> Sheet:
    columns = (
        *("host", "name", "name_en", "site", "platform", "hardware", "layers", "cpus", "memory", "uplinks"),
        *("management", "migration", "pools"),
    )
    rows = [_host(city, host, one, names) for host, one in city.virtualization_hosts.items()]
    return Sheet("virtualization_hosts", columns, rows)


def _host(city: City, host: str, one: VirtualizationHost, names: Names) -> list[Value]:
    addresses = host_facts(city, one).addresses
    own: list[Value] = [lines(sorted(map(str, addresses.get(port, ())))) for port in (MANAGEMENT, MIGRATION)]
    return [
        *(host, one.name_ja, one.name, names.site(one.site), one.platform, one.model, lines(map(layer, one.layers))),
        *(one.cpus, one.memory, lines(f"{up.interface} → {up.switch} {up.port}" for up in one.uplinks), *own),
        lines(f"{name}: {pool.path} {pool.size} GiB" for name, pool in one.pools.items()),
    ]


def _machines(city: City, names: Names) -> Sheet:
    columns = (
        *("host", "name", "name_en", "node", "cpus", "memory", "disks", "nics", "home", "may_be_on", "apart_from"),
        *("boot_order", "backup"),
    )
    return Sheet("machines", columns, [_machine(name, one, names) for name, one in city.machines.items()])


def _machine(name: str, one: Machine, names: Names) -> list[Value]:
    nics = (
        f"{nic}: VLAN {names.vlan(its.segment)} {names.segment(its.segment)} {mac_of(name, nic, its)}"
        for nic, its in one.nics.items()
    )
    return [
        *(name, one.name_ja, one.name, names.node(one.node), one.cpus, one.memory),
        *(lines(f"{disk}: {its.size} GiB ({its.pool})" for disk, its in one.disks.items()), lines(nics)),
        *(one.home, lines(one.hosts), lines(one.apart_from), one.boot.order if one.boot.auto else None),
        _backup(one.backup) if one.backup is not None else "",
    ]


def _backup(backup: Backup) -> str:
    return f"{days(backup.days)} {backup.start:%H:%M} → {backup.pool} × {backup.keep}"
