"""What is raised where an inventory is not a city."""

from __future__ import annotations

from sanso.messages import Finding


class CityError(Exception):
    """The inventory does not have the shape of a city; ``findings`` says everything that is wrong with it."""

    def __init__(self, findings: list[Finding]) -> None:
        self.findings = findings
        super().__init__("\n".join(line for finding in findings for line in finding.lines("en")))


class InventoryError(CityError):
    """A file of the inventory cannot be read."""
