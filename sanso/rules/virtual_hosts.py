"""VIRT: what runs on virtualization hosts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path as FilePath

import sanso
from sanso.messages import Finding
from sanso.rules.rule import Rule
from sanso.rules.words import nearest


def hypervisor_names() -> list[str]:
    """Hypervisors: folders of ``sanso/hypervisors``; only their names are known here."""
    return sorted(file.parent.name for file in (FilePath(sanso.__path__[0]) / "hypervisors").glob("*/__init__.py"))


class UnknownHypervisor(Rule):
    """The platform of a virtualization host is a folder of ``sanso/hypervisors``."""

    id = "VIRT-25"

    def check(self) -> Iterator[Finding]:
        known = hypervisor_names()
        for name, host in self.city.virtualization_hosts.items():
            if host.platform not in known:
                near = nearest(host.platform, known)
                yield self.finding(host.at("platform"), host=name, platform=host.platform, near=near)
