"""Questions: against packets that are routed and filtered one by one, and over the embedded city in both languages.

``UPDATE_GOLDEN=1`` writes the texts in ``questions/`` anew; read the difference before you keep it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from ipaddress import IPv4Address, ip_network
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.city.load import load_city
from sanso.messages import LANGUAGES, Language
from sanso.network.packets import ANY_PORT, Match, Packet, any_address, network_range
from sanso.network.snapshot import AccessList, Line, Rule, Snapshot, Unread
from sanso.proof.answer import Words
from sanso.proof.asked import QuestionError, answering_packet
from sanso.proof.interpreter import judge
from sanso.proof.policy import Policy
from sanso.proof.question import Answer, ask
from sanso.proof.topology import Topology
from sanso.proof.trips import Reach
from sanso.render import intend_city, intended_snapshots
from tests.proof.topology.networks import LAB, Text, device, network, port, route, routed, svi
from tests.proof.topology.test_paths import World, worlds

HERE = Path(__file__).parent / "questions"
TODAY = date(2026, 11, 1)

# ----- against packets one by one ---------------------------------------------------------------------------------

SPANS = (any_address("ipv4"), *((network_range(f"10.0.{lan}.0/24"),) for lan in (1, 2, 3, 4)))
PORTS = (ANY_PORT, ((80, 80),), ((443, 500),))
TCP = ((6, 6),)


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    span, ports = st.sampled_from(SPANS), st.sampled_from(PORTS)
    state = draw(st.sampled_from((None, None, True)))
    match = Match("ipv4", draw(span), draw(span), TCP, draw(ports), draw(ports), established=state)
    return Rule(
        draw(st.sampled_from(("permit", "permit", "deny"))), (match,), Line("x.cfg", draw(st.integers(1, 99)), "")
    )


@st.composite
def filtered(draw: st.DrawFn) -> tuple[World, dict[str, AccessList]]:
    """Routers, each with one list, bound or not."""
    world = draw(worlds())
    line = Line("x.cfg", 1, "ip access-list extended x")
    return world, {
        name: AccessList("ipv4", "x", tuple(draw(st.lists(rules(), max_size=4))), line) for name in world.boxes
    }


def ways(world: World, source: int, target: IPv4Address) -> Iterator[tuple[str, ...]]:
    """Lists on every way from a LAN to an address of another, as ``device lan direction``."""
    for name, box in world.boxes.items():
        if source in box.lans:
            for path in world.paths(name, target):
                yield (*world._met(name, source, "in"), *path)


def passes(world: World, lists: dict[str, AccessList], source: int, packet: Packet) -> bool:
    """Whether a packet passes all lists of some way."""
    found = ways(world, source, IPv4Address(packet.target))
    return any(all(judge(lists[place.split()[0]], packet).permitted for place in path) for path in found)


@settings(max_examples=60, deadline=None)
@given(filtered(), st.sampled_from((80, 443)))
def test_a_no_means_that_no_packet_gets_there_nor_its_answer_back(
    made: tuple[World, dict[str, AccessList]], number: int
) -> None:
    world, lists = made
    snapshots = {name: replace(one, acls={("ipv4", "x"): lists[name]}) for name, one in world.snapshots().items()}
    topology = Topology(snapshots)
    known = {lan for box in world.boxes.values() for lan in box.lans}
    for one, other in product(known, known):
        if one == other:
            continue
        ends = f"10.0.{one}.250", f"10.0.{other}.250"
        answer = ask(topology, Policy(), *ends, f"tcp/{number}")
        packet = Packet("ipv4", int(IPv4Address(ends[0])), int(IPv4Address(ends[1])), 6, 49152, number)
        (pair,) = answer.pairs
        if passes(world, lists, one, packet):
            assert pair.request.reach is not Reach.NO, (ends, number)
            back = answering_packet(packet)
            if passes(world, lists, other, back):
                assert pair.reply is not None
                assert pair.reply.reach is not Reach.NO, (ends, number)
        _shown_as_judged(answer, snapshots)


def _shown_as_judged(answer: Answer, snapshots: dict[str, Snapshot]) -> None:
    """What is shown of a way is what each list says of the packet."""
    trips = [trip for pair in answer.pairs for trip in (pair.request, pair.reply) if trip is not None]
    for journey, passed in ((j, p) for trip in trips for j, p in ((trip.through, True), (trip.stopped, False)) if j):
        judged = [
            judge(snapshots[hop.stage.device].acls["ipv4", "x"], journey.packet).permitted
            for hop in journey.hops
            if hop.stage.acl is not None
        ]
        assert all(judged) is passed
        assert [hop.permitted for hop in journey.hops if hop.stage.acl is not None] == judged


# ----- one router -------------------------------------------------------------------------------------------------


def rule(action: str, source: str, target: str, *, text: str = "", **more: object) -> Rule:
    match = Match("ipv4", (network_range(source),), (network_range(target),), TCP, **more)  # type: ignore[arg-type]
    return Rule(action, (match,), Line("r.cfg", 40, text or f"{action} tcp {source} {target}"))  # type: ignore[arg-type]


def router(*rules_in: Rule, bound: bool = True, unread: tuple[Unread, ...] = ()) -> Topology:
    """Two LANs; what comes in from the first meets a list."""
    text = Text("r")
    legs = (
        routed(text, "Gi1", "10.0.1.1/24", acl_in="L" if bound else ""),
        routed(text, "Gi2", "10.0.2.1/24"),
        routed(text, "Gi3", "2001:db8:3::1/64"),
    )
    acls = {("ipv4", "L"): AccessList("ipv4", "L", rules_in, Line("r.cfg", 30, "ip access-list extended L"))}
    made = device("r", *legs, acls=acls if rules_in else {}, unread=unread)
    return Topology(network(made))


WEB = rule("permit", "10.0.1.0/24", "10.0.2.0/24", target_ports=((443, 443),))


def said(topology: Topology, source: str, target: str, service: str = "any") -> str:
    answer = ask(topology, Policy(), source, target, service)
    assert Words(answer, "ja").lines()
    return "\n".join(Words(answer, "en").lines())


def test_what_a_list_lets_through_in_part_is_told_with_both_packets() -> None:
    words = said(router(WEB), "10.0.1.0/24", "10.0.2.0/24", "tcp/440-450")
    assert words.startswith("partly: ")
    assert "what gets there: tcp/443" in words
    assert "denied at the end of list L: no line of it permits this (r.cfg:2: ipv4 access-group L in)" in words


def test_a_list_that_is_bound_and_absent_lets_everything_through() -> None:
    words = said(router(), "10.0.1.5", "10.0.2.5")
    assert words.startswith("yes: ")
    assert "list L does not exist or is empty" in words


def test_an_answer_that_is_stopped_is_told() -> None:
    elsewhere = rule("permit", "10.0.1.0/24", "10.0.9.0/24")
    words = said(router(elsewhere), "10.0.2.5", "10.0.1.5", "tcp/443")
    assert words.startswith("no connection: ")
    assert "its answer is stopped: tcp 10.0.1.5:443 → 10.0.2.5:49152 (ACK or RST set)" in words


def test_an_answer_that_few_clients_get_is_no_yes() -> None:
    words = said(router(WEB), "10.0.2.5", "10.0.1.5", "tcp/443")
    assert words.startswith("partly: ")
    assert "what comes back of the answers: " in words


def test_a_line_that_was_not_understood_makes_an_answer_unsure() -> None:
    odd = Rule("permit", (), Line("r.cfg", 41, "permit tcp any any time-range X"), understood=False)
    answer = ask(router(WEB, odd), Policy(), "10.0.1.5", "10.0.2.5", "tcp/80")
    assert not answer.sure
    assert "r.cfg:41: permit tcp any any time-range X" in "\n".join(Words(answer, "en").lines())
    assert ask(router(WEB, odd), Policy(), "10.0.1.5", "10.0.2.5", "tcp/443").sure


def test_a_no_is_not_sure_where_any_line_was_not_understood_and_a_yes_where_one_on_its_way_was_not() -> None:
    nat = (Unread(Line("r.cfg", 90, "ip nat inside source list 1"), "nat"),)
    assert not ask(router(WEB, unread=nat), Policy(), "10.0.1.5", "10.0.2.5", "tcp/80").sure
    assert not ask(router(WEB, unread=nat), Policy(), "10.0.1.5", "10.0.2.5", "tcp/443").sure
    assert ask(router(WEB), Policy(), "10.0.1.5", "10.0.2.5", "tcp/80").sure


def test_the_routers_own_address_is_past_no_list_towards_it() -> None:
    deny_out = Text("r")
    legs = (routed(deny_out, "Gi1", "10.0.1.1/24"), routed(deny_out, "Gi2", "10.0.2.1/24", acl_out="L"))
    acls = {("ipv4", "L"): AccessList("ipv4", "L", (rule("deny", "0.0.0.0/0", "0.0.0.0/0"),), Line("r.cfg", 30, "L"))}
    topology = Topology(network(device("r", *legs, acls=acls)))
    assert ask(topology, Policy(), "10.0.1.5", "10.0.2.1", "tcp/22").reach is Reach.YES
    assert ask(topology, Policy(), "10.0.1.5", "10.0.2.5", "tcp/22").reach is Reach.NO


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("10.0.1.5", "10.0.1.9", "both are in one broadcast domain"),
        ("10.0.1.5", "10.0.9.9", "no interface has a subnet with 10.0.9.9"),
        ("10.0.1.5", "2001:db8:3::5", "have no address family in common"),
    ],
)
def test_what_no_list_decides_is_told(source: str, target: str, expected: str) -> None:
    assert expected in said(router(WEB), source, target)


def test_a_way_without_a_route_is_told() -> None:
    texts = Text("a"), Text("b")
    apart = network(
        device("a", routed(texts[0], "Gi1", "10.0.1.1/24"), routed(texts[0], "Gi2", "10.0.2.1/24")),
        device("b", routed(texts[1], "Gi1", "10.0.3.1/24"), routed(texts[1], "Gi2", "10.0.4.1/24")),
    )
    assert "no route leads to 10.0.3.5: the way ends at a" in said(Topology(apart), "10.0.1.5", "10.0.3.5")


def two_routers(*routes: tuple[str, str]) -> Topology:
    """a with 10.0.1.0/24 and b with 10.0.3.0/24, joined; a has some routes, b one back."""
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
                routed(other, "Gi1", "10.0.2.2/24"),
                routed(other, "Gi2", "10.0.3.1/24"),
                routes=(route(other, "10.0.1.0/24", "10.0.2.1"),),
            ),
        )
    )


def test_the_routes_on_a_way_are_told() -> None:
    lines = said(two_routers(("10.0.3.0/24", "10.0.2.2")), "10.0.1.5", "10.0.3.5")
    assert "    a Gi2: sent on by a.cfg:5: ip route 10.0.3.0/24 10.0.2.2" in lines
    assert "    b Gi1: sent on by b.cfg:5: ip route 10.0.1.0/24 10.0.2.1" in lines


def test_a_port_is_asked_in_its_vlan() -> None:
    text = Text("s")
    ports = (
        port(text, "GigabitEthernet1/0/1", access=10),
        port(text, "GigabitEthernet1/0/2", access=30),
        port(text, "GigabitEthernet1/0/3", access=10, shut=True),
    )
    topology = Topology(
        network(device("s", *ports, svi(text, 10, "10.0.1.1/24"), svi(text, 20, "10.0.2.1/24"), vlans=[10, 20, 30]))
    )
    assert said(topology, "s:gi1/0/1", "10.0.2.5").startswith("yes: ")
    assert "30 of s, where the port's hosts are, does not get to any gateway" in said(
        topology, "s:Gi1/0/2", "10.0.2.5"
    )
    closed = ask(topology, Policy(), "s:Gi1/0/3", "10.0.2.5")
    assert (closed.reach, closed.sure) == (Reach.NO, True)
    assert "the port is shut" in said(topology, "s:Gi1/0/3", "10.0.2.5")


# ----- the embedded city ------------------------------------------------------------------------------------------

QUESTIONS = {
    "approved": ("resident_records", "data_link", "https"),
    "denied": ("lgwan_staff@branch_hoikusho_east", "resident_records", "tcp/443"),
    "answers_only": ("data_link", "resident_records", "any"),
    "by_a_node": ("lgwan_staff@city_hall", "internet_staff@city_hall", "file_transfer"),
    "public_to_internet": ("public_wifi", "internet", "https"),
    "public_to_office": ("public_wifi@branch_toshokan_chuo", "lgwan_servers", "any"),
    "from_the_internet": ("internet", "lgwan_staff", "any"),
    "same_subnet": ("10.21.1.7", "10.21.1.9", "tcp/445"),
    "unknown_address": ("10.99.0.1", "10.21.1.9", "any"),
    "families": ("10.21.1.0/24", "fd5a:6d21:9912:2100::/64", "any"),
    "terminal": ("hall-floor-1:gi1/0/1", "resident_records", "https"),
    "operation": ("operations_terminal", "management", "ssh"),
}


@pytest.fixture(scope="module")
def city() -> tuple[Topology, Policy]:
    lab = load_city(LAB)
    return Topology(intended_snapshots(intend_city(lab)), lab), Policy.of_city(lab)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_read_as_written(city: tuple[Topology, Policy], name: str, lang: Language) -> None:
    words = Words(ask(*city, *QUESTIONS[name]), lang, TODAY)
    found = "\n".join([*words.lines(), ""])
    file = HERE / f"{name}.{lang}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(found, encoding="utf-8")
    assert found == file.read_text(encoding="utf-8")


def test_an_answer_is_plain_data_too(city: tuple[Topology, Policy]) -> None:
    found = Words(ask(*city, *QUESTIONS["approved"]), "en", TODAY).as_dict()
    assert (found["answer"], found["sure"], len(found["paths"])) == ("yes", True, 2)
    path = found["paths"][0]
    assert path["approval"]["flows"] == {"resident_record_link": "2028-03-31"}
    first, last = path["request"]["through"]["way"]
    assert (first["device"], first["interface"], first["permitted"]) == ("hall-core-1", "Vlan120", True)
    assert last["acl"] is None


def test_a_flow_that_ended_is_told_so(city: tuple[Topology, Policy]) -> None:
    words = Words(ask(*city, *QUESTIONS["approved"]), "en", date(2030, 1, 1))
    assert "approved: resident_record_link (ended on 2028-03-31)" in "\n".join(words.lines())


def misplaced(city: tuple[Topology, Policy], vlan: int, *, known: bool = True) -> tuple[Topology, Policy]:
    """A terminal's port of the number-card layer in another VLAN, which the switch has or not."""
    topology, policy = city
    switch = topology.snapshots["hall-floor-1"]
    old = switch.interfaces["GigabitEthernet1/0/1"]
    assert old.switching is not None
    moved = replace(old, switching=replace(old.switching, access_vlan=vlan))
    vlans = {**(switch.vlans or {}), **({vlan: "x"} if known else {})}
    changed = replace(switch, interfaces={**switch.interfaces, old.name: moved}, vlans=vlans)
    return Topology({**topology.snapshots, "hall-floor-1": changed}, topology.city), policy


