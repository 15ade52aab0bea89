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
from sanso.lab.factory import OUT_OF_BAND, place_of, startup_config
from sanso.lab.factory.place import Login
from sanso.lab.spec import Cable, DeviceSpec, SpecError, check_specs

ENDPOINTS = "endpoints"
"""Group of the terminals."""
_PORT_VARIABLE = "ansible_port"
_EAPI_VARIABLE = "ansible_httpapi_port"


def inventory_specs(root: Path) -> list[DeviceSpec]:
    """Specs of every device of an inventory folder, in its order.

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
    specs = [_spec(city, device, inventory.values(device.hostname)) for device in city.devices.values()]
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
    login = Login(
        username=str(_needed(name, variables, "ansible_user")),
        password=str(_needed(name, variables, "ansible_password")),
        secret=str(variables.get("ansible_become_password", "")),
    )
    out_of_band = OUT_OF_BAND.get(device.platform)
    return DeviceSpec(
        name=name,
        platform=device.platform,
        address=_loopback(name, str(_needed(name, variables, "ansible_host"))),
        port=int(_needed(name, variables, _PORT_VARIABLE)),
        interfaces=(*([out_of_band] if out_of_band else []), *city.ports[name]),
        startup=startup_config(device.platform, place_of(city, device, login)),
        eapi_port=int(variables[_EAPI_VARIABLE]) if _EAPI_VARIABLE in variables else None,
        username=login.username,
        password=login.password,
        secret=login.secret,
        cables=tuple(_cables(city, name)),
    )


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
