"""Access points, where they hang and what their radios do, and the controllers that they belong to."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sanso.city.element import Element, Identifier, Named, Words
from sanso.city.wlan import Band

HostName = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9-]{0,62}$")]
Mac = Annotated[str, Field(pattern=r"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$")]
"""A MAC address, lower case, with colons."""


class Radio(Element):
    """What one radio of an access point does."""

    channel: int = Field(ge=1, le=233, description="Primary channel (IEEE 802.11).")
    width: int = Field(default=20, description="Channel width in MHz: 20, 40, 80 or 160.")
    power: int | None = Field(default=None, ge=1, le=30, description="Transmit power in dBm; absent = the device's.")
    fallback: int | None = Field(
        default=None, ge=1, le=233, description="Channel to go to when radar is heard on a channel with DFS."
    )


class AccessPoint(Element):
    """An access point: where it hangs, the switch port it hangs on, its radios, and who configures it.

    The WLANs that it offers are those of its switch port.
    """

    hostname: HostName = Field(description="Name in the inventory.")
    site: Identifier = Field(description="The site whose group the host is in.")
    groups: list[str] = Field(default_factory=list, description="Groups the host is in.")
    platform: str | None = Field(
        default=None, description="What it runs, where it is configured by itself: `hostapd` (`sanso_platform`)."
    )
    controller: str | None = Field(default=None, description="Controller that configures it, else.")
    building: Identifier = Field(description="The building, as a group of hosts is called.")
    floor: int = Field(ge=-9, le=99, description="Floor; the ground floor is 1, the first basement -1.")
    room: Words = Field(description="Room or place, for people.")
    mac: Mac = Field(description="MAC address of its Ethernet port.")
    switch: str = Field(description="The switch that it hangs on, by its name in the inventory.")
    port: str = Field(description="The port of that switch, by its full name; its profile is `ap`.")
    indoor: bool = Field(default=True, description="Whether it hangs inside a building (W52, W53: indoors only).")
    radios: dict[Band, Radio] = Field(min_length=1, description="Its radios, by band.")
    neighbours: list[str] = Field(
        default_factory=list, description="Access points that it hears well, so that they need other channels."
    )
    model: str | None = Field(default=None, description="Hardware, for people.")


class Controller(Named):
    """A wireless LAN controller; access points bridge their WLANs themselves, at their own switch port."""

    hostname: HostName = Field(description="Name in the inventory.")
    site: Identifier = Field(description="The site whose group the host is in.")
    groups: list[str] = Field(default_factory=list, description="Groups the host is in.")
    platform: str = Field(description="Network OS: the name of a folder of `sanso/platforms` (`sanso_platform`).")
    switch: str = Field(description="The switch that it hangs on, by its name in the inventory.")
    port: str = Field(description="The port of that switch, by its full name.")
    model: str | None = Field(default=None, description="Hardware, for people.")
