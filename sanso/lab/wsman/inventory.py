"""From a city's inventory to the terminals that stand in for its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sanso.city import City
from sanso.city.inventory import Inventory
from sanso.lab.inventory import ENDPOINTS
from sanso.lab.spec import SpecError
from sanso.lab.wsman.spec import Edition, TerminalSpec, TerminalSpecs

PRODUCTS_VARIABLE = "endpoint_licensing_products"
LAB_VARIABLE = "sanso_lab"
_KMS_PORT = 1688
_PORTS = {"http": 5985, "https": 5986}
_REFERENCE = re.compile(r"\{\{\s*(\w+)\.(\w+)\s*\}\}")


def terminal_specs(inventory: Inventory, city: City) -> TerminalSpecs:
    """Specs of every host of the group ``endpoints``, in the inventory's order.

    Raises:
        SpecError: one cannot be emulated.
    """
    names = [name for name in inventory.variables if name in inventory.groups.get(ENDPOINTS, ())]
    variables = {name: inventory.values(name) for name in names}
    specs = TerminalSpecs(
        tuple(_terminal(name, variables[name]) for name in names),
        dict(_accounts(variables)),
        dict(_kms(city)),
    )
    specs.check()
    return specs


def _terminal(name: str, variables: Mapping[str, Any]) -> TerminalSpec:
    scheme = variables.get("ansible_winrm_scheme", "http")
    lab = variables.get(LAB_VARIABLE) or {}
    return TerminalSpec(
        name,
        str(variables.get("ansible_host", name)),
        int(variables.get("ansible_port") or _PORTS[scheme]),
        https=scheme == "https",
        editions=tuple(_editions(name, variables)),
        fault=str(lab.get("fault", "none")),
    )


def _editions(name: str, variables: Mapping[str, Any]) -> Iterator[Edition]:
    for wish in variables.get(PRODUCTS_VARIABLE) or []:
        if not isinstance(wish, Mapping) or not {"application", "channel"} <= set(wish):
            raise SpecError(
                f"terminal {name!r}: {PRODUCTS_VARIABLE}: application and channel expected, found {wish!r}"
            )
        key = _REFERENCE.sub(lambda found: _referred(name, variables, found), str(wish.get("key", "")))
        yield Edition(str(wish["application"]), str(wish["channel"]), key)


def _referred(name: str, variables: Mapping[str, Any], found: re.Match[str]) -> str:
    """A value that a template names, such as ``{{ sanso_product_keys.windows_mak }}``: no Ansible runs here."""
    try:
        return str(variables[found[1]][found[2]])
    except (KeyError, TypeError):
        raise SpecError(f"terminal {name!r}: there is no {found[1]}.{found[2]}") from None


def _accounts(variables: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in variables.values():
        if "ansible_user" in one and "ansible_password" in one:
            yield str(one["ansible_user"]), str(one["ansible_password"])


def _kms(city: City) -> Iterator[tuple[str, int]]:
    """The city's KMS hosts, by name and by address."""
    for name, node in city.nodes.items():
        if node.role == "kms":
            addresses = [address for face in node.interfaces for address in (face.ipv4, face.ipv6) if address]
            yield from ((one, _KMS_PORT) for one in (name, *map(str, addresses)))
