"""Why a broadcast domain holds two layers: each place where one layer meets another, and the lines up to there."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from sanso.messages import Finding
from sanso.network.snapshot import Line
from sanso.proof.findings import Step, error, warning
from sanso.proof.intended import Intended, Wanted
from sanso.proof.layer2 import Domain, Join, Layer2, Leaf, tag_line
from sanso.proof.links import End
from sanso.proof.placement import Place
from sanso.proof.wires import Node


class _Reached(NamedTuple):
    """How the nearest thing of a known layer is reached from a node."""

    place: Place
    root: str
    through: Join | None
    back: Node


class Leaks:
    """Explains leaks; works only on domains that have one."""

    def __init__(self, layer2: Layer2, intended: Intended) -> None:
        self.layer2 = layer2
        self.intended = intended

    def findings(self) -> Iterator[Finding]:
        """A finding for each place where layers meet, of every domain."""
        leaky = {domain.id: domain for domain in self.layer2.domains.values() if len(domain.layers) > 1}
        joins: dict[int, list[Join]] = {}
        leaves: dict[int, list[Leaf]] = {}
        if leaky:
            for join in self.layer2.joins:
                joins.setdefault(self.layer2.find(join.near), []).append(join)
            for leaf in self.layer2.leaves:
                leaves.setdefault(self.layer2.find(leaf.node), []).append(leaf)
        for root, domain in leaky.items():
            yield from self._of_domain(domain, joins.get(root, []), leaves.get(root, []))

    def _of_domain(self, domain: Domain, joins: list[Join], leaves: list[Leaf]) -> Iterator[Finding]:
        reached = self._nearest(domain, joins, leaves)
        told: set[tuple[object, ...]] = set()
        for leaf in leaves:
            there = reached[leaf.node]
            if there.place.layer != leaf.place.layer:
                point = (leaf.step.device, leaf.step.port, leaf.tag, leaf.place.layer, there.place.layer)
                if point not in told:
                    told.add(point)
                    yield self._leaf_finding(leaf, there, reached)
        for join in joins:
            near, far = reached.get(join.near), reached.get(join.far)
            if near is None or far is None or near.place.layer == far.place.layer:
                continue
            ends = [self._carrier(end) for end in (join.near_end, join.far_end) if end is not None]
            key = (frozenset(ends), frozenset((near.place.layer, far.place.layer)))
            if key not in told:
                told.add(key)
                yield self._join_finding(join, near, far, reached)

    def _nearest(self, domain: Domain, joins: list[Join], leaves: list[Leaf]) -> dict[Node, _Reached]:
        """From every node of a domain the way to the nearest thing whose layer is known."""
        found: dict[Node, _Reached] = {}
        for device, vlan in domain.vlans:
            node = self.layer2.nodes.vlan(device, vlan)
            if (place := self.layer2.vlan_place(node)) is not None:
                found[node] = _Reached(place, f"VLAN {vlan} {place.segment}".rstrip(), None, node)
        for leaf in leaves:
            found.setdefault(leaf.node, _Reached(leaf.place, leaf.name, None, leaf.node))
        ways: dict[Node, list[tuple[Node, Join]]] = {}
        for join in joins:
            ways.setdefault(join.near, []).append((join.far, join))
            ways.setdefault(join.far, []).append((join.near, join))
        queue = deque(found)
        while queue:
            node = queue.popleft()
            for other, join in ways.get(node, ()):
                if other not in found:
                    found[other] = _Reached(found[node].place, found[node].root, join, node)
                    queue.append(other)
        return found

    def _join_finding(self, join: Join, near: _Reached, far: _Reached, reached: dict[Node, _Reached]) -> Finding:
        chain = [
            *self._way(join.near, reached)[::-1],
            *self._steps(join, join.near),
            *self._way(join.far, reached),
        ]
        at = [join.near_end, *([join.far_end] if join.far_end else [])]
        ends = [*at, *(End(step.device, step.port) for step in chain)]
        return self._finding(ends, join.tag, (near.place, near.root), (far.place, far.root), chain)

    def _leaf_finding(self, leaf: Leaf, there: _Reached, reached: dict[Node, _Reached]) -> Finding:
        chain = [leaf.step, *self._way(leaf.node, reached)]
        one, other = (leaf.place, leaf.name), (there.place, there.root)
        end = End(leaf.step.device, leaf.step.port)
        if leaf.tag is None:
            return self._say("svi", end, leaf.step.line, one, other, chain)
        ends = [end, *(End(step.device, step.port) for step in chain[1:])]
        return self._finding(ends, leaf.tag, one, other, chain, otherwise="host")

    def _way(self, node: Node, reached: dict[Node, _Reached]) -> list[Step]:
        """Steps from a node to the nearest thing of a known layer."""
        steps: list[Step] = []
        while (join := reached[node].through) is not None:
            steps += self._steps(join, node)
            node = reached[node].back
        return steps

    def _steps(self, join: Join, start: Node) -> list[Step]:
        """The two ports of a join, in the order that a frame from ``start`` passes them."""
        ends = [end for end in (join.near_end, join.far_end) if end is not None]
        steps = [Step(*end, self._line(end, join.tag), join.assumed) for end in ends]
        return steps if start == join.near else steps[::-1]

    def _line(self, end: End, tag: int) -> Line:
        interface = self.layer2.wires.carrier(*end)
        if interface.switching is None and interface.addresses:
            return interface.addresses[0].line
        return tag_line(interface, tag)

    def _carrier(self, end: End) -> End:
        return End(end.device, self.layer2.wires.carrier(*end).name)

    def _finding(
        self,
        ends: list[End],
        tag: int,
        one: tuple[Place, str],
        other: tuple[Place, str],
        chain: list[Step],
        otherwise: str = "unsure",
    ) -> Finding:
        """Blame the first port that is not as the city wants it, else the place where the layers meet."""
        for end in dict.fromkeys(ends):
            wanted = self.intended.port(end)
            if wanted is not None and (extra := self._extra(end, wanted)):
                line = self._line(end, min(extra))
                return self._say(wanted.variant, end, line, one, other, chain, wanted)
        return self._say(otherwise, ends[0], self._line(ends[0], tag), one, other, chain)

    def _extra(self, end: End, wanted: Wanted) -> set[int]:
        """Tags that lead from a port to a VLAN that the city does not want there."""
        sends = self.layer2.wires.of(*end).sends
        tags = {(tag, self.layer2.nodes.name(node)[1]) for tag, node in sends if node >= 0}
        return {tag for tag, vlan in tags if (tag, vlan) not in wanted.tags}

    def _say(
        self,
        variant: str,
        end: End,
        line: Line,
        one: tuple[Place, str],
        other: tuple[Place, str],
        chain: list[Step],
        wanted: Wanted | None = None,
    ) -> Finding:
        args = {
            "device": end.device,
            "port": end.port,
            "line": line.text.strip(),
            "one": one[1],
            "layer": one[0].layer,
            "other": other[1],
            "other_layer": other[0].layer,
            **(wanted.words if wanted else {}),
        }
        subnets = [step for step in chain if step.assumed and self._is_routed(step)]
        say = warning if subnets else error
        return say("TOPO-01", line, args, variant, chain)

    def _is_routed(self, step: Step) -> bool:
        return self.layer2.wires.carrier(step.device, step.port).switching is None
