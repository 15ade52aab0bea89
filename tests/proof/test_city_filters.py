"""The lists that a generated city's devices should hold, taken through the whole algebra."""

from __future__ import annotations

import pytest

from sanso.city import load_city
from sanso.generate import Size, generate, write_inventory
from sanso.network.snapshot import AccessList
from sanso.proof.compare import compare
from sanso.proof.filters import Filter, services_of
from sanso.proof.interpreter import judge
from sanso.proof.lines import Idle, idle_lines
from sanso.proof.services import Services
from sanso.proof.space import Space, packet_in
from sanso.render import intend_city
from tests.proof.city_lists import access_lists


@pytest.fixture(scope="module")
def lists(tmp_path_factory: pytest.TempPathFactory) -> list[AccessList]:
    folder = tmp_path_factory.mktemp("city")
    write_inventory(generate(Size(6, 12, 60)), folder)
    return list(access_lists(intend_city(load_city(folder))))


@pytest.fixture(scope="module")
def services(lists: list[AccessList]) -> Services:
    return services_of(lists)


def test_every_piece_of_every_list_replays(lists: list[AccessList], services: Services) -> None:
    pieces = 0
    for acl in lists:
        for box, rule, _ in Filter(acl, services).decided():
            verdict = judge(acl, packet_in(box, acl.family, services))
            assert verdict.permitted == (rule.action == "permit")
            assert verdict.rule is (rule if rule.line.number else None)
            pieces += 1
    assert pieces > 1000


def test_permitted_and_denied_make_up_everything(lists: list[AccessList], services: Services) -> None:
    for acl in lists:
        asked = Filter(acl, services)
        denied = Space(piece.box for piece in asked.decided() if piece.rule.action == "deny")
        assert not asked.space() & denied
        assert asked.space() | denied == Space([whole(acl, services)])


def whole(acl: AccessList, services: Services) -> tuple[int, int, int, int, int]:
    last = 2**32 - 1 if acl.family == "ipv4" else 2**128 - 1
    return 0, last, 0, last, services.every


def test_no_line_of_a_rendered_list_is_out_of_reach(lists: list[AccessList], services: Services) -> None:
    found = [idle for acl in lists for idle in idle_lines(acl, services)]
    assert [idle for idle in found if idle.kind is not Idle.REDUNDANT] == []


def test_each_line_is_missed_when_it_goes_or_is_known_to_be_redundant(lists: list[AccessList]) -> None:
    for acl in lists[::10]:
        redundant = {idle.rule.sequence for idle in idle_lines(acl)}
        for rule in acl.rules[:-1]:
            left = tuple(other for other in acl.rules if other is not rule)
            found = compare(acl, AccessList(acl.family, acl.name, left, acl.line))
            assert bool(found.opens or found.closes) == (rule.sequence not in redundant)
