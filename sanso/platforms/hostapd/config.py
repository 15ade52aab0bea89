"""hostapd's own configuration text: which lines are a radio's and which a BSS's, and what they come to.

Source: hostapd.conf of hostapd 2.10.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sanso.network.wireless import AirPolicy, AirRadio, AirWlan, Band, RadiusServer
from sanso.platforms.hostapd.bss import Bss, bss_lines
from sanso.platforms.hostapd.channels import centre
from sanso.platforms.hostapd.files import Unread, unread
from sanso.platforms.hostapd.hardware import Hardware, bridge_name, station_name
from sanso.platforms.hostapd.network import Network
from sanso.platforms.hostapd.radio import radio_lines, read_band, read_radio
from sanso.platforms.hostapd.security import read_protection, read_security


def words(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


RADIO_KEYS = words(
    """interface driver country_code ieee80211d ieee80211h hw_mode channel chanlist op_class ieee80211n ht_capab
    ieee80211ac vht_oper_chwidth vht_oper_centr_freq_seg0_idx vht_capab ieee80211ax he_oper_chwidth
    he_oper_centr_freq_seg0_idx"""
)
"""Keys that hold for a radio wherever they stand."""
HARMLESS = words(
    """ctrl_interface ctrl_interface_group logger_syslog logger_syslog_level logger_stdout logger_stdout_level
    beacon_int dtim_period max_num_sta wmm_enabled disassoc_low_ack rts_threshold fragm_threshold"""
)
"""Keys that change neither who gets in nor where frames go."""
SECRETS = frozenset({"auth_server_shared_secret", "acct_server_shared_secret", "wpa_passphrase", "sae_password"})
OPTIONS = ("|mac=", "|vlanid=", "|pk=", "|id=")
"""What a SAE password may have behind it; a VLAN among it."""


@dataclass(frozen=True)
class Line:
    """A setting, and where it stands."""

    number: int
    key: str
    value: str

    @property
    def form(self) -> str:
        """The line, but for a secret, which is not compared."""
        return f"{self.key}=" if self.key in SECRETS else f"{self.key}={self.value}"


@dataclass
class StationText:
    """Lines of one BSS."""

    path: str
    interface: str
    lines: list[Line] = field(default_factory=list)

    def station(
        self, hostname: str, texts: Mapping[str, str], network: Network
    ) -> tuple[Bss, dict[str, RadiusServer], list[Unread]]:
        """The BSS, its RADIUS servers by address, and its lines that are not understood."""
        settings = {line.key: line.value for line in self.lines}
        servers = _servers(self.lines)
        wlan = AirWlan(
            name=_ssid(settings),
            ssid=_ssid(settings),
            enabled=True,
            security=read_security(settings),
            protection=read_protection(settings),
            radius=tuple(servers),
            isolated=settings.get("ap_isolate") == "1",
        )
        bridge = settings.get("bridge", "")
        dynamic = settings.get("dynamic_vlan", "0") != "0"
        path = settings.get("vlan_file", "")
        allowed, strange = _allowed(path, texts.get(path), self.interface, network) if dynamic else (None, [])
        policy = AirPolicy(
            name=wlan.name,
            enabled=True,
            vlan=network.vlan_of(bridge),
            bridged_at_ap=True,
            vlan_by_radius=dynamic,
            radius_vlans=allowed,
        )
        bss = Bss(self.interface, wlan, policy)
        return bss, servers, [*strange, *self._strange(bss, servers, bridge, hostname)]

    def _strange(self, bss: Bss, servers: Mapping[str, RadiusServer], bridge: str, hostname: str) -> list[Unread]:
        try:
            wanted = bss_lines(bss, servers, hostname)
        except ValueError:
            wanted = []
        known = Counter(_form(line) for line in wanted if not line.startswith("bridge="))
        lines = [line for line in self.lines if line.key not in HARMLESS and line.key != "bridge"]
        optional = any(option in line.value for line in lines if line.key == "sae_password" for option in OPTIONS)
        strange = [unread(self.path, line.number, line.form) for line in lines if line.form not in known]
        missing = known - Counter(line.form for line in lines)
        return [
            *strange,
            *(Unread(self.path, 0, line) for line in sorted(missing)),
            *([Unread(self.path, 0, "sae_password=")] if optional else []),
            *([Unread(self.path, 0, f"bridge={bridge}")] if bss.policy.vlan is None else []),
        ]


@dataclass
class RadioText:
    """The configuration of one radio."""

    path: str
    lines: list[Line] = field(default_factory=list)
    stations: list[StationText] = field(default_factory=list)

    @property
    def interface(self) -> str:
        """The radio's own."""
        return self.stations[0].interface

    def radio(self, power: int | None, hardware: Hardware) -> tuple[Band, AirRadio, list[Unread]]:
        """Band, channels, and lines that are not understood."""
        settings = {line.key: line.value for line in self.lines}
        band = read_band(settings)
        radio = read_radio(settings, power)
        understood = radio.channels and all(centre(band, one, radio.width) is not None for one in radio.channels)
        known = set(radio_lines(band, radio, hardware)) if understood and band in hardware.radios else set()
        own = [line for line in self.lines if line.key not in HARMLESS]
        missing = {line for line in known if line.partition("=")[0] not in HARMLESS} - {line.form for line in own}
        return (
            band,
            radio,
            [
                *(unread(self.path, line.number, line.form) for line in own if line.form not in known),
                *(Unread(self.path, 0, line) for line in sorted(missing)),
            ],
        )