@pytest.mark.parametrize(
    ("vlan", "known", "why"),
    [
        (777, True, "777 of hall-floor-1, where the port's hosts are, does not get to any gateway of this family"),
        (778, False, "the port takes no untagged frames into any VLAN"),
    ],
)
def test_a_port_of_a_segment_that_its_gateway_does_not_hear_is_told(
    city: tuple[Topology, Policy], vlan: int, known: bool, why: str
) -> None:
    answer = ask(*misplaced(city, vlan, known=known), "mynumber_terminals@city_hall", "resident_records", "https")
    assert answer.reach is Reach.PARTLY
    words = "\n".join(Words(answer, "en").lines())
    assert "  mynumber_terminals@city_hall (hall-floor-1:GigabitEthernet1/0/1) → resident_records" in words
    assert why in words


def test_a_port_of_a_segment_in_a_foreign_vlan_reaches_what_that_vlan_reaches(city: tuple[Topology, Policy]) -> None:
    (good,) = {pair.source.name for pair in ask(*city, "mynumber_terminals@city_hall", "data_link", "tcp/22").pairs}
    answer = ask(*misplaced(city, 210), "mynumber_terminals@city_hall", "data_link", "tcp/22")
    reach = {pair.source.name: pair.reach for pair in answer.pairs}
    assert reach == {good: Reach.NO, f"{good} (hall-floor-1:GigabitEthernet1/0/1)": Reach.YES}


