"""Domains against frames that are followed one by one, on random networks."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.network.snapshot import Snapshot
from sanso.proof.layer2 import Layer2
from sanso.proof.links import End, Link, Origin
from sanso.proof.placement import Placement
from tests.proof.topology.flood import Cable, flood, vlans, worlds
from tests.proof.topology.networks import Text, device, network, port

VLANS = [1, 2, 3, 4]
some_vlans = st.lists(st.sampled_from(VLANS), unique=True)
one_vlan = st.sampled_from(VLANS)


@st.composite
def switches(draw: st.DrawFn, name: str, *, dynamic: bool) -> Snapshot:
    text = Text(name)
    ports = []
    for number in range(draw(st.integers(1, 4))):
        kind = draw(st.sampled_from(["access", "access", "trunk", "trunk", "all", *(["dynamic"] if dynamic else [])]))
        more = {"shut": draw(st.integers(0, 9)) == 0, "native": draw(one_vlan), "access": draw(one_vlan)}
        if kind == "access":
            more["voice"] = draw(st.none() | one_vlan)
        if kind == "dynamic":
            more["dynamic"] = True
        if kind == "trunk":
            more["trunk"] = ",".join(str(vlan) for vlan in draw(some_vlans))
        if kind == "all":
            more["trunk"] = "all"
        ports.append(port(text, f"Gi{number}", **more))
    if len(ports) > 2 and draw(st.booleans()):  # the last one is the channel of the two before it
        bundle = ports[-1].name
        ports[-3:-1] = [port(text, one.name, channel=bundle, shut=one.shutdown) for one in ports[-3:-1]]
    return device(name, *ports, vlans=draw(some_vlans))


@st.composite
def networks(draw: st.DrawFn, *, dynamic: bool) -> tuple[dict[str, Snapshot], list[Cable]]:
    devices = network(*(draw(switches(name, dynamic=dynamic)) for name in "abcd"[: draw(st.integers(2, 4))]))
    bundles = {(one.hostname, each.channel) for one in devices.values() for each in one.interfaces.values()}
    ends = [(one.hostname, name) for one in devices.values() for name in one.interfaces]
    free = draw(st.permutations([end for end in ends if end not in bundles]))
    pairs = zip(free[::2], free[1::2], strict=False)
    return devices, [(*one, *other) for one, other in pairs if one[0] != other[0]]


def layer2(devices: dict[str, Snapshot], cables: list[Cable]) -> Layer2:
    links = [Link(End(a, b), End(c, d), Origin.INVENTORY) for a, b, c, d in cables]
    return Layer2(devices, links, Placement())


@settings(max_examples=400, deadline=None)
@given(networks(dynamic=False))
def test_domains_are_how_far_frames_get(made: tuple[dict[str, Snapshot], list[Cable]]) -> None:
    devices, cables = made
    judged = layer2(devices, cables)
    places = [(name, vlan) for name, one in devices.items() for vlan in sorted(vlans(one))]
    (modes,) = worlds(devices, cables)
    reached = {place: flood(devices, cables, modes, place) for place in places}
    components = {place: {place} for place in places}
    for place, others in reached.items():  # frames that pass one way are enough
        for other in others:
            merged = components[place] | components[other]
            components.update(dict.fromkeys(merged, merged))
    for place in places:
        assert set(judged.of_vlan(*place).vlans) == components[place]


@settings(max_examples=200, deadline=None)
@given(networks(dynamic=True))
def test_whatever_dynamic_ports_become_no_frame_leaves_its_domain(
    made: tuple[dict[str, Snapshot], list[Cable]],
) -> None:
    devices, cables = made
    judged = layer2(devices, cables)
    for modes in worlds(devices, cables):
        for name, one in devices.items():
            for vlan in sorted(vlans(one)):
                assert flood(devices, cables, modes, (name, vlan)) <= set(judged.of_vlan(name, vlan).vlans)
