"""Services as bits say of every packet what the plain interpreter says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.network.packets import ANY_PORT, Match, Packet
from sanso.proof import interpreter
from sanso.proof.axis import Axis
from sanso.proof.services import ANY_SERVICE, Services, service_of
from tests.proof.small_world import ICMP, PORT_SETS, SERVICES, TCP, THOROUGH, UDP, matches

ANY = ((0, 2**32 - 1),)
PACKETS = tuple(Packet("ipv4", 0, 0, *fields) for fields in SERVICES)


def match(**asked: object) -> Match:
    return Match("ipv4", ANY, ANY, **asked)  # type: ignore[arg-type]


@THOROUGH
@given(st.lists(matches(), max_size=6))
def test_a_packet_has_the_services_of_the_matches_that_it_meets(found: list[Match]) -> None:
    services = Services(found)
    for one in found:
        anywhere = match(**service_of(one)._asdict())
        for packet in PACKETS:
            assert bool(services.atom_of(packet) & services.of(one)) == interpreter.matches(anywhere, packet)


@THOROUGH
@given(st.lists(matches(), min_size=1, max_size=6), st.data())
def test_an_example_has_the_services_that_it_is_an_example_of(found: list[Match], data: st.DataObject) -> None:
    services = Services(found)
    bits = services.every
    for one in found:
        bits &= services.of(one) if data.draw(st.booleans()) else ~services.of(one)
    if bits:
        assert services.atom_of(Packet("ipv4", 0, 0, *services.example(bits))) & bits
    else:
        with pytest.raises(ValueError, match="no services"):
            services.example(bits)


@THOROUGH
@given(st.lists(matches(), min_size=1, max_size=6), st.data())
def test_services_described_are_the_same_services(found: list[Match], data: st.DataObject) -> None:
    services = Services(found)
    bits = services.every
    for one in found:
        bits &= services.of(one) if data.draw(st.booleans()) else ~services.of(one)
    described = [services.of_service(one) for one in services.described(bits)]
    assert sum(described) == bits, "each atom in one description"


def test_any_service_is_every_atom() -> None:
    services = Services([match(protocols=TCP, target_ports=((80, 80),))])
    assert services.of_service(ANY_SERVICE) == services.every
    assert services.described(services.every)[0].established is False


def test_every_packet_belongs_to_exactly_one_atom() -> None:
    services = Services([match(protocols=TCP, target_ports=ports) for ports in PORT_SETS])
    for packet in PACKETS:
        assert services.atom_of(packet).bit_count() == 1
        assert services.atom_of(packet) & services.every


def test_a_match_that_would_divide_an_atom_is_refused() -> None:
    services = Services([match(protocols=UDP, target_ports=((53, 60),))])
    assert services.knows(match(protocols=UDP, target_ports=((0, 52), (61, 65535))))
    assert not services.knows(match(protocols=UDP, target_ports=((53, 53),)))
    with pytest.raises(ValueError, match="in part"):
        services.of(match(protocols=UDP, target_ports=((53, 53),)))


def test_established_is_neither_a_protocol_nor_every_tcp() -> None:
    services = Services([match(protocols=TCP, established=True)])
    new, answer = (services.atom_of(Packet("ipv4", 0, 0, 6, 1024, 80, established=state)) for state in (False, True))
    assert services.of(match(protocols=TCP)) == new | answer
    assert services.of(match(protocols=TCP, established=True)) == answer
    assert services.of(match(established=False)) == new, "asked of any protocol, only TCP has a state"


def test_ports_hold_for_protocols_with_ports_only() -> None:
    http = match(target_ports=((80, 80),))
    services = Services([http])
    with_port = {number for number in range(256) if services.of(http) & services.atom_of(_to_80(number))}
    assert with_port == {6, 17, 132}


def test_new_connections_do_not_pay_for_the_ports_that_answers_come_from() -> None:
    sent = [match(protocols=TCP, target_ports=((port, port),)) for port in range(100)]
    answered = [match(protocols=TCP, source_ports=((port, port),), established=True) for port in range(100)]
    assert len(Services(sent + answered)) < 101 + 101 * 101 + 10


def test_a_witness_is_a_new_connection_from_a_dynamic_port_where_it_may_be() -> None:
    services = Services(
        [match(protocols=TCP, target_ports=((443, 443),)), match(protocols=ICMP, icmp_types=((8, 8),))]
    )
    assert services.example(services.of(match(protocols=TCP, target_ports=((443, 443),)))) == (
        *(6, 49152, 443),
        *(0, 0, False),
    )
    assert services.example(services.of(match(protocols=ICMP, icmp_types=((8, 8),))))[:4] == (1, 0, 0, 8)


def test_an_axis_keeps_numbers_together_that_nothing_tells_apart() -> None:
    axis = Axis([((22, 22),), ((80, 80), (443, 443))], (0, 65535))
    assert set(axis.classes) == {((22, 22),), ((80, 80), (443, 443)), ((0, 21), (23, 79), (81, 442), (444, 65535))}
    assert axis.ranges(axis.mask(ANY_PORT)) == ANY_PORT


def _to_80(protocol: int) -> Packet:
    return Packet("ipv4", 0, 0, protocol, 0, 80)


@THOROUGH
@given(st.lists(matches(), max_size=5), st.lists(matches(), max_size=3))
def test_divided_atoms_hold_the_same_packets(found: list[Match], more: list[Match]) -> None:
    services = Services(found)
    finer = services.divided(more)
    assert all(finer.knows(one) for one in (*found, *more))
    assert services.translated(services.every, finer) == finer.every
    for packet in PACKETS:
        assert services.translated(services.atom_of(packet), finer) & finer.atom_of(packet)
    for one in found:
        assert services.translated(services.of(one), finer) == finer.of(one)
