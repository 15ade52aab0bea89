"""How terminals get in, as lines of a BSS, and back.

Source: hostapd.conf of hostapd 2.10; WPA3 Specification 3.1 (Wi-Fi Alliance), chapters 2, 3 and 5: enterprise alone
offers only SHA-256 and requires protected management frames, its transition offers both.
"""

from __future__ import annotations

from collections.abc import Mapping

from sanso.network.wireless import AirWlan, Auth, Protection, RadiusServer, Security, passphrase, shared_secret

KEY_MANAGEMENT: dict[Auth, str] = {
    "wpa2_enterprise": "WPA-EAP",
    "wpa2_wpa3_enterprise": "WPA-EAP WPA-EAP-SHA256",
    "wpa3_enterprise": "WPA-EAP-SHA256",
    "wpa2_psk": "WPA-PSK",
    "wpa3_sae": "SAE",
    "owe": "OWE",
}
ENTERPRISE = frozenset({"wpa2_enterprise", "wpa2_wpa3_enterprise", "wpa3_enterprise"})
PROTECTION: dict[Protection, str] = {"disabled": "0", "optional": "1", "required": "2"}
_AUTHS = {frozenset(words.split()): auth for auth, words in KEY_MANAGEMENT.items()}
_PROTECTIONS = {number: word for word, number in PROTECTION.items()}


def security_lines(wlan: AirWlan, servers: Mapping[str, RadiusServer], identifier: str) -> list[str]:
    """Lines of a BSS that say who gets in; secrets are placeholders."""
    if wlan.security == "open":
        return ["wpa=0", "auth_algs=1"]
    if wlan.security == "other":
        raise ValueError(f"{wlan.name}: what a configuration says and no word is for cannot be written")
    lines = [
        "wpa=2",
        "auth_algs=1",
        f"wpa_key_mgmt={KEY_MANAGEMENT[wlan.security]}",
        "rsn_pairwise=CCMP",
        f"ieee80211w={PROTECTION[wlan.protection]}",
    ]
    if wlan.security in ENTERPRISE:
        lines += ["ieee8021x=1", f"nas_identifier={identifier}"]
        lines += [line for name in wlan.radius for line in _server_lines(servers[name])]
    elif wlan.security == "wpa2_psk":
        lines.append(f"wpa_passphrase={passphrase(wlan.name)}")
    elif wlan.security == "wpa3_sae":
        # hash-to-element too, which 6 GHz has alone (IEEE 802.11-2020, 12.4.4)
        lines += [f"sae_password={passphrase(wlan.name)}", "sae_pwe=2", "sae_require_mfp=1"]
    return lines


def _server_lines(server: RadiusServer) -> list[str]:
    secret = shared_secret(server.name)
    return [
        f"auth_server_addr={server.address}",
        f"auth_server_port={server.authentication_port}",
        f"auth_server_shared_secret={secret}",
        f"acct_server_addr={server.address}",
        f"acct_server_port={server.accounting_port}",
        f"acct_server_shared_secret={secret}",
    ]


def allowed_at_6ghz(wlan: AirWlan) -> bool:
    """Whether 6 GHz has this kind of security: what came before WPA3 is not there (IEEE 802.11ax-2021, 12.12)."""
    return wlan.protection == "required" and wlan.security not in ("wpa2_psk", "open")


def read_security(settings: Mapping[str, str]) -> Security:
    """What the settings of a BSS come nearest to; whoever asks looks whether all of them fit."""
    if settings.get("wpa", "0") == "0":
        return "open"
    return _AUTHS.get(frozenset(settings.get("wpa_key_mgmt", "WPA-PSK").split()), "other")


def read_protection(settings: Mapping[str, str]) -> Protection:
    """What becomes of management frames."""
    return _PROTECTIONS.get(settings.get("ieee80211w", "0"), "disabled")
