"""Services that flows and breakouts name: a city's own, well-known ones, and ports written out."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from sanso.city.flow import PortRange
from sanso.city.model import City


def services(city: City, names: list[str]) -> Iterator[PortRange]:
    """Port ranges of services, by name or as ``tcp/443``, ``udp/3478-3481``, ``icmp``."""
    for name in names:
        if name in city.services:
            yield from city.services[name]
        elif name in well_known():
            yield from well_known()[name]
        else:
            yield literal_service(name)


@cache
def well_known() -> dict[str, list[PortRange]]:
    """Services that every city may name without declaring them."""
    text = files("sanso.city").joinpath("services.yml").read_text(encoding="utf-8")
    return {name: [literal_service(item) for item in items] for name, items in yaml.safe_load(text).items()}


def literal_service(text: str) -> PortRange:
    """Read ``tcp/443``, ``udp/3478-3481``, ``tcp/any`` or ``icmp``.

    Raises:
        ValueError: the text is none of these, or a port is not one.
    """
    protocol, _, ports = text.partition("/")
    if protocol == "icmp":
        return PortRange(protocol="icmp")
    if protocol not in {"tcp", "udp"} or not ports:
        raise ValueError(f"{text!r} is no service")
    if ports == "any":
        return PortRange(protocol=protocol, first=1, last=65535)  # type: ignore[arg-type]  # checked above
    first, _, last = ports.partition("-")
    return PortRange(protocol=protocol, first=int(first), last=int(last or first))  # type: ignore[arg-type]
