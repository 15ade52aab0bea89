"""Build the typed city from its document, or from an inventory folder."""

from __future__ import annotations

from pathlib import Path as FilePath

from pydantic import ValidationError

from sanso.city.document import Document, LocateVariable, assemble
from sanso.city.errors import CityError
from sanso.city.inventory import Inventory, read_inventory
from sanso.city.model import City
from sanso.city.shape import shape_findings
from sanso.messages import Finding, Severity


def build_city(document: Document, locate: LocateVariable) -> City:
    """Validate a document and tell every element of the city where it stands.

    Raises:
        CityError: the document does not have the shape of a city.
    """
    find = document.locator(locate)
    findings = [
        Finding(
            rule="MODEL-02",
            severity=Severity.ERROR,
            path=(),
            location=locate(host, variable, ()),
            args={
                "variable": variable,
                "host": host,
                "other": other,
                "file": str(locate(other, variable, ())),
            },
        )
        for variable, host, other in document.conflicts
    ]
    try:
        city = City.model_validate(document.data)
    except ValidationError as error:
        raise CityError([*findings, *shape_findings(error, document.data, find)]) from error
    if findings:
        raise CityError(findings)
    return city.located_by(find)


def load_city(root: FilePath) -> City:
    """Read the city of an inventory folder, without Ansible.

    Raises:
        CityError: a file cannot be read (InventoryError), or the variables do not have the shape of a city.
    """
    return city_of(read_inventory(root))


def city_of(inventory: Inventory) -> City:
    """Build the city of an inventory that was read; its devices are the hosts with a device's variables."""
    hosts = {host: inventory.values(host) for host in inventory.variables}
    groups = {host: inventory.group_names(host) for host in hosts}
    return build_city(assemble(hosts, groups), inventory.locate)
