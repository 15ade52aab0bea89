"""What crosses in one state of a network and not in another, whatever crosses in both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanso.messages import Finding
from sanso.platforms import read_snapshot
from sanso.proof.layers import read_layers
from sanso.proof.topology import Topology
from sanso.proof.worse import worsened

LAYERS = "prefixes: {10.1.0.0/16: lgwan, 10.2.0.0/16: mynumber}\nvlans: {10: lgwan, 20: mynumber}\n"
ROUTER = """\
hostname r1
vlan 10,20
interface GigabitEthernet1/0/1
 switchport mode access
 switchport access vlan 10
interface Vlan10
 ip address 10.1.0.1 255.255.255.0
 ip access-group IN in
interface Vlan20
 ip address 10.2.0.1 255.255.255.0
 ip access-group CLOSED in
 ip access-group OUT out
ip access-list extended CLOSED
 10 deny ip any any
ip access-list extended IN
 10 permit ip any any
ip access-list extended OUT
 10 permit tcp any any eq 80
ip routing
end
"""
PORT = " 10 permit tcp any any eq 80"


def more(tmp_path: Path, was: str, now: str) -> list[Finding]:
    file = tmp_path / "layers.yml"
    file.write_text(LAYERS, encoding="utf-8")
    held_to = read_layers(file, date(2026, 4, 1))
    before = Topology({"r1": read_snapshot(was, "r1 (after)", "ios")}, placement=held_to.placement)
    after = before.anew({"r1": read_snapshot(now, "r1 (running)", "ios")})
    return worsened(before, after, held_to.policy)


@pytest.mark.parametrize(
    "now",
    [
        ROUTER,
        ROUTER.replace(" eq 80", " eq 80 log"),
        ROUTER.replace(PORT, " 20 deny ip any any"),
        ROUTER.replace(" ip access-group IN in\n", " description a line less above\n ip access-group IN in\n"),
    ],
    ids=["same", "as much", "less", "moved"],
)
def test_what_crossed_before_is_not_told(tmp_path: Path, now: str) -> None:
    assert more(tmp_path, ROUTER, now) == []


def test_a_line_by_which_something_crossed_hides_nothing_that_crosses_by_it_since(tmp_path: Path) -> None:
    (found,) = more(tmp_path, ROUTER, ROUTER.replace(PORT, PORT.replace("80", "443")))
    assert found.rule == "PROOF-01"
    assert found.args["line"] == "r1 (running):16: 10 permit ip any any"
    assert found.args["packet"].endswith(":443")


def test_more_of_what_is_not_understood_is_told_where_it_stands(tmp_path: Path) -> None:
    inside = "\n ip nat inside"
    one = ROUTER.replace("interface Vlan10", f"interface Vlan10{inside}")
    other = one.replace("interface Vlan20", f"interface Vlan20{inside}")
    assert more(tmp_path, one, one) == []
    assert [(one.rule, one.location.line if one.location else 0) for one in more(tmp_path, one, other)] == [
        ("PROOF-02", 11)
    ]
    assert more(tmp_path, other, one) == []


def test_layers_that_meet_are_told(tmp_path: Path) -> None:
    here = " ip address 10.1.0.1 255.255.255.0\n"
    met = ROUTER.replace(here, here + " ip address 10.2.9.1 255.255.255.0 secondary\n")
    assert "TOPO-01" in {one.rule for one in more(tmp_path, ROUTER, met)}
    assert more(tmp_path, met, met) == []


def test_a_doubtful_line_that_stayed_is_not_new(tmp_path: Path) -> None:
    doubtful = ROUTER.replace(PORT, " 10 permit tcp any any what-is-this")
    assert more(tmp_path, doubtful, doubtful) == []
    moved = doubtful.replace("what-is-this", "what-is-this\n 20 permit tcp any any eq 22")
    assert {one.rule for one in more(tmp_path, doubtful, moved)} == {"PROOF-01"}
