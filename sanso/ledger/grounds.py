"""What the city knows: its sites by every name, its devices, and which layer and site an address belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sanso.city import City, CityError, load_city
from sanso.city.addressing import FAMILIES, Network, host_address, share
from sanso.ledger.sheet import Findings
from sanso.ledger.terminal import Address, Terminal
from sanso.messages.catalogue import Phrase
from sanso.messages.source import Location


@dataclass(frozen=True)
class Subnet:
    """A segment's prefix at a site."""

    network: Network
    segment: str
    site: str
    layer: str


class Grounds:
    """The city's subnets, to look addresses up in."""

    def __init__(self, city: City) -> None:
        self.city = city
        self._nodes: dict[Address, str] = {
            address: name
            for name, node in city.nodes.items()
            for interface in node.interfaces
            for address in (interface.ipv4, interface.ipv6)
            if address is not None
        }
        self._by_length: dict[tuple[int, int], dict[int, Subnet]] = {}
        for subnet in _subnets(city):
            network = subnet.network
            self._by_length.setdefault((network.version, network.prefixlen), {})[int(network.network_address)] = (
                subnet
            )

    def find(self, address: Address) -> Subnet | None:
        """The narrowest subnet that an address lies in."""
        for (version, length), subnets in sorted(self._by_length.items(), reverse=True):
            if version == address.version:
                rest = address.max_prefixlen - length
                if (found := subnets.get(int(address) >> rest << rest)) is not None:
                    return found
        return None

    def owner(self, address: Address, subnet: Subnet) -> str | Phrase | None:
        """Whose an address is that no terminal may have: a node's of the city, or the gateway's."""
        if address == host_address(subnet.network, 1).ip:
            return Phrase("ledger.gateway")
        return self._nodes.get(address)

    def site_words(self) -> dict[str, list[str]]:
        """Site → its names."""
        return {name: [site.name, site.name_ja] for name, site in self.city.sites.items()}


def read_grounds(folder: Path, named: Location | None, findings: Findings, *, asked: bool) -> Grounds | None:
    """The grounds of the city whose inventory stands in a folder; None, and a finding, where there is none."""
    if not (folder / "hosts.yml").exists():
        (findings.error if asked else findings.warning)("LEDGER-08", named, "unknown", folder=str(folder))
        return None
    try:
        return Grounds(load_city(folder))
    except CityError as error:
        first = error.findings[0]
        told = {"folder": str(folder), "place": str(first.location or folder / "hosts.yml"), "rule": first.rule}
        findings.error("LEDGER-08", named, "broken", **told)
        return None


def settle(terminals: dict[str, Terminal], grounds: Grounds, findings: Findings) -> None:
    """Hold each terminal's address against the city: fill in what no source says, leave out what contradicts it."""
    devices = {name.casefold() for name in grounds.city.devices}
    for name, terminal in list(terminals.items()):
        place = terminal.places[0]
        if name in devices:
            findings.error("LEDGER-08", place, "device", terminal=terminal.name)
            del terminals[name]
            continue
        if terminal.site is not None and terminal.site not in grounds.city.sites:
            known = ", ".join(grounds.city.sites)
            findings.error("LEDGER-05", place, "elsewhere", terminal=terminal.name, value=terminal.site, known=known)
            del terminals[name]
            continue
        if terminal.address is not None and not _stands(terminal, grounds, findings):
            del terminals[name]


def _stands(terminal: Terminal, grounds: Grounds, findings: Findings) -> bool:
    """Whether a terminal's address is one that its layer has."""
    assert terminal.address is not None  # noqa: S101  # the caller asked
    subnet = grounds.find(terminal.address)
    place = terminal.told_at or terminal.places[0]
    told: dict[str, Any] = {"terminal": terminal.name, "address": terminal.address}
    if subnet is None:
        findings.error("LEDGER-08", place, "nowhere", **told)
        return False
    told |= {"segment": subnet.segment, "network": subnet.network, "layer": subnet.layer, "site": subnet.site}
    if terminal.layer is not None and terminal.layer != subnet.layer:
        findings.error("LEDGER-08", place, "layer", said=terminal.layer, **told)
        return False
    if (owner := grounds.owner(terminal.address, subnet)) is not None:
        findings.error("LEDGER-08", place, "taken", owner=owner, **told)
        return False
    if terminal.site is not None and terminal.site != subnet.site:
        findings.warning("LEDGER-08", place, "site", said=terminal.site, **told)
    terminal.layer = terminal.layer or subnet.layer
    terminal.site = terminal.site or subnet.site
    return True


def _subnets(city: City) -> Iterator[Subnet]:
    for site_id, site in city.sites.items():
        for name in site.segments:
            for family in FAMILIES:
                try:
                    network = share(city, name, site_id, family)
                except (KeyError, ValueError):
                    continue  # the rules tell of it
                if network is not None:
                    yield Subnet(network, name, site_id, str(city.segments[name].layer))
