"""Switch models of the two platforms: their ports for people's devices, and their ports for links."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Hardware:
    """A switch model; the ports are a stem and a count: ``GigabitEthernet1/0/`` and 24."""

    model: str
    users: tuple[str, int]
    links: tuple[str, int]
    first_link: int = 1

    @property
    def link_ports(self) -> list[str]:
        """Full names of the ports for links."""
        stem, count = self.links
        return [f"{stem}{self.first_link + index}" for index in range(count)]


_GIGABIT, _MODULE, _TEN = "GigabitEthernet1/0/", "TenGigabitEthernet1/1/", "TenGigabitEthernet1/0/"

_ACCESS = {
    "ios": Hardware("C9200L-48P-4X", (_GIGABIT, 48), (_MODULE, 4)),
    "eos": Hardware("CCS-720XP-48Y6", ("Ethernet", 48), ("Ethernet", 6), 49),
}
_DISTRIBUTION = {
    "ios": Hardware("C9500-40X", (_TEN, 0), (_TEN, 40)),
    "eos": Hardware("DCS-7050SX3-48YC8", ("Ethernet", 0), ("Ethernet", 48)),
}
_GATEWAYS = {
    "ios": (
        Hardware("C9200L-24P-4X", (_GIGABIT, 24), (_MODULE, 4)),
        Hardware("C9300-48P", (_GIGABIT, 48), (_MODULE, 8)),
        _DISTRIBUTION["ios"],
    ),
    "eos": (
        Hardware("CCS-720XP-24Y6", ("Ethernet", 24), ("Ethernet", 6), 25),
        _ACCESS["eos"],
        _DISTRIBUTION["eos"],
    ),
}


def access_hardware(platform: str) -> Hardware:
    """The model of floors and rooms."""
    return _ACCESS[platform]


def distribution_hardware(platform: str) -> Hardware:
    """The model between the gateway and the floors: links only."""
    return _DISTRIBUTION[platform]


def gateway_hardware(platform: str, links: int, users: int) -> Hardware:
    """The smallest model with so many ports for links and for users."""
    fits = (model for model in _GATEWAYS[platform] if model.links[1] >= links and model.users[1] >= users)
    return next(fits)
