"""Switches, their ports, the links between them, and the access lists that the city intends for them."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.device import Device, ExternalPort, HypervisorPort, PortProfile, TrunkPort, UnusedPort, UplinkPort
from sanso.city.links import carried
from sanso.city.model import City
from sanso.network.facts import AclKey, Direction, Facts
from sanso.platforms import load_platform
from sanso.render import intend_city
from sanso.render.names import port_description
from sanso.report.parameters.sheet import Names, Sheet, Value, lines, word


def sheets(city: City, names: Names) -> list[Sheet]:
    """Switches, ports, links, access lists."""
    facts = {host: intent.facts for host, intent in intend_city(city).items()}
    return [_switches(city, names, facts), _ports(city, names), _links(city, names), _access_lists(facts)]


def _switches(city: City, names: Names, facts: dict[str, Facts]) -> Sheet:
    columns = ("host", "name", "name_en", "site", "role", "platform", "hardware", "management", "port_count")
    vlan = city.segments[city.settings.management_segment].vlan
    rows: list[list[Value]] = []
    for host, one in city.devices.items():
        svi = facts[host].svis.get(vlan)
        own = lines(sorted(map(str, (*svi.ipv4, *svi.ipv6)))) if svi is not None else ""
        said = (host, one.name_ja, one.name, names.site(one.site), word("role", one.role), one.platform)
        rows.append([*said, one.model, own, len(city.ports[host])])
    return Sheet("switches", columns, rows)


def _ports(city: City, names: Names) -> Sheet:
    columns = ("host", "port", "profile", "untagged", "untagged_vlan", "tagged", "to", "to_port", "description")
    rows: list[list[Value]] = []
    for host, device in city.devices.items():
        for port, profile in city.ports[host].items():
            at = carried(city, device, profile)
            to = (profile.to, profile.to_port) if isinstance(profile, TrunkPort | UplinkPort) else (None, None)
            said = [host, port, word("profile", profile.profile), names.segment(at.untagged)]
            vlans = [_untagged(city, profile, at.untagged), names.vlans(at.tagged)]
            rows.append([*said, *vlans, *to, port_description(profile)])
    return Sheet("ports", columns, rows)


def _untagged(city: City, profile: PortProfile, segment: str | None) -> int | None:
    """VLAN of untagged frames; where no segment is, that of unused ports or of trunks."""
    if segment is not None:
        return city.segments[segment].vlan
    if isinstance(profile, UnusedPort):
        return city.settings.dead_vlan
    trunks = isinstance(profile, TrunkPort | UplinkPort | HypervisorPort)
    return city.settings.native_vlan if trunks and not isinstance(profile, ExternalPort) else None


def _links(city: City, names: Names) -> Sheet:
    columns = ("host", "port", "to", "to_port", "native_vlan", "tagged")
    rows: list[list[Value]] = []
    told: set[frozenset[tuple[str, str]]] = set()
    for host, device in city.devices.items():
        for port, profile in city.ports[host].items():
            if isinstance(profile, TrunkPort | UplinkPort) and profile.to and profile.to_port:
                ends = frozenset({(host, port), (profile.to, profile.to_port)})
                if ends not in told:
                    told.add(ends)
                    rows.append([host, port, profile.to, profile.to_port, *_trunk(city, device, profile, names)])
    return Sheet("links", columns, rows)


def _trunk(city: City, device: Device, profile: PortProfile, names: Names) -> list[Value]:
    at = carried(city, device, profile)
    return [_untagged(city, profile, at.untagged), names.vlans(at.tagged)]


def _access_lists(facts: dict[str, Facts]) -> Sheet:
    columns = ("host", "interface", "direction", "family", "list", "sequence", "line_text")
    rows: list[list[Value]] = []
    for host, one in facts.items():
        entry_text = load_platform(one.platform).entry_text
        for interface, direction, key in _bound(one):
            family, name = key
            for number, entry in one.acls[key].entries.items():
                rows.append([host, interface, direction, family, name, number, entry_text(family, entry)])
    return Sheet("access_lists", columns, rows)


def _bound(facts: Facts) -> Iterator[tuple[str, Direction, AclKey]]:
    for vlan, svi in facts.svis.items():
        for (family, direction), name in svi.acls.items():
            yield f"Vlan{vlan}", direction, (family, name)
