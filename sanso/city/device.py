"""Network devices and what each of their ports is for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from sanso.city.element import Element, Identifier, Named

Description = Annotated[str, Field(max_length=80, pattern=r"^[\x20-\x7e]*$")]


class _Port(Element):
    description: Description | None = Field(
        default=None, description="Text on the port, ASCII; by default made from the profile."
    )


class AccessPort(_Port):
    """A port for terminals, servers or printers of one segment, untagged."""

    profile: Literal["access"] = Field(description="What the port is for: `access`.")
    segment: Identifier = Field(description="The segment, untagged.")


class TrunkPort(_Port):
    """A tagged link, downwards; ``to`` and ``to_port`` where the other end is a managed device."""

    profile: Literal["trunk"] = Field(description="What the port is for: `trunk`.")
    to: str | None = Field(default=None, description="The other end's name in the inventory.")
    to_port: str | None = Field(default=None, description="The other end's port, by its full name.")
    segments: list[Identifier] | None = Field(default=None, description="Carried; absent = all at the site.")
    native: Identifier | None = Field(default=None, description="Untagged; absent = the dead native VLAN.")


class UplinkPort(_Port):
    """A tagged link towards the site's gateway."""

    profile: Literal["uplink"] = Field(description="What the port is for: `uplink`.")
    to: str = Field(description="The other end's name in the inventory.")
    to_port: str = Field(description="The other end's port, by its full name.")
    segments: list[Identifier] | None = Field(default=None, description="Carried; absent = all at the site.")
    native: Identifier | None = Field(default=None, description="Untagged; absent = the dead native VLAN.")


class ApPort(_Port):
    """A port for an access point: its management untagged, the segments of its WLANs tagged."""

    profile: Literal["ap"] = Field(description="What the port is for: `ap`.")
    wlans: list[Identifier] | None = Field(default=None, description="Offered; absent = all at the site.")
    segment: Identifier | None = Field(default=None, description="AP management; absent = the city's own.")


class HypervisorPort(_Port):
    """A port for a virtualization host: the given segments tagged."""

    profile: Literal["hypervisor"] = Field(description="What the port is for: `hypervisor`.")
    segments: list[Identifier] = Field(min_length=1, description="Segments of its virtual machines, tagged.")
    native: Identifier | None = Field(default=None, description="Untagged; absent = the dead native VLAN.")


class ExternalPort(_Port):
    """A port that somebody else configures, such as the one to the line's router: left as it is."""

    profile: Literal["external"] = Field(description="What the port is for: `external`.")


class UnusedPort(_Port):
    """A port that nothing is plugged into: shut, and in the dead VLAN."""

    profile: Literal["unused"] = Field(description="What the port is for: `unused`.")


PortProfile = Annotated[
    AccessPort | TrunkPort | UplinkPort | ApPort | HypervisorPort | ExternalPort | UnusedPort,
    Field(discriminator="profile"),
]


class Device(Named):
    """A managed switch: its site, its platform, and a profile for each port or range of ports."""

    hostname: str = Field(description="Name in the inventory.", pattern=r"^[A-Za-z][A-Za-z0-9-]{0,62}$")
    site: Identifier = Field(description="The site whose group the host is in.")
    groups: list[str] = Field(default_factory=list, description="Groups the host is in.")
    platform: str = Field(description="Network OS: the name of a folder of `sanso/platforms`.")
    role: Literal["core", "distribution", "access", "gateway"] = Field(description="Its place in the site's tree.")
    model: str | None = Field(default=None, description="Hardware, for people.")
    management_host: int | None = Field(
        default=None, ge=1, description="Host number of its address in the site's management share."
    )
    ports: dict[str, PortProfile] = Field(
        min_length=1, description="Profile per port; `GigabitEthernet1/0/2-20` names a range."
    )
