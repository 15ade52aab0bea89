"""Write a generated city as an inventory folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from sanso.generate.city import Inventory
from sanso.generate.plan import Data
from sanso.generate.wireless import CONTROLLER

MARK = ".generated"
"""File that marks a folder as ours to replace; Ansible does not look at names that start with a dot."""
_WIDTH = 95
"""Columns after which a line ends at the next chance; a list that is longer has a line for each item."""
_OWN = ("group_vars", "host_vars", "hosts.yml", "wireless.yml", "virtualization.yml", MARK)

_CONNECTION: Data = {
    "ansible_port": 4022,
    "ansible_user": "admin",
    "ansible_password": "admin",
    "ansible_become_password": "enable",
    "sanso_known_hosts": "{{ inventory_dir }}/.lab/known_hosts",
}
"""How the emulated devices are reached; the folder of their state is the inventory's ``.lab``."""
_ENDPOINTS: Data = {
    "ansible_connection": "winrm",
    "ansible_port": 5985,
    "ansible_winrm_scheme": "http",
    "ansible_winrm_transport": "ntlm",
    "ansible_user": r"CITY\ops",
    "ansible_password": "emulated-ops",
}
"""How the emulated terminals are reached."""
_PLATFORMS: dict[str, Data] = {
    "ios": {"sanso_platform": "ios", "ansible_network_os": "cisco.ios.ios"},
    "eos": {"sanso_platform": "eos", "ansible_network_os": "arista.eos.eos", "ansible_httpapi_port": 4443},
}

_CONTROLLERS: Data = {
    "sanso_platform": "c9800",
    "ansible_network_os": "cisco.ios.ios",
    "sanso_radius_secrets": {"radius": "emulated-radius", "school_radius": "emulated-radius"},
}


class TargetError(Exception):
    """The folder cannot be written to; the message says why."""


class _Dumper(yaml.SafeDumper):
    """Plain YAML as yamllint likes it: lists indented, no anchors, nothing at all for an empty value."""

    def represent_sequence(self, tag: str, sequence: Any, flow_style: bool | None = None) -> yaml.SequenceNode:
        node = super().represent_sequence(tag, sequence, flow_style)
        if node.flow_style and sum(len(item.value) + 2 for item in node.value) > _WIDTH:
            node.flow_style = False
        return node

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", ""))


def write_inventory(inventory: Inventory, folder: Path) -> None:
    """Write the city to a new or empty folder, or over an earlier generated one.

    Raises:
        TargetError: the folder holds something else.
    """
    _clear(folder)
    size = inventory.size
    command = (
        f"python -m sanso.generate --sites {size.sites} --switches {size.switches} --segments {size.segments} "
        f"--platform {size.platform} --seed {size.seed}"
    )
    if size.endpoints:
        command += f" --endpoints {size.endpoints}"
    if size.access_points:
        command += f" --access-points {size.access_points}"
        _write(folder / "wireless.yml", "Access points and their controller.", _wireless(inventory), flow=False)
        _write(folder / "group_vars" / "c9800.yml", "Wireless controllers.", _CONTROLLERS)
    if size.virtualization_hosts:
        command += f" --virtualization-hosts {size.virtualization_hosts}"
        _write(folder / "virtualization.yml", "Virtualization hosts.", _virtual(inventory), flow=False)
        _write(folder / "group_vars" / "libvirt.yml", "Hosts with KVM.", {"sanso_platform": "libvirt"})
    (folder / MARK).write_text(f"{command}\n", encoding="utf-8")
    _write(folder / "hosts.yml", f"Made by: {command}", _hosts(inventory), flow=False)
    for name, variables in inventory.city.items():
        _write(folder / "group_vars" / "all" / f"{name}.yml", f"The whole city: {name}.", variables)
    _write(folder / "group_vars" / "all" / "connection.yml", "How the emulated devices are reached.", _CONNECTION)
    for platform in inventory.platforms:
        _write(folder / "group_vars" / f"{platform}.yml", f"Devices of platform {platform}.", _PLATFORMS[platform])
    if inventory.endpoints.groups:
        _write(folder / "group_vars" / "endpoints.yml", "How the emulated terminals are reached.", _ENDPOINTS)
    for group in inventory.endpoints.groups:
        title = f"Terminals of group {group}."
        _write(folder / "group_vars" / f"{group}.yml", title, inventory.endpoints.variables[group])
    for site, variables in inventory.sites.items():
        _write(folder / "group_vars" / f"{site}.yml", f"{variables['sanso_site']['name']}.", variables, flow=False)
    for host, variables in inventory.devices.items():
        _write(folder / "host_vars" / f"{host}.yml", f"{variables['sanso_device']['name']}.", variables)


def _clear(folder: Path) -> None:
    if folder.exists() and not folder.is_dir():
        raise TargetError(f"{folder} is a file")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).is_file():
        raise TargetError(f"{folder} is not empty and holds no generated city; choose another folder")
    for name in _OWN:
        path = folder / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    for name in ("group_vars/all", "host_vars"):
        (folder / name).mkdir(parents=True)


def _hosts(inventory: Inventory) -> Data:
    platforms = {name: {"hosts": dict.fromkeys(hosts)} for name, hosts in inventory.platforms.items()}
    endpoints = {name: {"hosts": dict.fromkeys(hosts)} for name, hosts in inventory.endpoints.groups.items()}
    sites = {
        site: {"hosts": {host: {"ansible_host": address} for host, address in _at(inventory, site).items()}}
        for site in inventory.addresses
    }
    groups = {"network": {"children": platforms}, "sites": {"children": sites}}
    return {**groups, "endpoints": {"children": endpoints}} if endpoints else groups


def _wireless(inventory: Inventory) -> Data:
    """Access points below their buildings, buildings below their sites, and all of them in the network."""
    wireless = inventory.wireless
    sites: dict[str, Data] = {}
    for building, points in wireless.buildings.items():
        hosts = {name: {"sanso_access_point": point} for name, point in points.items()}
        sites[wireless.site_of[building]] = {"children": {building: {"hosts": hosts}}}
    kinds = {
        "c9800": {"hosts": {CONTROLLER: {"sanso_controller": wireless.controller}}},
        "access_points": {"children": dict.fromkeys(wireless.buildings)},
    }
    return {"network": {"children": {"wireless": {"children": kinds}}}, "sites": {"children": sites}}


def _virtual(inventory: Inventory) -> Data:
    """Virtualization hosts below the city hall, and in the network."""
    hosts = {name: {"sanso_virtualization_host": host} for name, host in inventory.virtual.hosts.items()}
    kinds = {"virtualization_hosts": {"children": {"libvirt": {"hosts": dict.fromkeys(hosts)}}}}
    return {"network": {"children": kinds}, "sites": {"children": {"city_hall": {"hosts": hosts}}}}


def _at(inventory: Inventory, site: str) -> dict[str, str]:
    """Devices and terminals of a site."""
    return {**inventory.addresses[site], **inventory.endpoints.addresses.get(site, {})}


def _write(file: Path, title: str, variables: Data, *, flow: bool | None = None) -> None:
    """Write one file; ``flow`` None puts what is innermost on one line each, but never a whole variable."""
    texts = []
    for name, value in variables.items():
        nested = isinstance(value, dict) and any(isinstance(item, dict | list) for item in value.values())
        texts.append(_dump({name: value}, flow if nested else False))
    file.write_text(f"# {title}\n---\n{''.join(texts)}", encoding="utf-8")


def _dump(variable: Data, flow: bool | None) -> str:
    text: str = yaml.dump(
        variable, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH, default_flow_style=flow
    )
    return text