WRONG = {
    ("lgwan_staf", "data_link", "any"): "nothing is called lgwan_staf; did you mean: lgwan_staff?",
    ("lgwan_staf@city_hall", "data_link", "any"): "no segment is called lgwan_staf; did you mean: lgwan_staff?",
    ("lgwan_staff@city_hal", "data_link", "any"): "is not at site city_hal; did you mean: city_hall?",
    ("lgwan_staff", "data_lnk", "any"): "did you mean: data_link?",
    ("hall-floor-1:Gi9/9/9", "data_link", "any"): "hall-floor-1 has no port Gi9/9/9",
    ("10.1.1.1/24", "data_link", "any"): "write 10.1.1.0/24 or 10.1.1.1",
    ("10.1.1.1/99", "data_link", "any"): "10.1.1.1/99 is no prefix",
    ("", "data_link", "any"): "a question has two ends",
    ("lgwan_staff", "data_link", "443"): "443 is a port without a protocol; write tcp/443 or udp/443",
    ("lgwan_staff", "data_link", "htps"): "no service is called htps; did you mean: https?",
    ("lgwan_staff", "data_link", "tcp/70000"): "a port is a number from 1 to 65535",
    ("lgwan_staff", "data_link", "udp/20-10"): "the first port of a range is the smaller one",
    ("lgwan_staff", "data_link", "ip/300"): "a protocol number is from 0 to 255",
    ("lgwan_staff", "data_link", "tcp/"): "a port is a number",
}


@pytest.mark.parametrize("question", WRONG)
def test_a_wrong_question_is_told_what_may_stand_there(
    city: tuple[Topology, Policy], question: tuple[str, str, str]
) -> None:
    with pytest.raises(QuestionError) as caught:
        ask(*city, *question)
    assert WRONG[question] in caught.value.say("en")
    assert caught.value.say("ja") != caught.value.say("en")


def test_no_line_to_the_internet_is_no_end(city: tuple[Topology, Policy]) -> None:
    del city
    with pytest.raises(QuestionError, match="no line to the Internet"):
        ask(router(WEB), Policy(prefixes={"ipv4": (ip_network("10.0.0.0/8"),), "ipv6": ()}), "10.0.1.5", "internet")
