"""What a network engineer would tidy up: lines that do nothing, names that lead nowhere.

Nothing here takes from a proof: every finding is a warning, and all that it reports may be removed without a packet
being decided otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanso.city.model import City
from sanso.messages import Finding
from sanso.network.snapshot import AccessList, Line, Rule, Snapshot
from sanso.proof.filters import services_of
from sanso.proof.findings import Args, warning
from sanso.proof.intended import Intended
from sanso.proof.lines import Idle, IdleLine, idle_lines
from sanso.proof.lint_ports import PortLint
from sanso.proof.references import LooseReference, Reference, loose_references
from sanso.proof.services import Services

SHOWN = 5
"""So many lines are named where several decide together."""


def lint(snapshots: Mapping[str, Snapshot], city: City | None = None, *, redundant: bool = False) -> list[Finding]:
    """Everything to tidy up, device by device, in the order of the lines.

    Args:
        snapshots: what each device's configuration says, by host name.
        city: the city that they belong to, if there is one: what it asks for is nothing to tidy up.
        redundant: whether to tell of lines, too, that later ones repeat; most lists have some, for clarity.
    """
    services = services_of([acl for snapshot in snapshots.values() for acl in snapshot.acls.values()])
    intended = Intended(city)
    found: list[Finding] = []
    for name, snapshot in snapshots.items():
        own = [
            *_Device(name, snapshot, services, redundant=redundant).findings(),
            *PortLint(name, snapshot, intended).findings(),
        ]
        found += sorted(own, key=lambda one: (one.location.line if one.location else 0, one.rule))
    return found


class _Device:
    """Access lists, object groups and VRFs of one device."""

    def __init__(self, name: str, snapshot: Snapshot, services: Services, *, redundant: bool) -> None:
        self.name = name
        self.snapshot = snapshot
        self.services = services
        self.redundant = redundant

    def findings(self) -> Iterator[Finding]:
        references = loose_references(self.snapshot)
        unused = {(one.family, one.name) for one in references if one.kind is Reference.UNUSED}
        for reference in references:
            yield self._reference(reference)
        for key, acl in self.snapshot.acls.items():
            if key not in unused:  # what is to go as a whole needs no advice on its lines
                yield from self._lines(acl)
        yield from self._groups()
        yield from self._vrfs()

    def _lines(self, acl: AccessList) -> Iterator[Finding]:
        for idle in idle_lines(acl, self.services):
            if idle.kind is not Idle.REDUNDANT or self.redundant:
                yield self._idle(acl, idle)

    def _idle(self, acl: AccessList, idle: IdleLine) -> Finding:
        rule = {Idle.SHADOWED: "LINT-01", Idle.UNREACHABLE: "LINT-02", Idle.REDUNDANT: "LINT-03"}[idle.kind]
        written = [one for one in idle.others if one.line.number]
        first = next((one for one in written if one.action != idle.rule.action), written[0] if written else None)
        args = {
            "acl": acl.name,
            "line": idle.rule.line.text,
            "others": _told(idle.others),
            "first": first.line.number if first else "-",
        }
        variant = "" if idle.kind is not Idle.UNREACHABLE else "decided" if idle.others else "nothing"
        return self._say(rule, idle.rule.line, args, variant)

    def _reference(self, loose: LooseReference) -> Finding:
        if loose.kind is Reference.UNUSED:
            return self._say("LINT-06", loose.line, {"acl": loose.name})
        rule = {Reference.UNDEFINED: "LINT-04", Reference.EMPTY: "LINT-05"}[loose.kind]
        args = {
            "acl": loose.name,
            "interface": loose.interface,
            "direction": loose.binding.direction if loose.binding else "-",
            "family": {"ipv4": "IPv4", "ipv6": "IPv6"}[loose.family],
            "line": str(loose.acl.line) if loose.acl else "-",
        }
        return self._say(rule, loose.line, args)

    def _groups(self) -> Iterator[Finding]:
        for unread in self.snapshot.unread:
            if unread.why == "object_group":
                yield self._say("LINT-09", unread.line, {"line": unread.line.text}, "undefined")
        for name, line in self.snapshot.groups.items():
            if name not in self.snapshot.mentions:
                yield self._say("LINT-09", line, {"group": name}, "unused")

    def _vrfs(self) -> Iterator[Finding]:
        named: dict[str, Line] = {}
        for interface in self.snapshot.interfaces.values():
            named.setdefault(interface.vrf, interface.line)
        for route in self.snapshot.routes:
            named.setdefault(route.vrf, route.line)
            named.setdefault(route.next_vrf or "", route.line)
        for vrf, line in named.items():
            if vrf and vrf not in self.snapshot.vrfs:
                yield self._say("LINT-10", line, {"vrf": vrf, "line": line.text})

    def _say(self, rule: str, line: Line, args: Args, variant: str = "") -> Finding:
        return warning(rule, line, {"device": self.name, **args}, variant)


def _told(rules: tuple[Rule, ...]) -> str:
    """Lines of one file as people read them; of many, the first."""
    shown = "; ".join(f"{rule.line.number or '-'}: {rule.line.text}" for rule in rules[:SHOWN])
    return f"{shown}; … (+{len(rules) - SHOWN})" if len(rules) > SHOWN else shown
