"""Differences between what a device is and what it should be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sanso.change.acl import same_entries
from sanso.messages.catalogue import Phrase
from sanso.network.facts import ALL_VLANS, Acl, Entry, Facts, Port, Svi, VlanSet
from sanso.network.vlans import write_vlans
from sanso.platforms.platform import Platform
from sanso.render.intent import Intent

SwitchKind = Literal["vlan", "port", "svi", "acl"]
WirelessKind = Literal["radius", "wlan", "policy", "group", "site", "plan", "ap", "stray"]
VirtualKind = Literal["host", "own", "port", "segment", "pool", "machine", "nic", "disk"]
Kind = SwitchKind | WirelessKind | VirtualKind
Said = str | Phrase


@dataclass(frozen=True)
class Difference:
    """One thing in scope that is not as it should be.

    ``attribute`` is a catalogue key below ``drift``; an empty ``expected`` or ``found`` means that the thing should
    not be there, or is not there.  ``layers`` are those that the difference touches; one that ``crossed`` put
    something of one layer into another, and is read first.
    """

    kind: Kind
    where: str
    attribute: str
    expected: Said
    found: Said
    layers: tuple[str, ...] = ()
    crossed: bool = False


def differences(running: Facts, target: Facts, intent: Intent, platform: Platform) -> list[Difference]:
    """Every difference in scope, VLANs first, then ports, SVIs and ACLs."""
    comparer = _Comparer(intent.layers, platform)
    return [
        *comparer.vlans(running.vlans, target.vlans),
        *comparer.ports(running.ports, target.ports),
        *comparer.svis(running.svis, target.svis),
        *comparer.acls(running, target),
    ]


def vlan_text(vlans: VlanSet) -> str:
    """VLAN ids as devices write them: ``10,20-22``, ``all`` or ``none``."""
    if vlans == ALL_VLANS:
        return "all"
    return write_vlans(vlans) or "none"


class _Comparer:
    def __init__(self, layers: Mapping[int, str], platform: Platform) -> None:
        self._layer_of = layers
        self._platform = platform

    def _layers(self, *vlans: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._layer_of[vlan] for vlan in sorted(set(vlans)) if vlan in self._layer_of))

    def vlans(self, running: Mapping[int, str], target: Mapping[int, str]) -> Iterator[Difference]:
        for vlan in sorted({*running, *target}):
            expected, found = target.get(vlan, ""), running.get(vlan, "")
            if expected != found:
                yield Difference("vlan", f"VLAN {vlan}", "name", expected, found, self._layers(vlan))

    def ports(self, running: Mapping[str, Port], target: Mapping[str, Port]) -> Iterator[Difference]:
        for name, wanted in target.items():
            found = running.get(name)
            if found is None:
                yield Difference("port", name, "present", str(wanted.mode), "", self._port_layers(wanted))
            elif found != wanted:
                yield from self._port(found, wanted)

    def _port(self, found: Port, wanted: Port) -> Iterator[Difference]:
        before, after = _port_view(found), _port_view(wanted)
        layers = tuple(dict.fromkeys((*self._port_layers(wanted), *self._port_layers(found))))
        for attribute in dict.fromkeys((*after, *before)):
            expected, was = after.get(attribute, ""), before.get(attribute, "")
            if expected != was:
                yield Difference("port", wanted.name, attribute, expected, was, layers)

    def _port_layers(self, port: Port) -> tuple[str, ...]:
        if port.mode == "access":
            return self._layers(port.access_vlan, *([port.voice_vlan] if port.voice_vlan else []))
        return self._layers(port.native_vlan, *(port.allowed if port.allowed != ALL_VLANS else ()))

    def svis(self, running: Mapping[int, Svi], target: Mapping[int, Svi]) -> Iterator[Difference]:
        for vlan in sorted({*running, *target}):
            if vlan not in running or vlan not in target:
                expected, found = (_addresses(side[vlan]) if vlan in side else "" for side in (target, running))
                yield Difference("svi", f"Vlan{vlan}", "svi", expected, found, self._layers(vlan))
                continue
            before, after = _svi_view(running[vlan]), _svi_view(target[vlan])
            for attribute in dict.fromkeys((*after, *before)):
                expected, found = after.get(attribute, ""), before.get(attribute, "")
                if expected != found:
                    yield Difference("svi", f"Vlan{vlan}", attribute, expected, found, self._layers(vlan))

    def acls(self, running: Facts, target: Facts) -> Iterator[Difference]:
        bound = {
            name: svi.vlan for facts in (running, target) for svi in facts.svis.values() for name in svi.acls.values()
        }
        for key in dict.fromkeys((*target.acls, *running.acls)):
            layers = self._layers(bound[key[1]]) if key[1] in bound else ()
            before, after = running.acls.get(key), target.acls.get(key)
            if before is None or after is None:
                yield Difference("acl", key[1], "acl", _length(after), _length(before), layers)
            elif not same_entries(before, after):
                yield from self._acl(before, after, layers)

    def _acl(self, before: Acl, after: Acl, layers: tuple[str, ...]) -> Iterator[Difference]:
        found, wanted = list(before.entries.values()), list(after.entries.values())
        for number, entry in before.entries.items():
            if entry not in wanted:
                text = self._line(before, entry)
                found_text = f"{number} {text}" if number > 0 else text  # below 1: the device does not tell it
                yield Difference("acl", before.name, "entry", "", found_text, layers)
        for number, entry in after.entries.items():
            if entry not in found:
                yield Difference("acl", before.name, "entry", f"{number} {self._line(after, entry)}", "", layers)
        if sorted(found, key=repr) == sorted(wanted, key=repr):
            yield Difference("acl", before.name, "order", "", "", layers)

    def _line(self, acl: Acl, entry: Entry) -> str:
        return entry.raw or self._platform.entry_text(acl.family, entry)


def _length(acl: Acl | None) -> str:
    return "" if acl is None else str(len(acl.entries))


def _port_view(port: Port) -> dict[str, str]:
    """What people call the settings of a port, those without effect left out."""
    view = {"description": port.description, "state": "shutdown" if port.shutdown else "up", "mode": str(port.mode)}
    if port.mode in {"access", "dynamic"}:
        view["access_vlan"] = str(port.access_vlan)
        view["voice_vlan"] = str(port.voice_vlan or "")
    if port.mode in {"trunk", "dynamic"}:
        view["native_vlan"] = str(port.native_vlan)
        view["allowed"] = vlan_text(port.allowed)
    return view


def _addresses(svi: Svi) -> str:
    return ", ".join(sorted(map(str, (*svi.ipv4, *svi.ipv6)))) or "without address"


def _svi_view(svi: Svi) -> dict[str, str]:
    view = {"description": svi.description, "state": "shutdown" if svi.shutdown else "up"}
    view["ipv4"] = ", ".join(sorted(map(str, svi.ipv4)))
    view["ipv6"] = ", ".join(sorted(map(str, svi.ipv6)))
    for (family, direction), name in svi.acls.items():
        view[f"acl_{family}_{direction}"] = name
    return view
