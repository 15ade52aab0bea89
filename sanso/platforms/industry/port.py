"""The lines that change a port, in an order that never lets more VLANs through than before or after."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.network.facts import ALL_VLANS, Mode, Port, VlanSet
from sanso.network.vlans import write_vlans
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.vlans import pieces

LINE = 200
"""Longest VLAN list in one command; devices take 254 characters in all."""


class PortLines:
    """Lines inside a port, in the syntax of one network OS."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect

    def change(self, old: Port, new: Port) -> Iterator[str]:
        """Lines from one port to another.

        A port that shuts is shut first and one that comes up does so last.  One that was routed is shut in between:
        it starts to switch with every VLAN.
        """
        shut_between = old.mode is Mode.ROUTED and new.mode is not Mode.ROUTED
        if old.description != new.description:
            yield f"description {new.description}" if new.description else "no description"
        if (new.shutdown or shut_between) and not old.shutdown:
            yield "shutdown"
        yield from self._switching(old, new)
        if not new.shutdown and (old.shutdown or shut_between):
            yield "no shutdown"

    def _switching(self, old: Port, new: Port) -> Iterator[str]:
        """What a mode needs stands before the mode; settings of another mode than the old one's are not known."""
        if new.mode is Mode.ROUTED:
            yield from ["no switchport"] if old.mode is not Mode.ROUTED else []
            return
        if old.mode is Mode.ROUTED:
            yield "switchport"
        if new.mode in (Mode.ACCESS, Mode.DYNAMIC):
            yield from self._access(old, new, known=old.mode in (Mode.ACCESS, Mode.DYNAMIC))
        if new.mode in (Mode.TRUNK, Mode.DYNAMIC):
            yield from self._trunk(old, new) if old.mode in (Mode.TRUNK, Mode.DYNAMIC) else self._new_trunk(new)
        if new.mode is not old.mode:
            yield "no switchport mode" if new.mode is Mode.DYNAMIC else f"switchport mode {new.mode}"

    def _access(self, old: Port, new: Port, *, known: bool) -> Iterator[str]:
        voice = self._dialect.voice
        if new.voice_vlan is None and (old.voice_vlan is not None or not known):
            yield f"no switchport {voice} vlan"
        if old.access_vlan != new.access_vlan or not known:
            yield f"switchport access vlan {new.access_vlan}"
        if new.voice_vlan is not None and (old.voice_vlan != new.voice_vlan or not known):
            yield f"switchport {voice} vlan {new.voice_vlan}"

    def _new_trunk(self, new: Port) -> Iterator[str]:
        yield f"switchport trunk native vlan {new.native_vlan}"
        yield from allowed_lines(new.allowed, self._dialect.vlan_run, LINE)

    def _trunk(self, old: Port, new: Port) -> Iterator[str]:
        """Lines for a port that is a trunk already.

        Untagged frames change their VLAN while only what both ends allow gets through.
        """
        allowed = old.allowed
        if old.native_vlan != new.native_vlan:
            both = old.allowed & new.allowed
            yield from self._reallow(allowed, both)
            yield f"switchport trunk native vlan {new.native_vlan}"
            allowed = both
        yield from self._reallow(allowed, new.allowed)

    def _reallow(self, old: VlanSet, new: VlanSet) -> Iterator[str]:
        """Replace the list in one line, or where it is too long step by step: no VLAN of both is ever off."""
        if old == new:
            return
        whole = list(allowed_lines(new, self._dialect.vlan_run, LINE))
        if len(whole) == 1:
            yield from whole
            return
        for word, vlans in (("remove", old - new), ("add", new - old)):
            if vlans:
                for piece in pieces(write_vlans(vlans, self._dialect.vlan_run), LINE):
                    yield f"switchport trunk allowed vlan {word} {piece}"


def allowed_lines(vlans: VlanSet, run: int, length: int) -> Iterator[str]:
    """The allowed list, on more than one line where it is longer than ``length``."""
    if vlans == ALL_VLANS:
        yield "switchport trunk allowed vlan all"
    elif not vlans:
        yield "switchport trunk allowed vlan none"
    else:
        for index, piece in enumerate(pieces(write_vlans(vlans, run), length)):
            yield f"switchport trunk allowed vlan {'add ' if index else ''}{piece}"
