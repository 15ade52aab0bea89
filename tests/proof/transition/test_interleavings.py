"""Small random networks, every order of every command tried: what a proof says nothing of is never open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_network
from itertools import product

from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from sanso.change.plan import plan
from sanso.network.packets import Packet
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform
from sanso.proof.interpreter import judge
from sanso.proof.placement import Place, Placement
from sanso.proof.policy import Policy
from sanso.proof.topology import Topology
from sanso.proof.transition.course import Course
from sanso.proof.transition.proof import prove_transition
from tests.change.test_plan import device_with, facts
from tests.proof.topology.flood import flood, vlans, worlds
from tests.proof.topology.networks import cable

LAYERS = {10: "lgwan", 20: "internet", 30: "mynumber"}
PORT = "GigabitEthernet1/0/1"
CABLE = ("a", PORT, "b", PORT)
PLACEMENT = Placement(
    {vlan: Place(layer) for vlan, layer in LAYERS.items()},
    {ip_network(f"10.{n}.{vlan}.0/24"): Place(layer) for vlan, layer in LAYERS.items() for n in (0, 1)},
)
POLICY = Policy(prefixes={"ipv4": (ip_network("10.0.0.0/8"),), "ipv6": ()})
STATES = 150
"""Networks that are tried of one change."""

Opening = tuple[object, ...]


@st.composite
def courses(draw: st.DrawFn) -> dict[str, Course]:
    """Two switches with a cable between them that change at once; the planner's order, or any other of its blocks."""
    found = {}
    nos = load_platform("ios")
    for name in ("a", "b"):
        text = device_with("ios", draw(facts("ios"))).running_config().replace("hostname sw1", f"hostname {name}")
        steps = plan(nos, nos.parse(name, text), draw(facts("ios")))
        blocks = _blocks([command for step in steps for command in step.commands])
        order = draw(st.permutations(blocks)) if draw(st.booleans()) else blocks
        found[name] = Course(name, "ios", text, tuple(line for block in order for line in block))
    return found


def _blocks(lines: Sequence[str]) -> list[list[str]]:
    """A mode entered, its lines and the way back; or a line by itself."""
    found: list[list[str]] = []
    for line in lines:
        if line.startswith(" "):
            found[-1].append(line)
        else:
            found.append([line])
    return found


def cabled(snapshots: Mapping[str, Snapshot]) -> dict[str, Snapshot]:
    return cable(snapshots, CABLE)


def topology(snapshots: Mapping[str, Snapshot]) -> Topology:
    return Topology(cabled(snapshots), placement=PLACEMENT)


def openings(snapshots: Mapping[str, Snapshot]) -> set[Opening]:
    """Layers in one broadcast domain, frame by frame; packets to other layers, line by line."""
    return {*_frames(snapshots), *_packets(topology(snapshots))}


def _frames(snapshots: Mapping[str, Snapshot]) -> Iterator[Opening]:
    for modes in worlds(snapshots, [CABLE]):
        for device, snapshot in snapshots.items():
            for vlan in vlans(snapshot) & LAYERS.keys():
                for other, there in flood(snapshots, [CABLE], modes, (device, vlan)):
                    if LAYERS.get(there, LAYERS[vlan]) != LAYERS[vlan]:
                        yield "frame", frozenset(((device, vlan), (other, there)))


def _packets(network: Topology) -> Iterator[Opening]:
    for source, target in product(network.sources(), network.targets()):
        layers = [one.place.layer if one.place else "" for one in (source, target)]
        if source.family != "ipv4" or target.family != "ipv4" or layers[0] == layers[1]:
            continue
        if source.domain == target.domain:
            continue  # frames get there, which counts by itself
        for protocol, port, known in ((6, 22, False), (6, 443, False), (6, 443, True), (17, 450, False)):
            for sender in ("10.0.0.1", "10.0.0.9", "10.9.9.9"):
                packet = Packet("ipv4", _number(sender), int(target.prefix[1]), protocol, 50000, port, 0, 0, known)
                for chain in network.chains(source, target):
                    if all(_permits(network.snapshots[one.device], one.acl, packet) for one in chain.filters):
                        there = frozenset((leg.router.device, leg.name) for leg in target.legs)
                        yield "packet", there, source.device, source.interface, packet


def is_known(found: Opening, known: set[Opening]) -> bool:
    """Whether an end has it; a subnet is the same one where it is at the same interface, whatever others join it."""
    if found[0] == "frame":
        return found in known
    same = (one for one in known if one[0] == "packet" and one[2:] == found[2:])
    return any(not found[1].isdisjoint(one[1]) for one in same)  # type: ignore[attr-defined]  # a set of legs


def _permits(snapshot: Snapshot, acl: str | None, packet: Packet) -> bool:
    found = snapshot.acls.get(("ipv4", str(acl)))
    return found is None or judge(found, packet).permitted


def _number(address: str) -> int:
    return int(ip_network(address).network_address)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(changes=courses())
def test_what_any_order_opens_is_not_proved(changes: dict[str, Course]) -> None:
    found = prove_transition(changes, topology({name: one.before for name, one in changes.items()}), POLICY)
    event(", ".join(sorted({finding.variant for finding in found.findings})) or "holds")
    if not found.holds:
        return
    ends = [{name: getattr(one, end) for name, one in changes.items()} for end in ("before", "after")]
    known = set().union(*map(openings, ends))
    states = [[one.before, *one.states(range(1, len(one.commands) + 1))] for one in changes.values()]
    for one, other in list(product(*states))[:: max(1, len(states[0]) * len(states[1]) // STATES)]:
        new = {found for found in openings({"a": one, "b": other}) if not is_known(found, known)}
        assert not new, (one.file, other.file)
