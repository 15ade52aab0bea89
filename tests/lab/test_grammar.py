"""Grammars as tables: what a line may be, and how the device says that it is none."""

from __future__ import annotations

import pytest

from sanso.lab.grammar import (
    AmbiguousCommand,
    Command,
    Grammar,
    IncompleteCommand,
    InvalidInput,
    Match,
    SyntaxProblem,
)
from sanso.lab.words import split


def nothing(_: object, __: Match) -> None:
    """A handler that is never called here."""


GRAMMAR = Grammar(
    Command(syntax, nothing, privilege)
    for syntax, privilege in (
        ("show vlan [brief|id <number:1-4094>]", 0),
        ("show version", 0),
        ("show running-config [interface <name:word>]", 15),
        ("native ~ <vlan:1-4094>", 0),
        ("portfast ~ [disable|trunk]", 0),
        ("{ip|ipv6} route ~ <to:line>", 0),
        ("<number:1-99> permit <rest:line>", 0),
        ("address <address:ipv4> <mask:mask>", 0),
        ("prefix <prefix:ipv6prefix>", 0),
    )
)


def match(text: str, **how: bool) -> Match:
    return GRAMMAR.match(split(text), 1 if how.get("negated") else 0, **how)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("sh vl", "show vlan"),
        ("show vlan id 007", "show vlan id 7"),
        ("SHOW VERSION", "show version"),
        ("nat 10", "native 10"),
        ("port", "portfast"),
        ("portfast t", "portfast trunk"),
        ("ip route  10.0.0.0   255.0.0.0 x", "ip route 10.0.0.0   255.0.0.0 x"),
        ("10 permit any", "10 permit any"),
        ("prefix 2001:db8::1/064", "prefix 2001:DB8::1/64"),
    ],
)
def test_lines_are_spelt_out(typed: str, text: str) -> None:
    assert match(typed).text == text


def test_key_and_value_are_parted_where_the_syntax_says() -> None:
    found = match("portfast trunk")
    assert (found.key, found.value, found["trunk"], found.get("disable")) == ("portfast", "trunk", "trunk", "")


def test_only_keywords_that_might_have_been_others_are_told() -> None:
    assert dict(match("show vlan brief").args) == {"brief": "brief"}
    assert dict(match("address 10.0.0.1 255.0.0.0").args) == {"address": "10.0.0.1", "mask": "255.0.0.0"}


@pytest.mark.parametrize("typed", ["no native", "no native 10", "no ip route", "no portfast"])
def test_no_needs_only_the_key(typed: str) -> None:
    assert match(typed, negated=True).key == " ".join(typed.split()[1:3] if "route" in typed else typed.split()[1:2])


@pytest.mark.parametrize(
    ("typed", "problem", "at"),
    [
        ("nonsense", InvalidInput, 1),
        ("show vlan id 5000", InvalidInput, 13),
        ("show vlan brief more", InvalidInput, 16),
        ("show", IncompleteCommand, 4),
        ("native", IncompleteCommand, 6),
        ("show v", AmbiguousCommand, 5),
        ("address 10.0.0.1 255.0.255.0", InvalidInput, 17),
        ("100 permit any", InvalidInput, 0),
    ],
)
def test_what_is_wrong_and_where(typed: str, problem: type[SyntaxProblem], at: int) -> None:
    for _ in ("first", "again, from memory"):
        with pytest.raises(problem) as caught:
            match(typed)
        assert type(caught.value) is problem
        assert caught.value.at == at


def test_privilege_hides_commands() -> None:
    assert GRAMMAR.match(split("show run"), privilege=15).text == "show running-config"
    with pytest.raises(InvalidInput):
        GRAMMAR.match(split("show run"), privilege=1)


def test_what_may_follow() -> None:
    found = [word for word, _ in GRAMMAR.expected(split("show vlan"), 0, "")]
    assert found == ["brief", "id", "<cr>"]
    assert [word for word, _ in GRAMMAR.expected(split("show"), 0, "v")] == ["version", "vlan"]


def test_a_syntax_that_is_not_closed_is_refused() -> None:
    with pytest.raises((ValueError, IndexError)):
        Grammar([Command("show [vlan", nothing)]).match(split("show vlan"))
