"""Hypervisors of virtualization hosts: one folder each, found by its name."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from sanso.hypervisors.base import (
    Command,
    Creation,
    Hypervisor,
    Plan,
    Reading,
    ReplayError,
    Step,
    UnknownHypervisorError,
)

__all__ = [
    "Command",
    "Creation",
    "Hypervisor",
    "Plan",
    "Reading",
    "ReplayError",
    "Step",
    "UnknownHypervisorError",
    "hypervisor_names",
    "load_hypervisor",
]


def hypervisor_names() -> list[str]:
    """Names of the hypervisors: the folders."""
    return sorted(file.parent.name for file in Path(__file__).parent.glob("*/__init__.py"))


@cache
def load_hypervisor(name: str) -> Hypervisor:
    """The hypervisor in ``sanso/hypervisors/<name>``.

    Raises:
        UnknownHypervisorError: there is no such folder.
    """
    if name not in hypervisor_names():
        raise UnknownHypervisorError(f"no hypervisor {name!r}; there are: {', '.join(hypervisor_names())}")
    hypervisor: Hypervisor = importlib.import_module(f"{__name__}.{name}").HYPERVISOR
    return hypervisor
