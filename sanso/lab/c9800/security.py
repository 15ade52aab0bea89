"""What a controller does not let a person do to a WLAN.

The rules and their words are those of ``Cisco-IOS-XE-wireless-wlan-cfg.yang`` of IOS XE 17.9.1, as far as the
commands that they speak of are emulated.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sanso.lab.grammar import Match
from sanso.lab.tree import Section

SHUT_FIRST = "% WLAN needs to be disabled before performing this operation."

_AKM = "security wpa akm "
_OF_8021X = frozenset({"dot1x", "dot1x-sha256", "ft dot1x", "cckm"})
_OF_PSK = frozenset({"psk", "psk-sha256", "ft psk"})
_OF_WPA3 = frozenset({"sae", "ft sae", "owe"})


@dataclass(frozen=True)
class Security:
    """What the lines of a WLAN come to, defaults and all."""

    lines: Section

    def _is_on(self, key: str) -> bool:
        """Tell a setting that is on unless it is turned off."""
        return f"no {key}" not in self.lines

    @property
    def enabled(self) -> bool:
        """Whether the WLAN is on the air."""
        return "no shutdown" in self.lines

    @property
    def wpa(self) -> bool:
        """Whether it is encrypted at all."""
        return self._is_on("security wpa")

    @property
    def wpa2(self) -> bool:
        """Whether WPA2 is offered."""
        return self._is_on("security wpa wpa2")

    @property
    def wpa3(self) -> bool:
        """Whether WPA3 is offered."""
        return "security wpa wpa3" in self.lines

    @property
    def aes(self) -> bool:
        """Whether AES (CCMP128) is offered, which WPA3 takes as well."""
        return self._is_on("security wpa wpa2 ciphers aes")

    @property
    def akm(self) -> frozenset[str]:
        """Kinds of authentication and key management, as the command line spells them."""
        usual = {"dot1x"} if self._is_on(f"{_AKM}dot1x") else set()
        return frozenset(usual | {key.removeprefix(_AKM) for key in self.lines.entries if key.startswith(_AKM)})

    @property
    def psk(self) -> bool:
        """Whether there is a passphrase."""
        return "security wpa psk set-key" in self.lines

    @property
    def pmf(self) -> str:
        """Protected management frames: ``mandatory``, ``optional`` or empty."""
        return self.lines.value("security pmf")

    @property
    def fast_transition(self) -> str:
        """``enabled``, ``adaptive`` (the default) or ``disabled``."""
        if "security ft" in self.lines:
            return "enabled"
        return "adaptive" if self._is_on("security ft adaptive") else "disabled"

    @property
    def bands(self) -> frozenset[str]:
        """Bands that it is limited to; none: on all of them."""
        return frozenset(entry.key.split()[3] for entry in self.lines.under("radio policy dot11"))


Rule = tuple[Callable[[Security], bool], str]

#: what is wrong whether the WLAN is enabled or not
ALWAYS: tuple[Rule, ...] = (
    (
        lambda one: "sae" in one.akm and not one.psk,
        "PSK passphrase must be configured when SAE is configured",
    ),
    (
        lambda one: "ft sae" in one.akm and not one.psk,
        "PSK passphrase must be configured when FT-SAE is configured",
    ),
    (
        lambda one: "sae" in one.akm and bool(one.akm & _OF_8021X),
        "WEP/TKIP/WPA1-AES/802.1x/CCKM and SAE cannot be enabled simultaneously",
    ),
    (
        lambda one: "ft sae" in one.akm and one.fast_transition != "enabled",
        "FT-SAE requires FT enabled",
    ),
    (
        lambda one: "owe" in one.akm and bool(one.akm & {"sae", "ft sae"}),
        "SAE/FT-SAE and OWE cannot be enabled simultaneously",
    ),
    (
        lambda one: "owe" in one.akm and bool(one.akm & (_OF_8021X | _OF_PSK)),
        "WEP/TKIP/WPA1-AES/PSK/802.1x/CCKM and OWE cannot be enabled simultaneously",
    ),
    (
        lambda one: "owe" in one.akm and one.wpa2,
        "WPA2 and OWE cannot be enabled simultaneously",
    ),
    (
        lambda one: "6ghz" in one.bands and (one.wpa2 or not one.wpa3 or one.pmf != "mandatory"),
        "6GHz is allowed only when WPA2 is disabled and WPA3, PMF, dot11ax is enabled.",
    ),
    (
        lambda one: "security wpa transition-mode-wlan-id" in one.lines and bool(one.akm - {"owe"}),
        "Transition mode WLAN ID cannot be set in non OWE/Open WLAN",
    ),
)

#: what is wrong with a WLAN that is to be enabled
ENABLED: tuple[Rule, ...] = (
    (
        lambda one: one.wpa3 and not (one.aes and one.akm & (_OF_WPA3 | {"dot1x-sha256", "ft dot1x"})),
        "WPA3 security valid combinations: 1. GCMP cipher, 2. Dot1x-SHA256/FT-Dot1x AKM and AES cipher, "
        "3. SAE/FT-SAE/OWE AKM and AES cipher",
    ),
    (
        lambda one: one.wpa3 and not one.wpa2 and "sae" in one.akm and one.fast_transition == "adaptive",
        "FT adaptive is not allowed with SAE AKM in WPA3 only WLAN",
    ),
    (
        lambda one: one.wpa3 and "owe" in one.akm and one.fast_transition != "disabled",
        "FT must be disabled in OWE WLAN",
    ),
    (
        lambda one: one.wpa3 and not one.wpa2 and "dot1x" in one.akm,
        "Dot1x AKM is not allowed in WPA3 only WLAN",
    ),
    (
        lambda one: not one.wpa3 and bool(one.akm & _OF_WPA3),
        "WPA3 must be enabled if SAE/FT-SAE/OWE AKM is configured",
    ),
    (
        lambda one: one.wpa3 and one.pmf != "mandatory" and not (one.wpa2 and one.pmf == "optional"),
        "Valid pmf-options values are: 1. apf-vap-pmf-required in WPA3 WLAN, "
        "2. either apf-vap-pmf-optional or apf-vap-pmf-required in WPA2+WPA3 WLAN",
    ),
    (
        lambda one: one.wpa3 and not one.wpa2 and bool(one.akm & _OF_PSK),
        "AKM auth-key-mgmt-psk, auth-key-mgmt-psk-sha256 and auth-key-mgmt-ft-psk must be set to false in WPA3 only "
        "WLAN",
    ),
    (
        lambda one: "psk" in one.akm and not one.psk,
        "AKM PSK can be enabled only when PSK key is set or Easy-PSK is enabled or mPSK is enabled and at least one "
        "mPSK key is configured",
    ),
    (
        lambda one: "transition-disable" in one.lines and not one.wpa3,
        "WPA3 must be enabled to configure transition disable feature",
    ),
)


def refuse(match: Match, before: Section, after: Section) -> str | None:
    """Say why a WLAN may not be changed like this, or ``None``."""
    if Security(before).enabled and match.key != "shutdown":
        return SHUT_FIRST
    one = Security(after)
    rules = ALWAYS + (ENABLED if one.enabled else ())
    return next((f"% {words}" for broken, words in rules if broken(one)), None)
