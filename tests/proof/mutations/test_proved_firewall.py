"""Proving again after edits of a firewall says what a proof from the start says."""

from __future__ import annotations

from hypothesis import event, given, settings
from hypothesis import strategies as st

from sanso.platforms import read_snapshot
from sanso.proof.policy import Policy
from sanso.proof.prove import prove
from sanso.proof.proved import Proved
from tests.proof.mutations.test_firewall import CORE, FAULTS, NAT, RULES, approved, faulty, text, topology
from tests.proof.mutations.test_proved import assert_same, kept

POLICY = Policy(approved())
STATES = {
    "clean": RULES,
    **{name: faulty(name) for name in FAULTS},
    "one family": "\n".join(one for one in RULES.replace("inet", "ip").split("\n") if "nfproto" not in one),
    "moved": f"\n\n{RULES}",
    "not understood": RULES.replace("\t\tiifname { ", "\t\tfrobnicate 12 accept\n\t\tiifname { "),
    "translated": RULES + NAT.replace("MASQUERADE", "tcp dport 80 dnat to 10.11.0.5"),
    "nothing": "",
}
MADE = {name: topology(rules) for name, rules in STATES.items()}
WHOLE = {name: prove(made, POLICY) for name, made in MADE.items()}


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(sorted(STATES)), min_size=2, max_size=4))
def test_one_state_of_the_rules_after_the_other(names: list[str]) -> None:
    proved = Proved.of(MADE[names[0]], POLICY)
    for name in names[1:]:
        before = proved
        proved = proved.replaced("fw", MADE[name].snapshots["fw"])
        assert_same(proved, WHOLE[name])
        event("kept" if kept(proved, before) else "from the start")


def test_rules_that_differ_are_proved_without_putting_the_network_together_anew() -> None:
    start = Proved.of(MADE["clean"], POLICY)
    assert kept(start.replaced("fw", MADE["a rule too wide"].snapshots["fw"]), start)


def test_rules_that_move_are_shown_where_they_are() -> None:
    """What no hook reads is shown by the line where the rules begin."""
    proved = Proved.of(MADE["one family"], POLICY)
    made = MADE["one family"]
    moved = read_snapshot(f"# kept by hand\n{text(STATES['one family'])}", "fw.cfg", "nftables")
    before, now = made.snapshots["fw"].firewall, moved.firewall
    assert before is not None
    assert now is not None
    assert before.line.number != now.line.number
    again = proved.replaced("fw", moved)
    assert kept(again, proved)
    assert again.proof.crossings
    assert_same(again, prove(made.anew({**made.snapshots, "fw": moved}), POLICY))


def test_routes_that_move_are_shown_where_they_are() -> None:
    open_state = Proved.of(MADE["policy accept"], POLICY)
    made = topology(STATES["policy accept"], f"!\n!\n{CORE}")
    moved = open_state.replaced("core", made.snapshots["core"])
    assert kept(moved, open_state)
    assert any(one.stage.direction == "route" for crossing in moved.proof.crossings for one in crossing.way)
    assert_same(moved, prove(made, POLICY))
