"""A network that was proved, and what is kept of that to prove it again when a device changes.

Where nothing but access lists differs, the network is put together as before: only entrances are looked at anew
that have a changed list, or from where packets that a changed line matches get that far.  Everything else is a proof
from the start.  Both say the same of the same network.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from sanso.network.snapshot import Snapshot
from sanso.proof.alike import alike_but_lists, changed_lists, part_changed
from sanso.proof.chains import Source
from sanso.proof.filters import Reading, boxes_of
from sanso.proof.frame import Frame, ListAt
from sanso.proof.policy import Policy
from sanso.proof.prove import Look, Proof, Prover
from sanso.proof.space import Space, everything, translated, union
from sanso.proof.topology import Topology


class Proved:
    """A network as it was proved; it never changes.

    Raises:
        ProofError: a witness is not passed by the naive interpreter.
    """

    def __init__(self, frame: Frame, looks: Mapping[Source, Look] | None = None) -> None:
        self.frame = frame
        self.looks = looks if looks is not None else Prover(frame).look_around()
        self._by_list = frame.entrances_by_list  # now, so that frames made from this one have it

    @classmethod
    def of(cls, topology: Topology, policy: Policy) -> Proved:
        """Prove a network from the start."""
        return cls(Frame(topology, policy))

    @property
    def topology(self) -> Topology:
        """The network."""
        return self.frame.topology

    @cached_property
    def holds(self) -> bool:
        """Whether the layers are apart, and every line was understood: told sooner than :attr:`proof` tells it."""
        unread = any(one.unread for one in self.frame.snapshots.values())
        return not unread and not any(look.crosses for look in self.looks.values())

    @cached_property
    def proof(self) -> Proof:
        """What was proved."""
        return Prover(self.frame).proof(self.looks)

    def replaced(self, device: str, snapshot: Snapshot) -> Proved:
        """The network with one device otherwise than it was, proved."""
        return self.again({**self.frame.snapshots, device: snapshot})

    def again(self, snapshots: Mapping[str, Snapshot]) -> Proved:
        """The network as other snapshots show it, proved."""
        before, snapshots = self.frame.snapshots, self.frame.topology.ready(snapshots)
        differing = [name for name, one in snapshots.items() if one is not before.get(name)]
        if list(snapshots) == list(before) and all(
            alike_but_lists(before[name], snapshots[name]) for name in differing
        ):
            return _Again(self, snapshots, differing).proved()
        return Proved.of(self.topology.anew(snapshots), self.frame.policy)


class _Again:
    """A proof where only access lists of some devices differ."""

    def __init__(self, proved: Proved, snapshots: Mapping[str, Snapshot], devices: list[str]) -> None:
        before = proved.frame.snapshots
        self.old = proved
        self.changed = {
            (name, *key): pair
            for name in devices
            for key, pair in changed_lists(before[name], snapshots[name]).items()
        }
        lists = {name: [new for key, (_, new) in self.changed.items() if key[0] == name and new] for name in devices}
        self.frame = proved.frame.with_lists(snapshots, lists)
        self.prover = Prover(self.frame)
        self._touched: dict[ListAt, Space] = {}

    def proved(self) -> Proved:
        """The network as it is now."""
        looks = {source: self._kept(look) for source, look in self.old.looks.items()}
        for source in (one for key in self.changed for one in self.frame.entrances_by_list.get(key, ())):
            look = self.prover.look(source)
            if look is None:
                looks.pop(source, None)
            else:
                looks[source] = look
        return Proved(self.frame, {one: looks[one] for one in self.frame.entrances if one in looks} if looks else {})

    def _kept(self, look: Look) -> Look:
        """What is known of an entrance; looked at anew where a list on the way from there matters to it."""
        old, new = self.old.frame.services, self.frame.services
        if old is not new:
            return Look(self.frame, look.source, translated(look.suspect, old, new))
        met = look.met & self.changed.keys()
        if any(look.suspect & self._touching(key) for key in met):
            return Look(self.frame, look.source, look.suspect)
        return look

    def _touching(self, key: ListAt) -> Space:
        """What the lines of a list match that it has no longer, or had not before."""
        if key not in self._touched:
            rules, (_, family, _) = part_changed(*self.changed[key]), key
            self._touched[key] = (
                everything(family, self.frame.services)
                if rules is None
                else union(box for rule in rules for box in boxes_of(rule, family, self.frame.services, Reading.ONLY))
            )
        return self._touched[key]
