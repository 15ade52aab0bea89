"""Neutral facts of a wireless controller: what it puts on the air, and into which VLAN its clients' frames go.

As with switches, :mod:`sanso.render` makes the facts that the city intends, and a platform's parser reads them from
configuration text; what is in neither is not ours to see or touch. An access point that is configured by itself is a
controller with one access point. Passphrases and the secrets of RADIUS servers are no facts: a device does not tell
them, and nobody else shall.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Auth = Literal["wpa2_enterprise", "wpa2_wpa3_enterprise", "wpa3_enterprise", "wpa2_psk", "wpa3_sae", "owe", "open"]
Security = Auth | Literal["other"]
"""What a client must show; ``other`` is what a configuration says and these words do not."""
Protection = Literal["disabled", "optional", "required"]
Band = Literal["2.4ghz", "5ghz", "6ghz"]
EVERY_BAND: frozenset[Band] = frozenset({"2.4ghz", "5ghz", "6ghz"})


def passphrase(wlan: str) -> str:
    """What stands in a command for the passphrase of a WLAN, until it is sent."""
    return f"<passphrase of {wlan}>"


def shared_secret(server: str) -> str:
    """What stands in a command for the secret that is shared with a RADIUS server, until it is sent."""
    return f"<secret of {server}>"


PLACEHOLDER = re.compile(r"<(?:passphrase|secret) of [^<>]+>")
"""Matches both."""


def by_placeholder(passphrases: Mapping[str, str], shared_secrets: Mapping[str, str]) -> dict[str, str]:
    """Secrets by what stands for them: passphrases are given by WLAN, shared secrets by RADIUS server."""
    known = {passphrase(name): value for name, value in passphrases.items()}
    return known | {shared_secret(name): value for name, value in shared_secrets.items()}


def with_secrets(text: str, passphrases: Mapping[str, str], shared_secrets: Mapping[str, str]) -> str:
    """A text with secrets in their places.

    Args:
        text: with what :func:`passphrase` and :func:`shared_secret` give.
        passphrases: by WLAN.
        shared_secrets: by RADIUS server.

    Raises:
        LookupError: a secret is missing; the message is its place in the text.
    """
    known = by_placeholder(passphrases, shared_secrets)

    def secret(place: re.Match[str]) -> str:
        if place[0] not in known:
            raise LookupError(place[0])
        return known[place[0]]

    return PLACEHOLDER.sub(secret, text)


@dataclass(frozen=True)
class RadiusServer:
    """A RADIUS server that terminals are authenticated at."""

    name: str
    address: str
    """IPv4 or IPv6."""
    authentication_port: int = 1812
    accounting_port: int = 1813


@dataclass(frozen=True)
class Hours:
    """When a WLAN is on the air: days ``mon`` … ``sun``, times HH:MM; an end not after the start is tomorrow's."""

    days: tuple[str, ...]
    start: str
    end: str


@dataclass(frozen=True)
class AirWlan:
    """A WLAN as a controller has it: how terminals get in."""

    name: str
    ssid: str
    enabled: bool
    security: Security
    protection: Protection = "disabled"
    radius: tuple[str, ...] = ()
    """RADIUS servers in the order in which they are asked."""
    bands: frozenset[Band] = EVERY_BAND
    isolated: bool = False
    """Whether terminals are kept from each other."""
    portal: str = ""
    """Address of the page on which people sign on; empty: none."""
    portal_address: str = ""
    """IP address of the machine that serves the page, which is reached before signing on."""
    other: tuple[str, ...] = ()
    """Lines of a configuration that bear on who gets in and that these words do not cover; none is ever intended."""
    number: int = field(default=0, compare=False)
    """The controller's own number of it, 0 where there is none yet."""


@dataclass(frozen=True)
class AirPolicy:
    """What becomes of the frames of a WLAN's terminals."""

    name: str
    enabled: bool
    vlan: int | None
    """VLAN of its frames; None where the configuration tells none, which leaves them in the access point's own."""
    bridged_at_ap: bool
    """Whether the access point puts them on its own cable; else the controller does, on its own."""
    vlan_by_radius: bool = False
    """Whether the RADIUS server's answer may say another VLAN."""
    radius_vlans: frozenset[int] | None = None
    """VLANs that its answer may say where the access point itself holds it to them; None: it takes whatever comes."""
    down_kbps: int | None = None
    up_kbps: int | None = None
    hours: tuple[Hours, ...] = ()
    other: tuple[str, ...] = ()
    """Lines that bear on where frames go and that these words do not cover; none is ever intended."""


@dataclass(frozen=True)
class AirGroup:
    """WLANs that access points offer together, each with its policy."""

    name: str
    policies: Mapping[str, str]
    """WLAN → policy."""
    other: tuple[str, ...] = ()
    """Lines that may offer something and that these words do not cover; none is ever intended."""

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted(self.policies.items())), self.other))


@dataclass(frozen=True)
class AirSite:
    """Access points of one site: in which VLAN they themselves are, untagged on their cable."""

    name: str
    native_vlan: int | None
    """None where every VLAN has its tag."""
    local: bool = False
    """Whether they tunnel all frames to the controller, whatever a policy says."""
    vlans: frozenset[int] = frozenset()
    """VLANs that a RADIUS server's answer may name, and that they must know for it."""
    other: tuple[str, ...] = ()
    """Lines that bear on who gets in or where frames go and that these words do not cover; none is ever intended."""


@dataclass(frozen=True)
class AirRadio:
    """What a radio may choose from: channels, width in MHz, highest power in dBm (None: the device's own)."""

    channels: frozenset[int]
    width: int = 20
    power: int | None = None


@dataclass(frozen=True)
class AirPlan:
    """A radio plan that access points share, by band."""

    name: str
    radios: Mapping[Band, AirRadio]

    def __hash__(self) -> int:
        return hash((self.name, tuple(sorted(self.radios.items()))))


@dataclass(frozen=True)
class AirAp:
    """An access point by its MAC address (lower case, colons), and what it was given."""

    mac: str
    group: str
    site: str
    plan: str
    name: str = field(default="", compare=False)
    """Name in the inventory, where that is known."""


@dataclass(frozen=True)
class WirelessFacts:
    """Everything in scope on one wireless controller."""

    hostname: str
    platform: str
    radius: Mapping[str, RadiusServer] = field(default_factory=dict)
    wlans: Mapping[str, AirWlan] = field(default_factory=dict)
    policies: Mapping[str, AirPolicy] = field(default_factory=dict)
    groups: Mapping[str, AirGroup] = field(default_factory=dict)
    sites: Mapping[str, AirSite] = field(default_factory=dict)
    plans: Mapping[str, AirPlan] = field(default_factory=dict)
    aps: Mapping[str, AirAp] = field(default_factory=dict)
    """By MAC address."""
    strays: frozenset[str] = frozenset()
    """What the project made for one of the above and nothing uses any more, by the line that makes it."""
    doubts: tuple[str, ...] = ()
    """Lines beside all these that may put something on the air; they are left, and nothing is proved with them."""
    presets: WirelessFacts | None = field(default=None, compare=False)
    """The controller's own policy, group and site, which it gives an access point (of no MAC address) without any;
    they are not in scope."""
