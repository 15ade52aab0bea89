"""From a city's inventory to the devices and terminals that stand in for its own."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sanso.city import City, city_of
from sanso.city.device import Device, TrunkPort, UplinkPort
from sanso.city.inventory import Inventory, read_inventory
from sanso.city.wireless import Controller
from sanso.lab.c9800.chassis import PORTS, UPLINK
from sanso.lab.factory import OUT_OF_BAND, c9800, place_of, startup_config
from sanso.lab.factory.place import Login
from sanso.lab.spec import AccessPoint, Cable, DeviceSpec, SpecError, check_specs

ENDPOINTS = "endpoints"
"""Group of the terminals."""
AP_MODEL = "C9120AXI-Q"
"""What an access point is that the inventory does not tell: one for Japan (-Q)."""
_PORT_VARIABLE = "ansible_port"
_EAPI_VARIABLE = "ansible_httpapi_port"


def inventory_specs(root: Path) -> list[DeviceSpec]:
    """Specs of every device of an inventory folder, in its order, and of every wireless controller.

    Raises:
        InventoryError, CityError: the inventory is not a city.
        SpecError: a device has no loopback address, or two have the same.
    """
    inventory = read_inventory(root)
    return _specs(inventory, city_of(inventory))


def save_inventory(root: Path, devices: Path, terminals: Path) -> None:
    """Write a city's devices and terminals as the lab reads them; there is no second file without terminals.

    Raises:
        InventoryError, CityError, SpecError: as :func:`inventory_specs` does.
    """
    inventory = read_inventory(root)
    city = city_of(inventory)
    save_specs(_specs(inventory, city), devices)
    if inventory.groups.get(ENDPOINTS):
        from sanso.lab.wsman.inventory import terminal_specs  # only here: what knows WS-Management takes long to load
        from sanso.lab.wsman.spec import written

        _save(written(terminal_specs(inventory, city)), terminals)
    else:
        terminals.unlink(missing_ok=True)


def _specs(inventory: Inventory, city: City) -> list[DeviceSpec]:
    specs = [
        *(_spec(city, device, inventory.values(device.hostname)) for device in city.devices.values()),
        *(_controller(city, one, inventory.values(one.hostname)) for one in city.controllers.values()),
    ]
    check_specs(specs)
    return specs


def save_specs(specs: list[DeviceSpec], file: Path) -> None:
    """Write specs as the JSON list that the lab reads; a file that says the same already is left alone."""
    _save(json.dumps([asdict(spec) for spec in specs], indent=1), file)


def _save(text: str, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists() or file.read_text(encoding="utf-8") != text:
        file.touch(mode=0o600)
        file.write_text(text, encoding="utf-8")


def _spec(city: City, device: Device, variables: Mapping[str, Any]) -> DeviceSpec:
    name = device.hostname
    login = _login(name, variables)
    out_of_band = OUT_OF_BAND.get(device.platform)
    return DeviceSpec(
        **_reached(name, device.platform, variables, login),
        interfaces=(*([out_of_band] if out_of_band else []), *city.ports[name]),
        startup=startup_config(device.platform, place_of(city, device, login)),
        eapi_port=int(variables[_EAPI_VARIABLE]) if _EAPI_VARIABLE in variables else None,
        cables=tuple(_cables(city, name)),
    )


def _controller(city: City, controller: Controller, variables: Mapping[str, Any]) -> DeviceSpec:
    """A controller knows its access points as if all of them had joined it."""
    name = controller.hostname
    login = _login(name, variables)
    points = [one for one in city.access_points.values() if one.controller == name]
    switch = city.devices[controller.switch]
    return DeviceSpec(
        **_reached(name, controller.platform, variables, login),
        interfaces=PORTS,
        startup=c9800.text(city, controller, login),
        cables=(Cable(UPLINK, switch.hostname, controller.port, switch.platform),),
        access_points=tuple(AccessPoint(one.hostname, one.mac, one.model or AP_MODEL) for one in points),
    )


def _login(name: str, variables: Mapping[str, Any]) -> Login:
    return Login(
        username=str(_needed(name, variables, "ansible_user")),
        password=str(_needed(name, variables, "ansible_password")),
        secret=str(variables.get("ansible_become_password", "")),
    )


def _reached(name: str, platform: str, variables: Mapping[str, Any], login: Login) -> dict[str, Any]:
    """Fields of a spec that say where a device is and who may log in."""
    return {
        "name": name,
        "platform": platform,
        "address": _loopback(name, str(_needed(name, variables, "ansible_host"))),
        "port": int(_needed(name, variables, _PORT_VARIABLE)),
        **asdict(login),
    }


def _cables(city: City, name: str) -> Iterator[Cable]:
    """Cables between devices of the city, as its inventory has them."""
    for port, profile in city.ports[name].items():
        if isinstance(profile, TrunkPort | UplinkPort) and profile.to in city.devices and profile.to_port:
            yield Cable(port, str(profile.to), profile.to_port, city.devices[str(profile.to)].platform)


def _needed(name: str, variables: Mapping[str, Any], variable: str) -> Any:
    if variable not in variables:
        raise SpecError(f"device {name!r}: no {variable} in the inventory")
    return variables[variable]


def _loopback(name: str, address: str) -> str:
    """Refuse to stand in for a device anywhere but on this machine."""
    if not address.startswith("127."):
        raise SpecError(f"device {name!r}: ansible_host {address} is not a loopback address (127.0.0.0/8)")
    return address
