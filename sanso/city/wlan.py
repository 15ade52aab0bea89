"""Wireless: one SSID, one segment, one layer (WLAN-04)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sanso.city.element import Identifier, Named

WlanAuth = Literal["wpa2_enterprise", "wpa3_enterprise", "wpa2_psk", "wpa3_sae", "owe", "open"]


def _ssid(text: str) -> str:
    if len(text.encode()) > _SSID_OCTETS:
        raise ValueError(f"an SSID has at most {_SSID_OCTETS} octets, and a Japanese character takes 3 of them")
    return text


_SSID_OCTETS = 32
Ssid = Annotated[str, AfterValidator(_ssid)]


class Wlan(Named):
    """A WLAN that access points of the given sites offer."""

    ssid: Ssid = Field(min_length=1, max_length=32, description="Name on the air, at most 32 octets (IEEE 802.11).")
    segment: Identifier = Field(description="The one segment that its terminals are put in.")
    sites: list[Identifier] = Field(min_length=1, description="Sites whose access points offer it.")
    auth: WlanAuth = Field(description="How terminals get in; office layers need `…_enterprise` (WLAN-01).")
    eap: Literal["tls", "peap", "ttls"] | None = Field(
        default=None, description="EAP method of 802.1X; `tls` = client certificates (WLAN-02)."
    )
    radius: list[Identifier] = Field(
        default_factory=list, description="Nodes with role `radius` that know the terminals."
    )
    client_isolation: bool = Field(default=False, description="Whether terminals are kept from each other (WLAN-05).")