def read_text(path: str, text: str) -> RadioText:
    """Split a configuration; what is before ``bss=`` is of the first BSS, whose interface is the radio's."""
    found = RadioText(path, stations=[StationText(path, "")])
    for number, written in enumerate(text.split("\n"), 1):
        if not written or written.startswith("#"):
            continue
        key, _, value = written.partition("=")
        line = Line(number, key, value)
        if key == "bss":
            found.stations.append(StationText(path, value))
        elif key in RADIO_KEYS:
            found.lines.append(line)
            if key == "interface":
                found.stations[0].interface = value
        else:
            found.stations[-1].lines.append(line)
    return found


def _form(line: str) -> str:
    key, _, value = line.partition("=")
    return Line(0, key, value).form


def _ssid(settings: Mapping[str, str]) -> str:
    """Name on the air; of one that is not understood, its text."""
    text = settings.get("ssid2", settings.get("ssid", ""))
    if text.startswith('"') and text.endswith('"') and len(text) > 1:
        return text[1:-1]
    try:
        return bytes.fromhex(text).decode() if "ssid2" in settings else text
    except ValueError:
        return text


def _servers(lines: Iterable[Line]) -> dict[str, RadiusServer]:
    """RADIUS servers by address, in their order; one that is not told of accounting has port 0 for it."""
    found: dict[str, dict[str, int]] = {}
    address = {"auth": "", "acct": ""}
    for line in lines:
        kind, _, what = line.key.partition("_server_")
        if kind not in address or not what:
            continue
        if what == "addr":
            address[kind] = line.value
            found.setdefault(line.value, {})[kind] = {"auth": 1812, "acct": 1813}[kind]
        elif what == "port" and line.value.isdecimal() and address[kind]:
            found[address[kind]][kind] = int(line.value)
    return {
        name: RadiusServer(name, name, ports.get("auth", 0), ports.get("acct", 0)) for name, ports in found.items()
    }


def _allowed(
    path: str, text: str | None, interface: str, network: Network
) -> tuple[frozenset[int] | None, list[Unread]]:
    """VLANs that a RADIUS server may say, and lines that are not understood; None: any."""
    found: set[int] = set()
    for number, line in enumerate((text or "").splitlines(), 1):
        identifier, *rest = line.split()
        vlan = int(identifier) if identifier.isdecimal() else 0
        if rest != [station_name(interface, vlan), bridge_name(vlan)] or network.vlan_of(bridge_name(vlan)) != vlan:
            return None, [Unread(path, number, line)]
        found.add(vlan)
    return (frozenset(found), []) if found else (None, [Unread(path, 0, path)])
