"""What to tidy up: found at its line, in both languages; and nothing of it decides a packet."""

from __future__ import annotations

from dataclasses import replace
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.messages import LANGUAGES, Finding, Severity
from sanso.network.facts import Family
from sanso.network.snapshot import AccessList, Binding, Interface, Kind, Line, Snapshot
from sanso.platforms import read_snapshot
from sanso.proof.filters import Filter, services_of
from sanso.proof.lint import lint
from tests.proof.small_world import SLOW, access_lists

FAMILIES: tuple[Family, ...] = ("ipv4", "ipv6")
GATEWAY = "interface Vlan10\n ip address 10.0.0.1 255.255.255.0\n ip access-group IN in\n"


def found(text: str, platform: str = "ios", *, redundant: bool = False) -> list[tuple[str, str, int]]:
    """Rule, variant and line of each finding."""
    findings = lint({"sw1": read_snapshot(dedent(text), "sw1.cfg", platform)}, redundant=redundant)
    assert all(len(one.lines(lang)) >= 4 for one in findings for lang in LANGUAGES)
    assert {one.severity for one in findings} <= {Severity.WARNING}
    return [(one.rule, one.variant, line_of(one)) for one in findings]


def line_of(finding: Finding) -> int:
    assert finding.location is not None
    return finding.location.line


# ----- lines that do nothing ----------------------------------------------------------------------------------


def test_a_shadowed_line_is_told_with_the_lines_that_decide_instead() -> None:
    text = GATEWAY + (
        "ip access-list extended IN\n"
        " permit ip 10.0.0.0 0.127.255.255 any\n"
        " permit udp any any eq 53\n"
        " permit ip 10.128.0.0 0.127.255.255 any\n"
        " deny ip 10.0.0.0 0.255.255.255 any\n"
    )
    (finding,) = lint({"sw1": read_snapshot(text, "sw1.cfg", "ios")})
    assert (finding.rule, line_of(finding)) == ("LINT-01", 8)
    assert "line 5: permit ip 10.0.0.0" in finding.found("en")
    assert "; 7: permit ip 10.128.0.0" in finding.found("ja")
    assert "before line 5;" in finding.hint("en")


def test_a_line_that_says_again_what_was_said_is_unreachable() -> None:
    text = GATEWAY + "ip access-list extended IN\n permit ip any any\n permit tcp any any eq 443\n"
    assert found(text) == [("LINT-02", "decided", 6)]


def test_a_line_that_later_ones_repeat_is_told_on_request_alone() -> None:
    text = GATEWAY + "ip access-list extended IN\n permit tcp any any eq 443\n permit tcp any any\n"
    assert found(text) == []
    assert found(text, redundant=True) == [("LINT-03", "", 5)]


def test_no_more_than_a_few_deciding_lines_are_named() -> None:
    hosts = "".join(f" permit ip 10.0.0.{host} 0.0.0.0 any\n" for host in range(8))
    text = f"{GATEWAY}ip access-list extended IN\n{hosts} deny ip 10.0.0.0 0.0.0.7 any\n"
    (finding,) = lint({"sw1": read_snapshot(text, "sw1.cfg", "ios")})
    assert finding.found("en").endswith("(+3)")


@SLOW
@given(
    st.sampled_from(FAMILIES).flatmap(lambda family: access_lists(family, understood=False)), st.sampled_from([0, 1])
)
def test_what_is_reported_may_go_and_no_packet_is_decided_otherwise(acl: AccessList, bound: int) -> None:
    """Also where several are reported at once, and by the words that people read: file and line."""
    binding = Binding(acl.family, "in", acl.name, Line("", 1001, "bound"))
    interface = Interface("Vlan10", Kind.SVI, Line("", 1000, ""), bindings=(binding,) * bound)
    snapshot = Snapshot("sw1", "ios", "", {"Vlan10": interface}, acls={(acl.family, acl.name): acl})
    told = {line_of(one) for one in lint({"sw1": snapshot}, redundant=True) if one.rule < "LINT-04"}
    left = replace(acl, rules=tuple(rule for rule in acl.rules if rule.line.number not in told))
    assert bound or not told, "a list that is reported as unused needs no more said"
    services = services_of([acl, left])
    assert Filter(acl, services).space() == Filter(left, services).space()


# ----- names --------------------------------------------------------------------------------------------------


def test_a_list_that_is_bound_and_missing_or_empty_is_told_at_the_binding() -> None:
    assert found(GATEWAY) == [("LINT-04", "", 3)]
    assert found(GATEWAY + "ip access-list extended IN\n remark to be written\n") == [("LINT-05", "", 3)]


USES = [
    "line vty 0 4\n access-class OLD in",
    "snmp-server community example RO OLD",
    "ip nat inside source list OLD interface Vlan10 overload",
    "route-map RM permit 10\n match ip address OLD",
    "class-map match-any CM\n match access-group name OLD",
    "ntp access-group peer OLD",
    "interface Vlan20\n ip verify unicast source reachable-via rx OLD",
    "interface Vlan20\n ip pim neighbor-filter OLD",
    "interface Vlan20\n ip access-group OLD",
    "interface GigabitEthernet1\n service instance 10 ethernet\n  ip access-group OLD in",
    "template T\n ip access-group OLD in",
]


@pytest.mark.parametrize("use", USES)
def test_a_list_is_used_wherever_a_line_names_it(use: str) -> None:
    assert ("LINT-06", "", 1) not in found(f"ip access-list standard OLD\n permit any\n{use}\n")
    assert ("LINT-06", "", 1) in found(f"ip access-list standard OLD\n permit any\n{use.replace('OLD', 'NEW')}\n")


GROUPS = """\
object-group network WEB
 host 10.0.0.1
object-group network ALL
 group-object WEB
object-group service OLD
 tcp eq 80
ip access-list extended IN
 permit ip object-group ALL any
 permit ip object-group NONE any
"""


def test_object_groups_that_nothing_names_or_that_are_not_there() -> None:
    assert found(GROUPS + GATEWAY) == [("LINT-09", "unused", 5), ("LINT-09", "undefined", 9)]


VRFS = [
    ("ios", "ip vrf A\n", "interface Vlan10\n ip vrf forwarding A\n ip address 10.0.0.1 255.255.255.0\n"),
    ("ios", "vrf definition A\n", "interface Vlan10\n vrf forwarding A\n ip address 10.0.0.1 255.255.255.0\n"),
    ("eos", "vrf instance A\n", "interface Vlan10\n   vrf A\n   ip address 10.0.0.1/24\n"),
    ("ios", "vrf definition A\n", "ip route vrf A 10.0.0.0 255.0.0.0 Null0\n"),
    ("eos", "vrf instance A\n", "ip route vrf A 10.0.0.0/8 Null0\n"),
]


@pytest.mark.parametrize(("platform", "definition", "use"), VRFS)
def test_a_vrf_that_is_named_and_not_defined(platform: str, definition: str, use: str) -> None:
    assert found(use, platform) == [("LINT-10", "", 1)]
    assert found(definition + use, platform) == []
