"""Wireless: one SSID, one segment, one layer (WLAN-04)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sanso.city.element import Element, Identifier, Named
from sanso.city.hours import WeeklyWindow
from sanso.city.state import STATES, State

WlanAuth = Literal[
    "wpa2_enterprise", "wpa2_wpa3_enterprise", "wpa3_enterprise", "wpa2_psk", "wpa3_sae", "owe", "open"
]
Pmf = Literal["disabled", "optional", "required"]
Band = Literal["2.4ghz", "5ghz", "6ghz"]
ENTERPRISE: frozenset[WlanAuth] = frozenset({"wpa2_enterprise", "wpa2_wpa3_enterprise", "wpa3_enterprise"})
"""Each terminal is authenticated by 802.1X."""
WITH_PASSPHRASE: frozenset[WlanAuth] = frozenset({"wpa2_psk", "wpa3_sae"})
PMF: dict[WlanAuth, Pmf] = {
    "wpa2_enterprise": "optional",
    "wpa2_wpa3_enterprise": "optional",
    "wpa3_enterprise": "required",
    "wpa2_psk": "optional",
    "wpa3_sae": "required",
    "owe": "required",
    "open": "disabled",
}
"""Protected management frames (802.11w) where the inventory says nothing; WPA3 and OWE require them."""


def _ssid(text: str) -> str:
    if len(text.encode()) > _SSID_OCTETS:
        raise ValueError(f"an SSID has at most {_SSID_OCTETS} octets, and a Japanese character takes 3 of them")
    return text


_SSID_OCTETS = 32
Ssid = Annotated[str, AfterValidator(_ssid)]


class RateLimit(Element):
    """How much one terminal may send and receive."""

    down_kbps: int = Field(ge=64, le=10_000_000, description="To a terminal, in kbit/s.")
    up_kbps: int = Field(ge=64, le=10_000_000, description="From a terminal, in kbit/s.")


class Portal(Element):
    """The page on which people sign on before they get anywhere."""

    url: str = Field(pattern=r"^https://[^\s]+$", max_length=200, description="Address of the page; https.")
    node: Identifier = Field(description="The machine that serves it.")
    sign_on: list[Literal["telephone", "social", "mail"]] = Field(
        min_length=1, description="How people show who they are: telephone callback, social login, confirmed mail."
    )


class Wlan(Named):
    """A WLAN that access points of the given sites offer."""

    ssid: Ssid = Field(min_length=1, max_length=32, description="Name on the air, at most 32 octets (IEEE 802.11).")
    segment: Identifier = Field(description="The segment that its terminals are put in.")
    sites: list[Identifier] = Field(min_length=1, description="Sites whose access points offer it.")
    auth: WlanAuth = Field(description="How terminals get in; office layers need `…_enterprise` (WLAN-01).")
    eap: Literal["tls", "peap", "ttls"] | None = Field(
        default=None, description="EAP method of 802.1X; `tls` = client certificates (WLAN-02)."
    )
    radius: list[Identifier] = Field(
        default_factory=list, description="Nodes with role `radius` that know the terminals."
    )
    radius_segments: list[Identifier] = Field(
        default_factory=list,
        description="Further segments, of the same layer, that the RADIUS server may put a terminal in.",
    )
    pmf: Pmf | None = Field(
        default=None, description="Protected management frames (802.11w); absent = what `auth` asks for."
    )
    bands: list[Band] = Field(
        default=["2.4ghz", "5ghz"], min_length=1, description="Bands on which it is offered, where a radio has them."
    )
    client_isolation: bool = Field(default=False, description="Whether terminals are kept from each other (WLAN-05).")
    rate_limit: RateLimit | None = Field(default=None, description="Cap for each terminal; absent = none.")
    schedule: list[WeeklyWindow] = Field(
        default_factory=list, description="When it is on the air, in the site's time zone; empty = always."
    )
    portal: Portal | None = Field(default=None, description="Captive portal; absent = none.")
    states: list[State] = Field(
        default=list(STATES), min_length=1, description="States of the city in which it is on the air."
    )

    @property
    def protection(self) -> Pmf:
        """What becomes of management frames."""
        return self.pmf or PMF[self.auth]

    @property
    def segments(self) -> tuple[str, ...]:
        """Every segment that its terminals may be in, the usual one first."""
        return tuple(dict.fromkeys((self.segment, *self.radius_segments)))
