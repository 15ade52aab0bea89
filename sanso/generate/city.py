"""A city of a given size, as the variables of an Ansible inventory."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address
from random import Random

from sanso.generate.addresses import CITY_IPV4, AddressPlan, numbered_vlans, plan_addresses
from sanso.generate.endpoints import Endpoints, plan_endpoints
from sanso.generate.plan import Data, plan
from sanso.generate.sites import SitePlan, plan_sites
from sanso.generate.size import Size, SizeError
from sanso.generate.switchports import SitePorts, site_wlans
from sanso.generate.topology import SiteTree, Switch
from sanso.generate.virtual import Virtual, plan_virtual
from sanso.generate.wireless import CONTROLLER, Wireless, plan_wireless

FIRST_LOOPBACK = IPv4Address("127.64.0.1")
"""Addresses of the emulated devices, one after the other; the embedded city has 127.42.0.0/16."""
LEAST_WITH_HOSTS = 4
"""Switches of a city hall with virtualization hosts: the gateway, two for servers, and one for people."""


@dataclass(frozen=True)
class Inventory:
    """The variables by the file they stand in: of the city, of each site, of each device."""

    size: Size
    city: dict[str, Data]
    sites: dict[str, Data]
    devices: dict[str, Data]
    platforms: dict[str, list[str]]
    addresses: dict[str, dict[str, str]]
    """Site → device → loopback address."""
    endpoints: Endpoints
    wireless: Wireless
    virtual: Virtual


def generate(size: Size) -> Inventory:
    """Make the city of this size; the same size and seed give the same city.

    Raises:
        SizeError: its addresses or VLAN ids do not suffice.
    """
    random = Random(f"{size.seed} {size.sites} {size.switches} {size.segments}")  # noqa: S311 - no secret
    sites = plan_sites(size, random)
    segments = _segment_names(sites)
    addresses = plan_addresses(segments, size.sites, random)
    hosts = {sites[0].id: size.virtualization_hosts}
    if size.virtualization_hosts and sites[0].switches < LEAST_WITH_HOSTS:
        raise SizeError(
            f"virtualization hosts need {LEAST_WITH_HOSTS} switches at the city hall, which has {sites[0].switches}; "
            "raise --switches"
        )
    trees = {
        site.id: SiteTree(site, size.platform, random, hosts=hosts.get(site.id, 0) > 0).build() for site in sites
    }
    switches = [(site, switch) for site in sites for switch in trees[site.id].tree()]
    ports = {site.id: SitePorts(site, random, hosts=hosts.get(site.id, 0)).of_tree(trees[site.id]) for site in sites}
    virtual = plan_virtual(size.virtualization_hosts, ports[sites[0].id])
    wireless = plan_wireless(size.access_points, sites, ports)
    loopbacks = {switch.host: str(FIRST_LOOPBACK + index) for index, (_, switch) in enumerate(switches)}
    homes = {site.id: {switch.host: loopbacks[switch.host] for switch in trees[site.id].tree()} for site in sites}
    if wireless.controller is not None:
        homes[sites[0].id][CONTROLLER] = str(FIRST_LOOPBACK + len(switches))
    return Inventory(
        size=size,
        city=_city(sites, addresses, virtual),
        sites={site.id: _site(site, trees[site.id], terminals=size.endpoints > 0) for site in sites},
        devices={switch.host: _device(site, switch, ports[site.id][switch.host]) for site, switch in switches},
        platforms={
            platform: [switch.host for _, switch in switches if switch.platform == platform]
            for platform in sorted({switch.platform for _, switch in switches})
        },
        addresses=homes,
        endpoints=plan_endpoints(size.endpoints, sites),
        wireless=wireless,
        virtual=virtual,
    )


def _segment_names(sites: list[SitePlan]) -> list[str]:
    """Segments that some site has: those of the plan in its order, then numbered ones."""
    used = dict.fromkeys(name for site in sites for name in site.segments)
    known = [name for name in plan()["segments"] if name in used]
    return [*known, *(name for name in used if name not in plan()["segments"])]


def _city(sites: list[SitePlan], addresses: AddressPlan, virtual: Virtual) -> dict[str, Data]:
    """Variables of the whole city, by the file they stand in."""
    words = plan()
    shared = {"shared_hosts": [words["virtual"]["layers"]]} if virtual.hosts else {}
    machines = {"machines": {"sanso_machines": virtual.machines}} if virtual.machines else {}
    return {
        "city": {"sanso_city": _settings(addresses) | shared},
        "segments": {"sanso_segments": _segments(addresses)},
        "services": {"sanso_services": words["services"]},
        "nodes": {"sanso_nodes": {name: _node(node, addresses) for name, node in words["nodes"].items()}},
        "flows": {"sanso_flows": {name: _flow(flow) for name, flow in words["flows"].items()}},
        "wlans": {"sanso_wlans": _wlans(sites)},
        "breakouts": {"sanso_breakouts": {"licence_activation": _breakout(sites)}},
        **machines,
    }


def _settings(addresses: AddressPlan) -> Data:
    return {
        "name": "Generated City",
        "name_ja": "生成市",
        "model": "alpha_prime",
        "timezone": "Asia/Tokyo",
        "prefixes": {"ipv4": [str(CITY_IPV4)], "ipv6": [str(addresses.prefix)]},
        "egress": {"site": "city_hall", "by": "security_cloud"},
        "management_segment": "management",
        "ap_segment": "ap_management",
    }


def _segments(addresses: AddressPlan) -> Data:
    vlans = numbered_vlans([name for name in addresses.order if name not in plan()["segments"]])
    return {name: _segment(name, addresses, vlans) for name in addresses.order}


def _segment(name: str, addresses: AddressPlan, vlans: dict[str, int]) -> Data:
    family, _, number = name.rpartition("_")
    words = plan()["segments"].get(name) or plan()["numbered"][family]
    v4, v6 = addresses.pools(name)
    return {
        "name": words["name"].format(n=number),
        "name_ja": words["name_ja"].format(n=number),
        "layer": words["layer"],
        "vlan": words.get("vlan") or vlans[name],
        "purpose": words["purpose"],
        **({"routed": False} if not words.get("routed", True) else {}),
        "ipv4": {"pool": str(v4), "length": v4.prefixlen + addresses.spare},
        "ipv6": {"pool": str(v6), "length": v6.prefixlen + addresses.spare},
    }


def _node(words: Data, addresses: AddressPlan) -> Data:
    interfaces = []
    for segment in words["segments"]:
        v4, v6 = addresses.hall_address(segment, words["host"])
        interfaces.append({"segment": segment, "site": "city_hall", "ipv4": str(v4), "ipv6": str(v6)})
    return {**{key: words[key] for key in ("name", "name_ja", "role")}, "interfaces": interfaces}


def _flow(words: Data) -> Data:
    return {**words, "approver": plan()["approver"], "expires": plan()["expires"]}


def _wlans(sites: list[SitePlan]) -> Data:
    offered = {name: [site.id for site in sites if name in site_wlans(site)] for name in plan()["wlans"]}
    return {name: {**plan()["wlans"][name], "sites": ids} for name, ids in offered.items() if ids}


def _breakout(sites: list[SitePlan]) -> Data:
    words = plan()["breakout"]
    return {**words, "sites": [site.id for site in sites if words["segment"] in site.segments]}


def _site(site: SitePlan, gateway: Switch, *, terminals: bool) -> Data:
    place = {"sanso_endpoint_site": site.id} if terminals else {}
    return {
        "sanso_site": {
            "id": site.id,
            "name": site.name,
            "name_ja": site.name_ja,
            "kind": site.kind,
            "number": site.number,
            "gateway": gateway.host,
            "line": site.line,
            "windows": "always",
            "segments": dict.fromkeys(site.segments),
        },
        **place,
    }


def _device(site: SitePlan, switch: Switch, ports: Data) -> Data:
    own_address = {} if switch.number == 1 else {"management_host": switch.number}
    return {
        "sanso_device": {
            "name": f"{site.name} switch {switch.number}",
            "name_ja": f"{site.name_ja}スイッチ{switch.number}号機",
            "role": switch.role,
            "model": switch.hardware.model,
            **own_address,
        },
        "sanso_ports": ports,
    }
