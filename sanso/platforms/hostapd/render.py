"""All files of an access point from its facts."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.messages import Finding, Severity
from sanso.network.wireless import AirAp, Band, WirelessFacts
from sanso.platforms.hostapd import files
from sanso.platforms.hostapd.bss import Bss, bss_lines, vlan_file
from sanso.platforms.hostapd.channels import WIDEST_BEFORE_VHT, centre
from sanso.platforms.hostapd.files import File
from sanso.platforms.hostapd.filter import filter_text
from sanso.platforms.hostapd.hardware import Hardware, bss_name
from sanso.platforms.hostapd.network import network_files
from sanso.platforms.hostapd.radio import radio_lines
from sanso.platforms.hostapd.security import allowed_at_6ghz
from sanso.platforms.hostapd.units import FILTER_SERVICE, FORWARDING_OFF, RADIO_SERVICE, power_text


class UnsupportedError(Exception):
    """An access point with hostapd cannot do what is wanted of it; ``findings`` say what."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(line for one in findings for line in one.lines("en")))
        self.findings = findings


def render(facts: WirelessFacts, hardware: Hardware) -> list[File]:
    """Files of an access point that is configured by itself; secrets stand in them as placeholders.

    Raises:
        UnsupportedError: it cannot do what the facts say.
    """
    ap = next(iter(facts.aps.values()))
    if findings := list(_unsupported(facts, ap, hardware)):
        raise UnsupportedError(findings)
    radios = stations(facts, ap, hardware)
    everything = [bss for found in radios.values() for bss in found]
    return [
        *(one for band, found in radios.items() for one in _radio_files(facts, ap, hardware, band, found)),
        *network_files({vlan for bss in everything for vlan in bss.vlans}, hardware),
        File(files.FILTER, filter_text(everything)),
        File(files.FILTER_UNIT, FILTER_SERVICE),
        File(files.RADIO_UNIT, RADIO_SERVICE),
        File(files.FORWARDING, FORWARDING_OFF),
    ]


def stations(facts: WirelessFacts, ap: AirAp, hardware: Hardware) -> dict[Band, list[Bss]]:
    """What each radio puts on the air; a radio without any WLAN is left out."""
    policies = facts.groups[ap.group].policies
    found: dict[Band, list[Bss]] = {}
    for band in sorted(facts.plans[ap.plan].radios):
        on_air = [
            (facts.wlans[wlan], facts.policies[policy])
            for wlan, policy in policies.items()
            if facts.wlans[wlan].enabled and facts.policies[policy].enabled and band in facts.wlans[wlan].bands
        ]
        if on_air:
            radio = hardware.radios[band]
            found[band] = [Bss(bss_name(radio, number), *one) for number, one in enumerate(on_air)]
    return found


def _radio_files(facts: WirelessFacts, ap: AirAp, hardware: Hardware, band: Band, found: list[Bss]) -> Iterator[File]:
    radio, interface = facts.plans[ap.plan].radios[band], hardware.radios[band]
    lines = radio_lines(band, radio, hardware)
    for bss in found:
        start = [] if bss.interface == interface else [f"bss={bss.interface}"]
        lines += ["", *start, *bss_lines(bss, facts.radius, facts.hostname)]
    for bss in found:
        if bss.policy.vlan_by_radius:  # before the file that names it, or hostapd refuses that
            yield File(files.VLANS.format(interface=bss.interface), vlan_file(bss))
    yield File(files.RADIO.format(interface=interface), "\n".join(lines) + "\n")
    if radio.power is not None:
        yield File(files.POWER.format(interface=interface), power_text(interface, radio.power))


def _unsupported(facts: WirelessFacts, ap: AirAp, hardware: Hardware) -> Iterator[Finding]:
    """What this kind of access point cannot do."""
    host = facts.hostname
    for band, radio in facts.plans[ap.plan].radios.items():
        if band not in hardware.radios:
            yield _finding("radio", host=host, band=band, found=", ".join(sorted(hardware.radios)))
        for channel in sorted(radio.channels):
            narrow = band == "5ghz" and hardware.generation < 5
            if centre(band, channel, radio.width) is None or (narrow and radio.width > WIDEST_BEFORE_VHT):
                yield _finding("channel", host=host, band=band, channel=channel, width=radio.width)
    for wlan, policy in facts.groups[ap.group].policies.items():
        on_air = facts.wlans[wlan].enabled and "6ghz" in facts.wlans[wlan].bands & facts.plans[ap.plan].radios.keys()
        if on_air and not allowed_at_6ghz(facts.wlans[wlan]):
            yield _finding("six", host=host, wlan=wlan, auth=facts.wlans[wlan].security)
        if facts.policies[policy].hours:
            yield _finding("hours", host=host, wlan=wlan)


def _finding(variant: str, **args: object) -> Finding:
    return Finding("HOSTAPD-01", Severity.ERROR, (), None, args, variant)
