"""What is not known makes an answer unsure only where packets of the question could get to it."""

from __future__ import annotations

from sanso.proof.policy import Policy
from sanso.proof.question import ask
from sanso.proof.topology import Topology
from tests.proof.topology.networks import Text, device, network, port, route, routed, svi


def apart(*routes: tuple[str, str], elsewhere: tuple[tuple[str, str], ...] = ()) -> Topology:
    """Two routers that do not know each other, with routes of each to next hops that nobody has."""
    one, other = Text("a"), Text("b")
    return Topology(
        network(
            device(
                "a",
                routed(one, "Gi1", "10.0.1.1/24"),
                routed(one, "Gi2", "10.0.2.1/24"),
                routes=tuple(route(one, *made) for made in routes),
            ),
            device(
                "b",
                routed(other, "Gi1", "10.0.3.1/24"),
                routed(other, "Gi2", "10.0.4.1/24"),
                routes=tuple(route(other, *made) for made in elsewhere),
            ),
        )
    )


def rules(topology: Topology) -> set[str]:
    return {one.rule for one in topology.findings}


def sure(topology: Topology, source: str = "10.0.1.5", target: str = "10.0.3.5") -> bool:
    answer = ask(topology, Policy(), source, target)
    assert str(answer.reach) == "no"
    return answer.sure


def test_a_next_hop_that_nobody_has_matters_to_what_is_sent_there() -> None:
    asked, others = apart(("10.0.3.0/24", "10.0.2.9")), apart(("10.99.0.0/16", "10.0.2.9"))
    assert rules(asked) == rules(others) == {"TOPO-09"}
    assert not sure(asked)
    assert sure(others)


def test_a_next_hop_of_a_router_that_packets_do_not_get_to_does_not_matter() -> None:
    topology = apart(elsewhere=(("10.0.3.0/25", "10.0.4.9"),))
    assert rules(topology) == {"TOPO-09"}
    assert sure(topology)


def switch(vlan: int) -> Topology:
    """A switch that routes VLAN 10 and 20, with one trunk to nobody knows where; b stands elsewhere."""
    text, other = Text("a"), Text("b")
    trunk = port(text, "GigabitEthernet1/0/1", trunk=str(vlan), native=999)
    svis = (svi(text, 10, "10.0.1.1/24"), svi(text, 20, "10.0.2.1/24"))
    far = device("b", routed(other, "Gi1", "10.0.3.1/24"), routed(other, "Gi2", "10.0.4.1/24"))
    return Topology(network(device("a", trunk, *svis, vlans=[10, 20, 30]), far))


def test_a_trunk_to_nobody_knows_where_matters_where_its_vlan_is_asked_about() -> None:
    assert rules(switch(10)) == rules(switch(30)) == {"TOPO-07"}
    assert not sure(switch(10))
    assert sure(switch(30))
