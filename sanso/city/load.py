"""Build the typed city from its document, or from an inventory folder."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Any

from pydantic import ValidationError

from sanso.city.document import DEVICE_VARIABLE, Document, LocateVariable, assemble
from sanso.city.inventory import Inventory, read_inventory
from sanso.city.model import City
from sanso.messages import Finding, Severity


class CityError(Exception):
    """The document is not a city; ``findings`` says everything that is wrong with its shape."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__(f"{len(findings)} findings")


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
        shape = [
            Finding(
                rule="MODEL-01",
                severity=Severity.ERROR,
                path=detail["loc"],
                location=find(detail["loc"]),
                args={
                    "where": ".".join(str(step) for step in detail["loc"]),
                    "problem": detail["msg"],
                    "found": _short(detail["input"]) if detail["type"] != "missing" else "nothing",
                },
            )
            for detail in error.errors(include_url=False)
        ]
        raise CityError(findings + shape) from error
    if findings:
        raise CityError(findings)
    return city.located_by(find)


def load_city(root: FilePath) -> City:
    """Read the city of an inventory folder, without Ansible.

    Raises:
        InventoryError: a file cannot be read.
        CityError: the variables do not have the shape of a city.
    """
    return city_of(read_inventory(root))


def city_of(inventory: Inventory) -> City:
    """Build the city of an inventory that was read; its devices are the hosts with a ``sanso_device``."""
    hosts = {host: inventory.values(host) for host in inventory.variables}
    devices = {host: values for host, values in hosts.items() if DEVICE_VARIABLE in values}
    groups = {host: inventory.group_names(host) for host in devices}
    return build_city(assemble(devices, groups), inventory.locate)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
