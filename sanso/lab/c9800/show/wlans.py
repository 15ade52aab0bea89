"""``show wlan``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanso.lab.c9800.security import Security
from sanso.lab.c9800.wlan import wlan_ids
from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_AKM = {
    "802.1x": "dot1x",
    "PSK": "psk",
    "CCKM": "cckm",
    "FT dot1x": "ft dot1x",
    "FT PSK": "ft psk",
    "FT SAE": "ft sae",
    "Dot1x-SHA256": "dot1x-sha256",
    "PSK-SHA256": "psk-sha256",
    "SAE": "sae",
    "OWE": "owe",
}
"""Kinds of authentication as ``show`` calls them, and as they are configured."""
_PMF = {"mandatory": "Required", "optional": "Optional", "": "Disabled"}
_PEERS = {"drop": "Drop", "forward-upstream": "Forward-Upstream", "allow-private-group": "Allow-Private-Group"}
_BANDS = {"24ghz": "2.4ghz", "5ghz": "5ghz", "6ghz": "6ghz"}


def _found(shell: IosShell) -> list[tuple[int, str, str, Security]]:
    """Give the WLANs by their ids: id, profile, SSID, security."""
    settings = shell.device.config.settings
    rows = []
    for key, (number, ssid) in wlan_ids(settings).items():
        name = key.partition(" ")[2]
        rows.append((number, name.strip('"'), ssid.strip('"'), Security(settings.open(key))))
    return sorted(rows, key=lambda row: row[0])


def _brief(one: Security) -> str:
    """Tell the security in a word: ``[WPA3][802.1x-SHA256][AES]``."""
    web = ",[Web Auth]" if "security web-auth" in one.lines else ""
    if not one.wpa:
        return f"[open]{web}"
    versions = " + ".join(name for name, on in (("WPA2", one.wpa2), ("WPA3", one.wpa3)) if on)
    akm = " + ".join(title for title, word in _AKM.items() if word in one.akm)
    fast = ",[FT Enabled]" if one.fast_transition == "enabled" else ""
    return f"[{versions}][{akm}]{'[AES]' if one.aes else ''}{fast}{web}"


def summary(shell: IosShell, _: Match) -> str:
    """``show wlan summary``."""
    found = _found(shell)
    head = f"{'ID':<5}{'Profile Name':<33}{'SSID':<33}{'Status':<7}Security\n{'-' * 178}"
    rows = (
        f"{number:<5}{name:<33}{ssid:<33}{'UP' if one.enabled else 'DOWN':<7}{_brief(one)}"
        for number, name, ssid, one in found
    )
    return "\n".join([f"\nNumber of WLANs: {len(found)}\n", head, *rows, ""])


def _on(state: bool) -> str:
    return "Enabled" if state else "Disabled"


def _details(number: int, name: str, ssid: str, one: Security) -> Iterator[str]:
    lines = one.lines
    yield f"WLAN Profile Name     : {name}"
    yield "=" * 48
    bands = ", ".join(_BANDS[band] for band in sorted(one.bands)) or "All"
    web = "security web-auth"
    for depth, title, value in (
        (0, "Identifier", str(number)),
        (0, "Description", lines.value("description").strip('"')),
        (0, "Network Name (SSID)", ssid),
        (0, "Status", _on(one.enabled)),
        (0, "Broadcast SSID", _on("no broadcast-ssid" not in lines)),
        (0, "Number of Active Clients", "0"),
        (0, "Peer-to-Peer Blocking Action", _PEERS.get(lines.value("peer-blocking"), "Disabled")),
        (0, "Radio Policy", bands),
        (0, "802.1x authentication list name", lines.value("security dot1x authentication-list") or "Disabled"),
        (0, "802.1x authorization list name", "Disabled"),
        (0, "Security", None),
        (4, "802.11 Authentication", "Open System"),
        (4, "Static WEP Keys", "Disabled"),
        (4, "Wi-Fi Protected Access (WPA/WPA2/WPA3)", _on(one.wpa)),
        *_encryption(one),
        (4, "OWE Transition Mode", _on("security wpa transition-mode-wlan-id" in lines)),
        (
            4,
            "FT Support",
            {"disabled": "Disabled", "adaptive": "Adaptive", "enabled": "Enabled"}[one.fast_transition],
        ),
        (8, "FT Reassociation Timeout (secs)", lines.value("security ft reassociation-timeout", "20")),
        (8, "FT Over-The-DS mode", _on("security ft over-the-ds" in lines)),
        (4, "PMF Support", _PMF[one.pmf]),
        (8, "PMF Association Comeback Timeout (secs)", lines.value("security pmf association-comeback", "1")),
        (8, "PMF SA Query Time (msecs)", lines.value("security pmf saquery-retry-time", "200")),
        (4, "Web Based Authentication", _on(web in lines)),
        (4, "Webauth Authentication List Name", lines.value(f"{web} authentication-list") or "Disabled"),
        (4, "Webauth Parameter Map", lines.value(f"{web} parameter-map") or "Disabled"),
    ):
        yield " " * depth + title if value is None else f"{' ' * depth}{title:<{47 - depth}}: {value}"
    yield ""


def _encryption(one: Security) -> Iterator[tuple[int, str, str | None]]:
    """Rows that are there only where anything is encrypted."""
    if not one.wpa:
        return
    yield 8, "WPA (SSN IE)", "Disabled"
    yield 8, "WPA2 (RSN IE)", _on(one.wpa2)
    yield 12, "AES Cipher", _on(one.aes)
    yield 8, "WPA3 (WPA3 IE)", _on(one.wpa3)
    yield 8, "Auth Key Management", None
    for title, word in _AKM.items():
        yield 12, title, _on(word in one.akm)


def details(shell: IosShell, match: Match) -> str:
    """``show wlan id N``, ``show wlan name PROFILE``, ``show wlan all``."""
    wanted = match.get("id") or match.get("profile").strip('"')
    rows = [row for row in _found(shell) if wanted in ("", str(row[0]) if match.get("id") else row[1])]
    if wanted and not rows:
        return f"% WLAN {'ID ' if match.get('id') else 'profile '}{wanted} not found"
    return "\n".join(line for row in rows for line in _details(*row))


def wlan_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show wlan summary", summary),
        Command("show wlan id <id:1-4096>", details),
        Command("show wlan name <profile:name>", details),
        Command("show wlan all", details),
    ]
