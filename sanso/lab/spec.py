"""What an emulated device is told from outside: its name, its place on loopback, its ports and its pace."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, NamedTuple


class Cable(NamedTuple):
    """A cable from a port of the device to a port of another one, and what network OS that has."""

    port: str
    device: str
    device_port: str
    platform: str


class AccessPoint(NamedTuple):
    """An access point that has joined a wireless controller; ``mac`` with colons, of its Ethernet port."""

    name: str
    mac: str
    model: str


@dataclass(frozen=True)
class DeviceSpec:
    """One emulated device.

    ``interfaces`` are the physical ports by their full names, ``startup`` the text it boots with the first
    time (``None``: the platform's factory configuration), ``eapi_port`` an HTTP port where the platform has one.
    """

    name: str
    platform: str
    address: str
    port: int
    interfaces: tuple[str, ...] = ()
    startup: str | None = None
    eapi_port: int | None = None
    username: str = "admin"
    password: str = "admin"  # noqa: S105 - the emulated city's, which README shows
    secret: str = "enable"  # noqa: S105
    cables: tuple[Cable, ...] = ()
    """What LLDP and CDP find; nothing else knows of them."""
    access_points: tuple[AccessPoint, ...] = ()
    """Those of a wireless controller."""


@dataclass(frozen=True)
class Timing:
    """The pace of the devices.

    ``command`` and ``login`` are seconds of added latency; the devices' own timers (revert, reload) run
    ``timer_scale`` times as fast as their seconds say.
    """

    command: float = 0.0
    login: float = 0.0
    timer_scale: float = 1.0


class SpecError(ValueError):
    """A list of devices that cannot be emulated: the message says which and why."""


def parse_specs(items: Iterable[dict[str, Any]]) -> list[DeviceSpec]:
    """Turn plain mappings into specs.

    Raises:
        SpecError: for an unknown or missing key, or a name or port given twice.
    """
    known = {field.name for field in fields(DeviceSpec)}
    specs = []
    for number, item in enumerate(items, 1):
        label = f"device {item.get('name', number)!r}"
        if unknown := sorted(set(item) - known):
            raise SpecError(f"{label}: unknown key {', '.join(unknown)}; known are {', '.join(sorted(known))}")
        try:
            interfaces = tuple(item.get("interfaces", ()))
            cables = tuple(Cable(*cable) for cable in item.get("cables", ()))
            points = tuple(AccessPoint(*point) for point in item.get("access_points", ()))
            given = {**item, "interfaces": interfaces, "cables": cables, "access_points": points}
            specs.append(DeviceSpec(**given))
        except TypeError as error:
            raise SpecError(f"{label}: {error}") from None
    check_specs(specs)
    return specs


def check_specs(specs: Iterable[DeviceSpec]) -> None:
    """Refuse two devices of one name or on one port.

    Raises:
        SpecError: naming both.
    """
    names: set[str] = set()
    places: dict[tuple[str, int], str] = {}
    for spec in specs:
        if spec.name in names:
            raise SpecError(f"device {spec.name!r} is listed twice")
        names.add(spec.name)
        for port in (spec.port, spec.eapi_port):
            if port is None:
                continue
            other = places.setdefault((spec.address, port), spec.name)
            if other != spec.name or (port == spec.eapi_port == spec.port):
                raise SpecError(f"devices {other!r} and {spec.name!r} both claim {spec.address}:{port}")


def load_specs(path: Path) -> list[DeviceSpec]:
    """Read a JSON list of devices.

    Raises:
        SpecError: when the file is not such a list.
    """
    try:
        items = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise SpecError(f"{path}: {error}") from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SpecError(f"{path}: expected a list of devices")
    return parse_specs(items)
