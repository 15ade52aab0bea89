"""Ways through a firewall: what packets meet there hangs on where they came in and where they leave."""

from __future__ import annotations

from ipaddress import ip_interface, ip_network

from sanso.network.facts import Family
from sanso.network.firewall import Case, Clause, ClauseChain, Firewall
from sanso.network.packets import Match, any_address
from sanso.network.snapshot import Address, Interface, Kind, Line, Route, Snapshot
from sanso.proof.chains import Chain
from sanso.proof.topology import Topology

V4: frozenset[Family] = frozenset({"ipv4"})
ANY = Match("ipv4", any_address("ipv4"), any_address("ipv4"))


def line(number: int, text: str) -> Line:
    return Line("fw.cfg", number, text)


def interface(name: str, *addresses: str) -> Interface:
    own = tuple(Address(ip_interface(one), line(1, one)) for one in addresses)
    return Interface(name, Kind.ROUTED, line(1, name), addresses=own)


def firewall() -> Firewall:
    """From a to b, and nothing else."""
    case = Case(ANY, frozenset({"a"}), frozenset({"b"}))
    chain = ClauseChain("forward", (Clause("accept", (case,), line(5, "accept")),), line(4, "chain"), V4, "drop")
    return Firewall(("forward",), {"forward": chain}, line(3, "ruleset"))


def topology() -> Topology:
    """fw joins a, b and c; behind b stands a router with d."""
    own = (
        interface("a", "10.1.0.1/24"),
        interface("b", "10.2.0.1/24", "fd02::1/64"),
        interface("c", "10.3.0.1/24", "fd03::1/64"),
    )
    routes = (Route(ip_network("10.4.0.0/24"), line(9, "route"), next_hop=ip_interface("10.2.0.2/24").ip),)
    fw = Snapshot("fw", "nftables", "fw.cfg", {one.name: one for one in own}, routes=routes, firewall=firewall())
    near, far = interface("b", "10.2.0.2/24", "fd02::2/64"), interface("d", "10.4.0.1/24", "fd04::1/64")
    back = Route(ip_network("0.0.0.0/0"), line(9, "route"), next_hop=ip_interface("10.2.0.1/24").ip)
    other = Snapshot("other", "ios", "other.cfg", {one.name: one for one in (near, far)}, routes=(back,))
    return Topology({"fw": fw, "other": other})


def chains(source: tuple[str, str], prefix: str, family: Family = "ipv4") -> list[Chain]:
    found = topology()
    start = next(one for one in found.sources() if (one.device, one.interface, one.family) == (*source, family))
    end = next(one for one in found.targets() if str(one.prefix) == prefix)
    (group,) = (one for one in found.groups(start) if end in one.targets)
    ways = found.chains(start, end)
    assert {one.filters for one in ways} == {one.filters for one in group.chains}, "groups say the same"
    return ways


def places(chain: Chain) -> list[str]:
    return [f"{one.device} {one.place} {one.direction}" for one in chain.stages]


def test_between_two_interfaces_stands_their_own_list() -> None:
    (one,), (other,) = chains(("fw", "a"), "10.2.0.0/24"), chains(("fw", "c"), "10.2.0.0/24")
    assert places(one) == ["fw a in", "fw a→b through", "fw b out"]
    assert places(other) == ["fw c in", "fw c→b through", "fw b out"]
    assert one.filters[0].acl != other.filters[0].acl


def test_the_way_goes_on_behind_the_firewall() -> None:
    (way,) = chains(("fw", "a"), "10.4.0.0/24")
    assert places(way) == ["fw a in", "fw b route", "fw a→b through", "fw b out", "other b in", "other d out"]


def test_what_comes_from_behind_remembers_where_it_came_in() -> None:
    (way,) = chains(("other", "d"), "10.3.0.0/24")
    assert places(way) == ["other d in", "other b route", "other b out", "fw b in", "fw b→c through", "fw c out"]


def test_a_family_without_a_hook_meets_no_list_but_a_line() -> None:
    (way,) = chains(("fw", "c"), "fd02::/64", "ipv6")
    assert places(way) == ["fw c in", "fw c→b through", "fw b out"]
    assert (way.stages[1].acl, way.stages[1].line.text) == (None, "ruleset")


def test_lists_are_added_to_the_device() -> None:
    found = topology().snapshots["fw"]
    names = {acl.name for acl in found.acls.values()}
    assert names == set(found.through.values())
    assert len(found.through) == 9, "each pair of three interfaces"
    assert len(names) < len(found.through), "pairs that no rule tells apart share one"
