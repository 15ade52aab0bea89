"""What terminals must show to get in: ``security …`` of a WLAN.

Source: Cisco Catalyst 9800 Series Wireless Controller Software Configuration Guide, IOS XE 17.9, "Wi-Fi Protected
Access 3" and "WLAN Security". A WLAN that says nothing asks for WPA2 with AES and 802.1X.
"""

from __future__ import annotations

from collections.abc import Iterable

from sanso.city.wlan import ENTERPRISE, WITH_PASSPHRASE
from sanso.network.secrets import HIDDEN, without_secrets
from sanso.network.wireless import AirWlan, Protection, Security, passphrase
from sanso.platforms.c9800.lines import begins, undo

_WPA, _WPA2, _WPA3 = "security wpa", "security wpa wpa2", "security wpa wpa3"
_AES = "security wpa wpa2 ciphers aes"
_AKM = "security wpa akm"
KNOBS: dict[Security, frozenset[str]] = {
    "wpa2_enterprise": frozenset({_WPA, _WPA2, _AES, f"{_AKM} dot1x"}),
    "wpa2_wpa3_enterprise": frozenset({_WPA, _WPA2, _WPA3, _AES, f"{_AKM} dot1x", f"{_AKM} dot1x-sha256"}),
    "wpa3_enterprise": frozenset({_WPA, _WPA3, _AES, f"{_AKM} dot1x-sha256"}),
    "wpa2_psk": frozenset({_WPA, _WPA2, _AES, f"{_AKM} psk"}),
    "wpa3_sae": frozenset({_WPA, _WPA3, _AES, f"{_AKM} sae"}),
    "owe": frozenset({_WPA, _WPA3, _AES, f"{_AKM} owe"}),
    "open": frozenset(),
}
"""The lines that are in force for each way to get in."""
DEFAULT: Security = "wpa2_enterprise"
_ORDER = (
    *(_WPA, _WPA2, _AES),
    *(f"{_AKM} {key}" for key in ("dot1x", "dot1x-sha256", "psk", "sae", "owe")),
    _WPA3,
)
"""All of them, as a device shows them."""
NO_FAST_ROAMING = "no security ft adaptive"
"""WPA3, OWE and open WLANs are refused while it is on."""
_HARMLESS = ("security ft", "security pmf", "security dot1x authentication-list", "security wpa psk set-key")
_ELSEWHERE = ("mac-filtering", "local-auth")
"""Further lines that bear on who gets in, beside those that begin with ``security``."""
_PAGE = "security web-auth"
"""Looks as if a secret followed, and none does."""


def read_security(lines: Iterable[str]) -> tuple[Security, tuple[str, ...]]:
    """How terminals get in, and the lines that bear on it and are not understood: with any it is ``other``."""
    knobs, other = set(KNOBS[DEFAULT]), []
    for line in lines:
        positive = line.removeprefix("no ")
        if positive in _ORDER:
            (knobs.discard if line != positive else knobs.add)(positive)
        elif not any(begins(positive, start) for start in _HARMLESS) and _bears(positive):
            other.append(line if begins(positive, _PAGE) else without_secrets(line).removesuffix(f" {HIDDEN}"))
    if other:
        return "other", tuple(other)
    if _WPA not in knobs:
        return "open", ()
    return next((auth for auth, wanted in KNOBS.items() if wanted == knobs), "other"), ()


def _bears(line: str) -> bool:
    return line.startswith("security ") or any(begins(line, start) for start in _ELSEWHERE)


def read_protection(lines: Iterable[str]) -> Protection:
    """What becomes of management frames."""
    found: Protection = "disabled"
    for line in lines:
        match line.split():
            case ["security", "pmf", "mandatory"]:
                found = "required"
            case ["security", "pmf", "optional"]:
                found = "optional"
    return found


def security_shown(wlan: AirWlan) -> list[str]:
    """The lines of a WLAN, those left out that need not be said."""
    wanted = KNOBS.get(wlan.security, frozenset())
    said = [knob for knob in _ORDER if (knob in wanted) != (knob in KNOBS[DEFAULT])]
    knobs = [knob if knob in wanted else f"no {knob}" for knob in said]
    return [NO_FAST_ROAMING, *_with_key(knobs, _key(wlan)), *_protection(wlan.protection)]


def security_typed(old: AirWlan | None, new: AirWlan) -> list[str]:
    """The lines that lead from one way to get in to another; the WLAN is shut meanwhile."""
    before: Security = old.security if old is not None else DEFAULT
    unsure = before in {"other", "open"}  # which lines of an open WLAN are in force is not told
    wanted = KNOBS.get(new.security, frozenset())
    held = frozenset(_ORDER) if unsure else KNOBS[before]
    off = [f"no {knob}" for knob in reversed(_ORDER) if knob in held - wanted]
    on = [knob for knob in sorted(_ORDER, key=_is_akm) if knob in (wanted if unsure else wanted - held)]
    key = _key(new) if before != new.security else []
    unprotected = ["no security pmf"] if old is not None and new.protection == "disabled" else []
    foreign = [undo(line) for line in old.other if line.removeprefix("no ").startswith("security ")] if old else []
    return [*foreign, *unprotected, NO_FAST_ROAMING, *off, *_with_key(on, key), *_protection(new.protection)]


def _is_akm(line: str) -> bool:
    return line.removeprefix("no ").startswith(f"{_AKM} ")


def _with_key(knobs: list[str], key: list[str]) -> list[str]:
    """Lines with the passphrase before the way to get in that asks for it."""
    at = next((number for number, knob in enumerate(knobs) if _is_akm(knob)), len(knobs))
    return [*knobs[:at], *key, *knobs[at:]]


def _key(wlan: AirWlan) -> list[str]:
    return [f"security wpa psk set-key ascii 0 {passphrase(wlan.name)}"] if wlan.security in WITH_PASSPHRASE else []


def _protection(protection: Protection) -> list[str]:
    return {"disabled": [], "optional": ["security pmf optional"], "required": ["security pmf mandatory"]}[protection]


def is_enterprise(wlan: AirWlan) -> bool:
    """Whether RADIUS servers have a say in who gets in."""
    return wlan.security in ENTERPRISE
