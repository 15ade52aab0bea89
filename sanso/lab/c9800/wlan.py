"""WLAN profiles: ``wlan PROFILE ID SSID`` and what stands below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.c9800.secrets import encrypted, uses_aes
from sanso.lab.c9800.security import refuse
from sanso.lab.grammar import Command, Handler, IncompleteCommand, Match
from sanso.lab.keep import Kept, commands, rank_of

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell
    from sanso.lab.tree import Section

_FT, _FT_ADAPTIVE = Kept("security ft"), Kept("security ft adaptive")
_PSK = Kept("security wpa psk set-key ~ {ascii|hex} {0|8} <key:line>")
AKM = ("psk", "cckm", "ft dot1x", "ft psk", "ft sae", "dot1x-sha256", "psk-sha256", "sae", "owe")
"""Kinds of authentication and key management beside 802.1X, in the order in which they are printed."""

ROWS = (
    Kept("description ~ <text:line>"),
    Kept("assisted-roaming dual-list"),
    Kept("band-select"),
    Kept("broadcast-ssid", "on"),
    Kept("bss-transition", "on"),
    Kept("bss-transition dual-list"),
    Kept("client association limit ~ <clients:0-64000>", default="0"),
    Kept("client association limit ap ~ <clients:0-1200>", default="0"),
    Kept("client association limit radio ~ <clients:0-500>", default="200"),
    Kept("device-analytics", "on"),
    Kept("dot11ax", "on"),
    Kept("ip access-group web ~ <name:word>"),
    Kept("ipv6 traffic-filter web ~ <name:word>"),
    Kept("mac-filtering ~ <list:word>"),
    Kept("mdns-sd-interface ~ {drop|gateway}"),
    Kept("peer-blocking ~ {allow-private-group|drop|forward-upstream}"),
    *(Kept(f"radio policy dot11 {band}") for band in ("24ghz", "5ghz", "6ghz")),
    _FT,
    _FT_ADAPTIVE,
    Kept("security ft over-the-ds"),
    Kept("security ft reassociation-timeout ~ <seconds:1-100>", default="20"),
    Kept("security wpa", "on"),
    Kept("security wpa wpa2", "on"),
    Kept("security wpa wpa2 ciphers aes", "on"),
    _PSK,
    Kept("security wpa akm dot1x", "on"),
    *(Kept(f"security wpa akm {kind}") for kind in AKM),
    Kept("security wpa akm sae pwe ~ {both-h2e-hnp|h2e|hnp}", default="both-h2e-hnp"),
    Kept("security wpa wpa3"),
    Kept("security wpa transition-mode-wlan-id ~ <id:1-4096>"),
    Kept("transition-disable"),
    Kept("security dot1x authentication-list ~ <list:word>"),
    Kept("security web-auth"),
    Kept("security web-auth authentication-list ~ <list:word>"),
    Kept("security web-auth authorization-list ~ <list:word>"),
    Kept("security web-auth on-macfilter-failure"),
    Kept("security web-auth parameter-map ~ <name:word>"),
    Kept("security pmf association-comeback ~ <seconds:1-20>", default="1"),
    Kept("security pmf saquery-retry-time ~ <msec:100-500>", default="200"),
    Kept("security pmf ~ {mandatory|optional}"),
    # what a new WLAN is: so the line that is kept says the opposite
    Kept("shutdown", "on"),
)


def fast_transition(shell: IosShell, match: Match) -> None:
    """``security ft`` (always), ``security ft adaptive`` (the default), ``no security ft`` (never)."""
    for section in shell.lines():
        section.remove("security ft")
        section.remove("no security ft adaptive")
        if match.negated:
            section.set("no security ft adaptive", rank=rank_of(ROWS, _FT_ADAPTIVE.syntax, 0))
        elif match.key == "security ft" and not match.defaulted:
            section.set("security ft", rank=rank_of(ROWS, _FT.syntax, 0))


def passphrase(shell: IosShell, match: Match) -> str | None:
    """``security wpa psk set-key ascii 0 WORD``; with ``password encryption aes`` it is printed encrypted (8)."""
    key = match.get("key").strip('"')
    kind = "hex" if match.get("hex") else "ascii"
    wanted = match.negated or match.defaulted or match.get("8")
    if not wanted and not (len(key) == 64 if kind == "hex" else 8 <= len(key) <= 63):
        return "% Hex keys need to be 64 characters. ASCII keys need to be 8 to 63 characters"
    for section in shell.lines():
        section.remove(match.key)
        if match.negated or match.defaulted:
            continue
        if match.get("8"):
            value = f"{kind} 8 {key}"
        else:
            value = f"{kind} 8 {encrypted(key)}" if uses_aes(shell.device.config) else f"{kind} 0 {key}"
        section.set(match.key, value, rank_of(ROWS, _PSK.syntax, 0))
    return None


_SPECIAL: dict[str, Handler] = {
    _FT.syntax: fast_transition,
    _FT_ADAPTIVE.syntax: fast_transition,
    _PSK.syntax: passphrase,
}


def wlan_ids(settings: Section) -> dict[str, tuple[int, str]]:
    """Give the id and the SSID of each profile by its key in the configuration."""
    found = {}
    for entry in settings.under("wlan"):
        number, _, ssid = entry.value.partition(" ")
        found[entry.key] = (int(number), ssid)
    return found


def opening(rank: int) -> Command:
    """Make the command ``wlan PROFILE [ID [SSID]]``; without an SSID the profile's name is it."""

    def run(shell: IosShell, match: Match) -> str | None:
        settings = shell.device.config.settings
        if match.negated or match.defaulted:
            settings.remove(match.key)
            return None
        known = wlan_ids(settings)
        if match.get("id"):
            wanted = (int(match["id"]), match.get("ssid") or match["name"])
            if match.key not in known and any(number == wanted[0] for number, _ in known.values()):
                return f"% WLAN ID {wanted[0]} is already in use by another WLAN profile"
            if match.key in known and (wanted[0] != known[match.key][0]):
                return f"% WLAN profile {match['name']} exists with WLAN ID {known[match.key][0]}"
            if match.key in known and wanted != known[match.key]:
                return f"% WLAN profile {match['name']} exists with SSID {known[match.key][1]}"
            settings.set(match.key, f"{wanted[0]} {wanted[1]}", rank)
        elif match.key not in known:
            raise IncompleteCommand(len(match.line.raw))
        settings.open(match.key)
        shell.go("wlan", [(match.key,)])
        return None

    return Command("wlan <name:name> ~ [<id:1-4096>] [<ssid:name>]", run)


def wlan_commands() -> list[Command]:
    """Give the commands below a WLAN."""
    return commands(ROWS, 0, "wlan.", _SPECIAL, refuse)
