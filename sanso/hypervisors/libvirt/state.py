"""Everything that a host said, taken apart: what is read for facts, what steps are planned on, what they change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar
from xml.etree.ElementTree import ParseError

from sanso.hypervisors.base import Unread
from sanso.hypervisors.libvirt.disk import read_sizes
from sanso.hypervisors.libvirt.domain import Domain
from sanso.hypervisors.libvirt.kernel import Link, read_addresses, read_forwarding, read_links
from sanso.hypervisors.libvirt.network import Network
from sanso.hypervisors.libvirt.ovsdb import rows
from sanso.hypervisors.libvirt.pool import Pool, read_volumes
from sanso.hypervisors.libvirt.probes import TABLES, names
from sanso.hypervisors.libvirt.switch import Switch, read_flows
from sanso.hypervisors.libvirt.xml import parse
from sanso.network.virtual import Address

Read = TypeVar("Read")


@dataclass(frozen=True)
class State:
    """A host."""

    switch: Switch = field(default_factory=Switch)
    networks: Mapping[str, Network] = field(default_factory=dict)
    pools: Mapping[str, Pool] = field(default_factory=dict)
    domains: Mapping[str, Domain] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    addresses: Mapping[str, frozenset[Address]] = field(default_factory=dict)
    forwards: bool = False


class _Answers:
    """Answers by name; what is missing or not what it should be is remembered."""

    def __init__(self, answers: Mapping[str, str]) -> None:
        self._answers = answers
        self.unread: list[Unread] = []

    def get(self, name: str, read: Callable[[str], Read]) -> Read | None:
        """An answer as ``read`` takes it."""
        if name not in self._answers:
            self.unread.append(Unread(name, "no answer"))
            return None
        try:
            return read(self._answers[name])
        except (ValueError, LookupError, ParseError) as error:
            self.unread.append(Unread(name, str(error)))
            return None

    def listed(self, name: str) -> list[str]:
        """Names in an answer."""
        return self.get(name, names) or []


def take_apart(answers: Mapping[str, str]) -> tuple[State, tuple[Unread, ...]]:
    """A host from the answers to :mod:`.probes`, and what of them is missing or cannot be read."""
    said = _Answers(answers)
    state = State(
        switch=_switch(said),
        networks=dict(_networks(said)),
        pools=dict(_pools(said)),
        domains=dict(_domains(said)),
        links=tuple(said.get("links", read_links) or ()),
        addresses=said.get("addresses", read_addresses) or {},
        forwards=bool(said.get("forwarding", read_forwarding)),
    )
    return state, tuple(said.unread)


def _switch(said: _Answers) -> Switch:
    settings, bridges, ports, interfaces = (tuple(said.get(f"switch/{table}", rows) or ()) for table in TABLES)
    switch = Switch(settings, bridges, ports, interfaces)
    if switch.bridge is None:
        return switch  # which has no flows to ask for
    return replace(switch, flows=tuple(said.get("flows", read_flows) or ()))


def _networks(said: _Answers) -> Iterator[tuple[str, Network]]:
    active, autostart = said.listed("networks-active"), said.listed("networks-autostart")
    for name in said.listed("networks"):
        defined, live = said.get(f"network-defined/{name}", parse), said.get(f"network/{name}", parse)
        if defined is not None:
            yield name, Network(defined, live if name in active else None, name in autostart)


def _pools(said: _Answers) -> Iterator[tuple[str, Pool]]:
    active, autostart = said.listed("pools-active"), said.listed("pools-autostart")
    for name in said.listed("pools"):
        element = said.get(f"pool/{name}", parse)
        volumes = said.get(f"pool-volumes/{name}", read_volumes) if name in active else None
        if element is not None:
            yield name, Pool(element, name in active, name in autostart, volumes or {})


def _domains(said: _Answers) -> Iterator[tuple[str, Domain]]:
    autostart, transient = said.listed("machines-autostart"), said.listed("machines-transient")
    for name in said.listed("machines"):
        defined, live = said.get(f"machine-defined/{name}", parse), said.get(f"machine/{name}", parse)
        if defined is not None and live is not None:
            running = live if "id" in live.attrib else None
            # libvirt answers for a machine that is off only where its disks are in no pool; pools know sizes, too
            sizes = said.get(f"machine-disks/{name}", read_sizes) if running is not None else None
            yield name, Domain(name, defined, running, sizes or {}, name in autostart, name in transient)
