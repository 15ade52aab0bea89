"""From drafts to interfaces: defaults, kinds, members of port channels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sanso.network.facts import Mode, VlanSet
from sanso.network.snapshot import Interface, Kind, Switching
from sanso.platforms.industry.snapshot.draft import Draft, kind_of
from sanso.platforms.industry.snapshot.names import risk
from sanso.platforms.industry.snapshot.notes import Notes


@dataclass(frozen=True)
class Defaults:
    """What holds for a port whose lines do not say."""

    mode: Mode
    routed: bool = False
    """Whether ports route."""
    by_address: bool = False
    """Whether a port with an address and no word of switching routes."""
    switch: bool = True
    """Whether the text is a switch's."""


def settle(
    drafts: Mapping[str, Draft], defaults: Defaults, groups: Mapping[str, VlanSet], notes: Notes
) -> dict[str, Interface]:
    """Interfaces from drafts.

    Args:
        drafts: by name.
        defaults: of the device.
        groups: VLANs of each trunk group.
        notes: where doubts go.
    """
    parents = frozenset(draft.parent for draft in drafts.values())
    found = {}
    for name, draft in drafts.items():
        kind = kind_of(
            draft, parents=parents, routed=defaults.routed, by_address=defaults.by_address, switch=defaults.switch
        )
        found[name] = _interface(draft, kind, defaults.mode, groups, notes)
    for name, draft in drafts.items():
        if draft.channel:
            found[name] = _member(draft, found[name], found.get(draft.channel), notes)
    return found


def _interface(draft: Draft, kind: Kind, mode: Mode, groups: Mapping[str, VlanSet], notes: Notes) -> Interface:
    switching = None
    if kind is Kind.SWITCHED:
        port = draft.switchport
        for group in port.groups:
            port.allowed |= groups.get(group, frozenset())
        switching = port.settle(mode, notes.default)
        _doubt_switched(draft, notes)
    if why := risk(draft.name):
        notes.warn(draft.line, why, draft.name)
    return Interface(
        name=draft.name,
        kind=kind,
        line=draft.line,
        shutdown=draft.shutdown,
        vrf=draft.vrf,
        vlan=_svi_vlan(draft.name) if kind is Kind.SVI else draft.vlan,
        parent=draft.parent,
        switching=switching,
        channel=draft.channel,
        addresses=draft.all_addresses(),
        bindings=tuple(draft.bindings),
        description=draft.description,
    )


def _doubt_switched(draft: Draft, notes: Notes) -> None:
    """An ACL on a port that switches filters what is bridged; an address there has an effect on some devices."""
    for binding in draft.bindings:
        notes.warn(binding.line, "pacl", draft.name)
    if draft.layer3 is not None and draft.switchport.told is not False:
        notes.warn(draft.layer3, "port_kind", draft.name)


def _member(draft: Draft, own: Interface, channel: Interface | None, notes: Notes) -> Interface:
    """A member switches, or routes, as its channel does; what it says to the contrary is doubtful."""
    line = draft.channel_line or draft.line
    if channel is None:
        notes.warn(line, "channel_member", draft.name)
        return own
    if draft.switchport.lines and _settings(own.switching) != _settings(channel.switching):
        notes.warn(line, "channel_member", draft.name)
    shutdown = own.shutdown or channel.shutdown
    return replace(own, kind=channel.kind, switching=channel.switching, vrf=channel.vrf, shutdown=shutdown)


def _settings(switching: Switching | None) -> Switching | None:
    return None if switching is None else replace(switching, lines=())


def _svi_vlan(name: str) -> int | None:
    number = name.removeprefix("Vlan")
    return int(number) if number.isdecimal() else None
