"""What of a machine the inventory of networks does not tell: its interfaces, and what its radios can."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from sanso.network.wireless import Band


@dataclass(frozen=True)
class Hardware:
    """A machine that serves as access point."""

    uplink: str = "eth0"
    """Its Ethernet interface: management untagged, a VLAN for each segment tagged."""
    network: str = "10-uplink.network"
    """Name of the machine's own file of systemd-networkd that gives the uplink its address."""
    radios: Mapping[Band, str] = field(default_factory=lambda: {"2.4ghz": "wlan0", "5ghz": "wlan1", "6ghz": "wlan2"})
    """Interface of the radio of each band."""
    generation: Literal[4, 5, 6] = 6
    """Of Wi-Fi, that radios can at 2.4 and 5 GHz: 4 is 802.11n, 5 is 802.11ac, 6 is 802.11ax, as at 6 GHz always."""

    def __hash__(self) -> int:
        return hash((self.uplink, self.network, tuple(sorted(self.radios.items())), self.generation))


def bridge_name(vlan: int) -> str:
    """Bridge of a VLAN."""
    return f"br-{vlan}"


def vlan_name(vlan: int) -> str:
    """Interface of a VLAN on the uplink."""
    return f"vlan{vlan}"


def bss_name(radio: str, number: int) -> str:
    """Interface of a radio's BSS; the first is the radio's own."""
    return radio if number == 0 else f"{radio}_{number}"


def station_name(bss: str, vlan: int) -> str:
    """Interface of a BSS for terminals that the RADIUS server put in a VLAN."""
    return f"{bss}.{vlan}"
