"""One BSS: a WLAN on one radio, as lines of hostapd's configuration."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sanso.network.wireless import AirPolicy, AirWlan, RadiusServer
from sanso.platforms.hostapd.files import VLANS
from sanso.platforms.hostapd.hardware import bridge_name, station_name
from sanso.platforms.hostapd.security import security_lines


@dataclass(frozen=True)
class Bss:
    """A WLAN on one radio."""

    interface: str
    wlan: AirWlan
    policy: AirPolicy

    @property
    def vlans(self) -> tuple[int, ...]:
        """Every VLAN that its terminals may be in, the usual one first."""
        usual = () if self.policy.vlan is None else (self.policy.vlan,)
        return tuple(dict.fromkeys((*usual, *sorted(self.policy.radius_vlans or ()))))

    @property
    def interfaces(self) -> tuple[str, ...]:
        """Every interface that its terminals' frames come in by."""
        dynamic = self.vlans if self.policy.vlan_by_radius else ()
        return (self.interface, *(station_name(self.interface, vlan) for vlan in dynamic))


def bss_lines(bss: Bss, servers: Mapping[str, RadiusServer], identifier: str) -> list[str]:
    """Lines of a BSS behind the one that names its interface."""
    return [
        *ssid_lines(bss.wlan.ssid),
        f"bridge={bridge_name(bss.policy.vlan or 0)}",
        f"ap_isolate={int(bss.wlan.isolated)}",
        *security_lines(bss.wlan, servers, identifier),
        *vlan_lines(bss.policy, bss.interface),
    ]


def ssid_lines(ssid: str) -> list[str]:
    """Lines that name a WLAN on the air; text that could break a line is written in hexadecimal."""
    written = f'"{ssid}"' if ssid.isprintable() else ssid.encode().hex()
    return [f"ssid2={written}", *([] if ssid.isascii() else ["utf8_ssid=1"])]


def vlan_lines(policy: AirPolicy, interface: str) -> list[str]:
    """Lines that let the RADIUS server say a VLAN, one of those in a file and no other."""
    if not policy.vlan_by_radius:
        return ["dynamic_vlan=0"]
    return ["dynamic_vlan=1", "vlan_naming=1", f"vlan_file={VLANS.format(interface=interface)}"]


def vlan_file(bss: Bss) -> str:
    """Text of the file of VLANs that the RADIUS server may say: id, interface, bridge."""
    lines: Iterable[str] = (f"{vlan} {station_name(bss.interface, vlan)} {bridge_name(vlan)}\n" for vlan in bss.vlans)
    return "".join(lines)
