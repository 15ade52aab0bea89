"""A bridge for each VLAN, and on the uplink a tagged interface in it, as files of systemd-networkd, and back.

Source: systemd.netdev(5), systemd.network(5).  No client VLAN gets an address, and none is learnt there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from sanso.platforms.hostapd.files import NETWORK, UPLINK, File, Unread, is_own, unread
from sanso.platforms.hostapd.hardware import Hardware, bridge_name, vlan_name

_QUIET = "LinkLocalAddressing=no\nIPv6AcceptRA=no\nDHCP=no\n"
"""Settings by which an interface has no address, whoever offers one."""
_KNOWN = {
    ("Match", "Name"),
    ("Network", "Bridge"),
    ("Network", "VLAN"),
    ("NetDev", "Name"),
    ("NetDev", "Kind"),
    ("VLAN", "Id"),
}
_SILENT = {("Network", line.partition("=")[0]) for line in _QUIET.splitlines()}
"""Settings that have one value only."""


def network_files(vlans: Iterable[int], hardware: Hardware) -> Iterator[File]:
    """Files of the VLANs that leave by the uplink."""
    ordered = sorted(vlans)
    names = "".join(f"VLAN={vlan_name(vlan)}\n" for vlan in ordered)
    yield File(UPLINK.format(network=hardware.network), f"[Network]\n{names}")
    for vlan in ordered:
        bridge, tagged = bridge_name(vlan), vlan_name(vlan)
        place = f"{NETWORK}20-sanso-"
        yield File(f"{place}{bridge}.netdev", f"[NetDev]\nName={bridge}\nKind=bridge\n")
        yield File(f"{place}{bridge}.network", f"[Match]\nName={bridge}\n\n[Network]\n{_QUIET}")
        yield File(f"{place}{tagged}.netdev", f"[NetDev]\nName={tagged}\nKind=vlan\n\n[VLAN]\nId={vlan}\n")
        yield File(f"{place}{tagged}.network", f"[Match]\nName={tagged}\n\n[Network]\nBridge={bridge}\n{_QUIET}")


@dataclass
class Network:
    """What the files of systemd-networkd say."""

    bridges: set[str] = field(default_factory=set)
    vlans: dict[str, int] = field(default_factory=dict)
    """Tagged interface → VLAN."""
    uplink: set[str] = field(default_factory=set)
    """Tagged interfaces that the uplink has."""
    members: dict[str, set[str]] = field(default_factory=dict)
    """Bridge → interfaces in it."""
    quiet: set[str] = field(default_factory=set)
    """Interfaces that have no address of any kind."""
    unread: list[Unread] = field(default_factory=list)

    def vlan_of(self, bridge: str) -> int | None:
        """The one VLAN that a bridge leads to; None where it leads nowhere, to several, or is not understood."""
        members = self.members.get(bridge, set())
        if bridge not in self.bridges or len(members) != 1 or not members <= self.uplink:
            return None
        return self.vlans.get(next(iter(members)))


def read_network(files: Mapping[str, str], hardware: Hardware) -> Network:
    """Read the files below the folder of systemd-networkd; the machine's own file of its uplink is not looked at."""
    found = Network()
    own = NETWORK + hardware.network
    for path, text in sorted(files.items()):
        if path.startswith(NETWORK) and path.endswith((".network", ".netdev", ".conf")) and path != own:
            _read_file(path, text, path == UPLINK.format(network=hardware.network), found)
    return found


def _read_file(path: str, text: str, of_uplink: bool, found: Network) -> None:
    settings: dict[tuple[str, str], list[str]] = {}
    strange: list[Unread] = []
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = match[1]
            continue
        name, sign, value = line.partition("=")
        key = (section, name)
        if not line or line.startswith("#"):
            continue
        if not sign or key not in (_SILENT if value == "no" else _KNOWN):
            strange.append(unread(path, number, line))
        settings.setdefault(key, []).append(value)
    if is_own(path) or ("Network", "Bridge") in settings:  # other interfaces of the machine are its own affair
        found.unread += strange
    name = "".join(settings.get(("NetDev", "Name"), settings.get(("Match", "Name"), [])))
    tag = "".join(settings.get(("VLAN", "Id"), []))
    if settings.get(("NetDev", "Kind")) == ["bridge"]:
        found.bridges.add(name)
    if settings.get(("NetDev", "Kind")) == ["vlan"] and tag.isdecimal():
        found.vlans[name] = int(tag)
    if of_uplink:
        found.uplink.update(settings.get(("Network", "VLAN"), []))
    for bridge in settings.get(("Network", "Bridge"), []):
        found.members.setdefault(bridge, set()).add(name)
    if path.endswith(".network") and all(settings.get(key) == ["no"] for key in _SILENT):
        found.quiet.add(name)
