"""Order the commands that take a device from what it is to what it should be.

The order keeps one promise after every single command: no port carries a VLAN, and no interface lets a packet in,
that neither the old nor the new configuration does.

1. *create*: VLANs before anything carries them; ACLs, whole, before anything is bound to them; edits of bound ACLs
   that only close or only open.
2. *restrict*: SVIs that should not be are removed; bindings move to the new lists; SVIs are made or changed.
3. *ports*: each port by its platform's own safe order.
4. *settle*: lists that stood in for another are swapped back, then what nothing refers to any more is deleted:
   ACLs after the last binding is gone, VLANs after the last port.

Errors are looked for after each step, so that nothing is bound to a list that the device did not take whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sanso.change.acl import AclEdit, edit, renumbered, same_entries
from sanso.network.facts import Acl, AclKey, Facts, Port, Svi
from sanso.platforms.platform import Platform

TEMPORARY = "-TMP"


@dataclass(frozen=True)
class Step:
    """Commands that are sent together; the device's answer is checked before the next step."""

    title: str
    commands: tuple[str, ...]


def plan(platform: Platform, running: Facts, target: Facts) -> list[Step]:
    """Steps from the running facts to the target's; empty where nothing differs."""
    return _Planner(platform, running, target).steps()


def commands(steps: list[Step]) -> list[str]:
    """All commands of a plan in the order in which they are sent."""
    return [command for step in steps for command in step.commands]


class _Planner:
    def __init__(self, platform: Platform, running: Facts, target: Facts) -> None:
        self.platform = platform
        self.running = running
        self.target = target
        self.bound = {(key[0], name) for svi in running.svis.values() for key, name in svi.acls.items()}
        self.edits: dict[AclKey, AclEdit] = {}
        self.swaps: dict[AclKey, Acl] = {}  # by key: the temporary list that stands in for it
        self.rewrites: list[Acl] = []
        self.creates: list[Acl] = []
        self._sort_acls()

    def _sort_acls(self) -> None:
        for key, wanted in self.target.acls.items():
            found = self.running.acls.get(key)
            if found is None:
                self.creates.append(wanted)
            elif same_entries(found, wanted):
                continue
            elif key not in self.bound:
                self.rewrites.append(wanted)
            elif (small := edit(found, wanted)) is not None:
                self.edits[key] = small
            else:
                self.swaps[key] = renumbered(wanted, self._temporary_name(key))

    def _temporary_name(self, key: AclKey) -> str:
        """A name that no list on the device has; one may be left over from an interrupted run."""
        name = key[1] + TEMPORARY
        while (key[0], name) in self.running.acls or (key[0], name) in self.bound:
            name += "2"
        return name

    def steps(self) -> list[Step]:
        parts: list[tuple[str, Callable[[], Iterator[str]]]] = [
            ("create", self._create),
            ("restrict", self._restrict),
            ("ports", self._ports),
            ("rewrite", self._rewrite),
            ("rebind", self._rebind),
            ("delete", self._delete),
        ]
        built = [Step(title, tuple(make())) for title, make in parts]
        return [step for step in built if step.commands]

    def _create(self) -> Iterator[str]:
        yield from self._vlans()
        for acl in self.rewrites:
            yield from self.platform.remove_acl(acl)
        for acl in (*self.creates, *self.rewrites, *self.swaps.values()):
            yield from self.platform.create_acl(acl)
        for key, small in self.edits.items():
            yield from self.platform.edit_acl(self.target.acls[key], small.remove, small.add)

    def _vlans(self) -> Iterator[str]:
        """VLANs and their names; a name that another VLAN holds is freed first, for two may not have the same."""
        owners = {name: vlan for vlan, name in self.target.vlans.items()}
        for vlan, name in self.running.vlans.items():
            if owners.get(name, vlan) != vlan:
                yield from self.platform.set_vlan(vlan, f"{TEMPORARY.strip('-')}-{vlan}")
        for vlan, name in self.target.vlans.items():
            if self.running.vlans.get(vlan) != name:
                yield from self.platform.set_vlan(vlan, name)

    def _restrict(self) -> Iterator[str]:
        for vlan in self.running.svis:
            if vlan not in self.target.svis:
                yield from self.platform.remove_svi(vlan)
        for vlan, wanted in self.target.svis.items():
            found, interim = self.running.svis.get(vlan), self._interim(wanted)
            if found != interim:
                yield from self.platform.set_svi(found, interim)

    def _interim(self, svi: Svi) -> Svi:
        """The SVI with the temporary list in the place of each list that is being swapped."""
        names = {
            key: self.swaps[key[0], name].name if (key[0], name) in self.swaps else name
            for key, name in svi.acls.items()
        }
        return replace(svi, acls=names)

    def _ports(self) -> Iterator[str]:
        for name, wanted in self.target.ports.items():
            found = self.running.ports.get(name, Port(name))  # the device refuses a port that it has not
            if found != wanted:
                yield from self.platform.set_port(found, wanted)

    def _rewrite(self) -> Iterator[str]:
        for key in self.swaps:
            yield from self.platform.remove_acl(self.target.acls[key])
            yield from self.platform.create_acl(renumbered(self.target.acls[key], key[1]))

    def _rebind(self) -> Iterator[str]:
        for svi in self.target.svis.values():
            interim = self._interim(svi)
            if interim != svi:
                yield from self.platform.bind_acls(interim, svi)

    def _delete(self) -> Iterator[str]:
        for stand_in in self.swaps.values():
            yield from self.platform.remove_acl(stand_in)
        for key, acl in self.running.acls.items():
            if key not in self.target.acls:
                yield from self.platform.remove_acl(acl)
        for vlan in self.running.vlans:
            if vlan not in self.target.vlans:
                yield from self.platform.remove_vlan(vlan)
