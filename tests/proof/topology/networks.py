"""Snapshots made by hand, and from the facts that a city intends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from ipaddress import ip_address, ip_interface, ip_network
from pathlib import Path
from typing import Any

from sanso.city.load import load_city
from sanso.city.model import City
from sanso.generate import Size, generate, write_inventory
from sanso.network.facts import ALL_VLANS, Facts, Mode
from sanso.network.snapshot import (
    Address,
    Binding,
    Interface,
    Kind,
    Line,
    Neighbour,
    Route,
    Snapshot,
    Switching,
)
from sanso.render.intent import intend_city

LAB = Path(__file__).parents[3] / "inventories" / "lab"


class Text:
    """Makes the lines of one device's configuration, numbered as they come."""

    def __init__(self, device: str) -> None:
        self.device = device
        self.count = 0

    def __call__(self, text: str) -> Line:
        self.count += 1
        return Line(f"{self.device}.cfg", self.count, text)


def port(
    text: Text,
    name: str,
    *,
    access: int | None = None,
    trunk: str | None = None,
    native: int = 1,
    dynamic: bool = False,
    voice: int | None = None,
    shut: bool = False,
    channel: str = "",
) -> Interface:
    """A switched port: ``access=10``, or ``trunk="10,20"`` (``"all"`` has no list)."""
    line = text(f"interface {name}")
    lines = []
    mode = Mode.DYNAMIC if dynamic else Mode.ACCESS if trunk is None else Mode.TRUNK
    lines.append(text(f"switchport mode {mode}"))
    if access is not None:
        lines.append(text(f"switchport access vlan {access}"))
    if native != 1:
        lines.append(text(f"switchport trunk native vlan {native}"))
    if voice is not None:
        lines.append(text(f"switchport voice vlan {voice}"))
    allowed = ALL_VLANS
    if trunk is not None and trunk != "all":
        lines.append(text(f"switchport trunk allowed vlan {trunk}"))
        allowed = frozenset(int(vlan) for vlan in trunk.split(",") if vlan)
    switching = Switching(mode, access or 1, native, allowed, voice, tuple(lines))
    return Interface(name, Kind.SWITCHED, line, shut, switching=switching, channel=channel)


def routed(
    text: Text,
    name: str,
    *addresses: str,
    acl_in: str = "",
    acl_out: str = "",
    vrf: str = "",
    shut: bool = False,
    kind: Kind = Kind.ROUTED,
    vlan: int | None = None,
    parent: str = "",
    channel: str = "",
) -> Interface:
    """A layer-3 interface; its ACLs are bound for both families."""
    line = text(f"interface {name}")
    bindings = [
        Binding(family, direction, acl, text(f"{family} access-group {acl} {direction}"))
        for family in ("ipv4", "ipv6")
        for direction, acl in (("in", acl_in), ("out", acl_out))
        if acl
    ]
    return Interface(
        name,
        kind,
        line,
        shut,
        vrf,
        vlan,
        parent,
        channel=channel,
        addresses=tuple(Address(ip_interface(one), text(f"ip address {one}")) for one in addresses),
        bindings=tuple(bindings),  # type: ignore[arg-type]  # literals of the loops above
    )


def svi(text: Text, vlan: int, *addresses: str, **more: Any) -> Interface:
    """An SVI."""
    return routed(text, f"Vlan{vlan}", *addresses, kind=Kind.SVI, vlan=vlan, **more)


def route(text: Text, prefix: str, by: str = "", *, vrf: str = "", to: str | None = None) -> Route:
    """A static route by a next hop or an interface; ``to`` is the VRF of its next hop."""
    line = text(f"ip route {prefix} {by}")
    if by[:1].isdecimal():
        return Route(ip_network(prefix), line, vrf, ip_address(by), to)
    return Route(ip_network(prefix), line, vrf, next_vrf=to, interface="" if by == "Null0" else by)


def device(name: str, *interfaces: Interface, vlans: list[int] | None = None, **more: Any) -> Snapshot:
    """A device; ``vlans`` None means that its text does not tell."""
    known = None if vlans is None else {vlan: f"v{vlan}" for vlan in vlans}
    return Snapshot(name, "ios", f"{name}.cfg", {one.name: one for one in interfaces}, known, **more)


def network(*snapshots: Snapshot) -> dict[str, Snapshot]:
    """Devices by name."""
    return {snapshot.hostname: snapshot for snapshot in snapshots}


def cable(snapshots: Mapping[str, Snapshot], *pairs: tuple[str, str, str, str]) -> dict[str, Snapshot]:
    """The same devices, with cables that their neighbour tables tell of."""
    told: dict[str, list[Neighbour]] = {name: [*one.neighbours] for name, one in snapshots.items()}
    for one, one_port, other, other_port in pairs:
        told[one].append(Neighbour(one_port, other, other_port))
    return {name: replace(one, neighbours=tuple(told[name])) for name, one in snapshots.items()}


def of_facts(facts: Facts) -> Snapshot:
    """What a reader would make of the rendered facts, near enough: every port, SVI and binding, with lines."""
    text = Text(facts.hostname)
    interfaces: dict[str, Interface] = {}
    for name, one in facts.ports.items():
        shown = None if one.mode is Mode.ACCESS else ",".join(str(vlan) for vlan in sorted(one.allowed))
        made = port(text, name, access=one.access_vlan, trunk=shown, native=one.native_vlan, shut=one.shutdown)
        interfaces[name] = made
    for vlan, one_svi in facts.svis.items():
        made = svi(text, vlan, *(str(a) for a in sorted(one_svi.ipv4)), *(str(a) for a in sorted(one_svi.ipv6)))
        bindings = tuple(
            Binding(family, direction, name, text(f"{family} access-group {name} {direction}"))
            for (family, direction), name in one_svi.acls.items()
        )
        interfaces[made.name] = replace(made, bindings=bindings)
    return Snapshot(facts.hostname, facts.platform, f"{facts.hostname}.cfg", interfaces, dict(facts.vlans))


def of_city(city: City) -> dict[str, Snapshot]:
    """Snapshots of every device of a city, as intended."""
    return {name: of_facts(intent.facts) for name, intent in intend_city(city).items()}


def generated(folder: Path, sites: int, switches: int, segments: int, seed: int = 1) -> City:
    """A generated city."""
    write_inventory(generate(Size(sites, switches, segments, "mix", seed)), folder)
    return load_city(folder)


def changed(snapshots: Mapping[str, Snapshot], name: str, *interfaces: Interface, **more: Any) -> dict[str, Snapshot]:
    """The same network, with interfaces of one device replaced or added."""
    old = snapshots[name]
    new = replace(old, interfaces={**old.interfaces, **{one.name: one for one in interfaces}}, **more)
    return {**snapshots, name: new}
