"""What an access point really does, from its files.

A BSS is understood if every line of it is one that :mod:`.render` would write for what was understood of it, or is
known not to matter; else its security is ``other``, which no inventory intends, and the lines are told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sanso.network.wireless import (
    AirAp,
    AirGroup,
    AirPlan,
    AirPolicy,
    AirRadio,
    AirSite,
    AirWlan,
    Band,
    RadiusServer,
    WirelessFacts,
)
from sanso.platforms.hostapd import files
from sanso.platforms.hostapd.bss import Bss
from sanso.platforms.hostapd.config import RadioText, read_text
from sanso.platforms.hostapd.files import Unread
from sanso.platforms.hostapd.filter import Filter, read_filter
from sanso.platforms.hostapd.hardware import Hardware
from sanso.platforms.hostapd.network import Network, read_network
from sanso.platforms.hostapd.units import FILTER_SERVICE, FORWARDING_OFF, RADIO_SERVICE, read_power


@dataclass(frozen=True)
class Reading:
    """What was read of an access point."""

    facts: WirelessFacts
    """As :func:`as_read` gives them."""
    unread: tuple[Unread, ...] = ()
    """Lines that are not understood, or that are missing."""


def as_read(facts: WirelessFacts) -> WirelessFacts:
    """Facts as an access point has them: what is on the air, by SSID; names of the inventory are not known there.

    So it is with the VLAN of management, which is untagged, the page for signing on, which the segment's gateway
    sends to, and servers, which are known by their addresses.
    """
    ap = next(iter(facts.aps.values()))
    radios = facts.plans[ap.plan].radios
    pairs = [
        (_known(facts.wlans[wlan], facts, frozenset(radios)), facts.policies[policy])
        for wlan, policy in facts.groups[ap.group].policies.items()
    ]
    on_air = [(wlan, policy) for wlan, policy in pairs if wlan.enabled and policy.enabled and wlan.bands]
    used = {band: radio for band, radio in radios.items() if any(band in wlan.bands for wlan, _ in on_air)}
    return _facts(facts.hostname, ap.mac, on_air, used, facts.radius)


def _known(wlan: AirWlan, facts: WirelessFacts, bands: frozenset[Band]) -> AirWlan:
    addresses = tuple(facts.radius[name].address for name in wlan.radius)
    return replace(wlan, name=wlan.ssid, radius=addresses, bands=wlan.bands & bands, portal="", portal_address="")


def _facts(
    hostname: str,
    mac: str,
    on_air: list[tuple[AirWlan, AirPolicy]],
    radios: Mapping[Band, AirRadio],
    radius: Mapping[str, RadiusServer],
) -> WirelessFacts:
    asked = {address for wlan, _ in on_air for address in wlan.radius}
    servers = (replace(server, name=server.address) for server in radius.values() if server.address in asked)
    return WirelessFacts(
        hostname=hostname,
        platform="hostapd",
        radius={server.name: server for server in servers},
        wlans={wlan.name: wlan for wlan, _ in on_air},
        policies={wlan.name: replace(policy, name=wlan.name) for wlan, policy in on_air},
        groups={hostname: AirGroup(hostname, {wlan.name: wlan.name for wlan, _ in on_air})},
        sites={hostname: AirSite(hostname, None)},
        plans={hostname: AirPlan(hostname, radios)},
        aps={mac: AirAp(mac, hostname, hostname, hostname)},
    )


@dataclass
class _Found:
    """What has been gathered so far."""

    radios: dict[Band, AirRadio] = field(default_factory=dict)
    stations: list[tuple[Band, Bss]] = field(default_factory=list)
    servers: dict[str, RadiusServer] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)


def read(hostname: str, texts: Mapping[str, str], hardware: Hardware) -> Reading:
    """Read the files of an access point.

    Args:
        hostname: its name in the inventory.
        texts: path → text of every file below the folders that :func:`render` writes to, and of the uplink's address.
        hardware: its interfaces.
    """
    found = _Found()
    network = read_network(texts, hardware)
    rules = read_filter(texts.get(files.FILTER, ""))
    found.unread += [*network.unread, *rules.unread, *_fixed(texts)]
    for path, text in sorted(texts.items()):
        if path.startswith("/etc/hostapd/") and path.endswith(".conf"):
            _read_radio(hostname, read_text(path, text), texts, hardware, network, rules, found)
    found.unread += _open_doors(found, network, rules)
    mac = texts.get(files.ADDRESS.format(interface=hardware.uplink), "").strip()
    facts = _facts(hostname, mac, _merged(found.stations), found.radios, found.servers)
    return Reading(facts, tuple(found.unread))


def _fixed(texts: Mapping[str, str]) -> list[Unread]:
    """Files that have one text only, and have another or are missing."""
    wanted = {
        files.FILTER_UNIT: FILTER_SERVICE,
        files.RADIO_UNIT: RADIO_SERVICE,
        files.FORWARDING: FORWARDING_OFF,
    }
    return [Unread(path, 0, path.rpartition("/")[2]) for path, text in wanted.items() if texts.get(path) != text]


def _read_radio(
    hostname: str,
    text: RadioText,
    texts: Mapping[str, str],
    hardware: Hardware,
    network: Network,
    rules: Filter,
    found: _Found,
) -> None:
    path = files.POWER.format(interface=text.interface)
    power, strange = read_power(path, text.interface, texts[path]) if path in texts else (None, [])
    band, radio, unread = text.radio(power, hardware)
    found.radios[band] = radio
    found.unread += [*strange, *unread]
    for section in text.stations:
        bss, servers, missing = section.station(hostname, texts, network)
        if doubts := (*unread, *missing):  # a line of the radio may mean any of its WLANs
            lines = tuple(dict.fromkeys(one.text for one in doubts))
            bss = replace(bss, wlan=replace(bss.wlan, security="other", other=lines))
        apart = any(frozenset(bss.interfaces) <= names for names in rules.apart)
        wlan = replace(bss.wlan, bands=frozenset({band}), isolated=bss.wlan.isolated and apart)
        names = frozenset(bss.interfaces)
        policy = replace(bss.policy, down_kbps=rules.down.get(names), up_kbps=rules.up.get(names))
        found.stations.append((band, Bss(bss.interface, wlan, policy)))
        found.servers.update(servers)
        found.unread += missing


def _open_doors(found: _Found, network: Network, rules: Filter) -> list[Unread]:
    """Interfaces of clients by which the machine itself may be reached, or where it may get an address."""
    doors = {name for _, bss in found.stations for name in bss.interfaces}
    doors |= {name for members in network.members.values() for name in members}
    loud = (network.members.keys() | network.vlans.keys()) - network.quiet
    return [
        *(Unread(files.FILTER, 0, name) for name in sorted(doors - rules.closed)),
        *(Unread(files.NETWORK, 0, name) for name in sorted(loud)),
    ]


def _merged(stations: list[tuple[Band, Bss]]) -> list[tuple[AirWlan, AirPolicy]]:
    """WLANs of all radios: one where they are alike but for the band, else each with its interface."""
    by_name: dict[str, tuple[AirWlan, AirPolicy]] = {}
    for _, bss in stations:
        name, wlan = bss.wlan.ssid, bss.wlan
        known = by_name.get(name)
        if known is None:
            by_name[name] = (replace(wlan, name=name), bss.policy)
        elif (replace(known[0], bands=wlan.bands), known[1]) == (replace(wlan, name=name), bss.policy):
            by_name[name] = (replace(known[0], bands=known[0].bands | wlan.bands), known[1])
        else:
            other = f"{name} ({bss.interface})"
            by_name[other] = (replace(wlan, name=other), bss.policy)
    return list(by_name.values())
