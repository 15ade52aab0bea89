"""The separation proof as a gate of site.yml, on the embedded city."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.plugins.conftest import RunningCity, by_hand

HOST = "hoikusho-east-1"
LINE = "TenGigabitEthernet1/1/1"
"""The branch's line: out of scope, since somebody else configures it."""
PERMIT = ("ip access-list extended SANSO-lgwan_staff-IN-V4", "1 permit tcp any any eq 3389")
FAIL_ON_DRIFT = ("-e", "sanso_fail_on_drift=true")


@pytest.fixture
def bridged(city: RunningCity) -> Iterator[RunningCity]:
    """Somebody let a branch's VLANs out by its line."""
    by_hand(city, HOST, f"interface {LINE}", "switchport", "switchport mode trunk")
    yield city
    by_hand(city, HOST, f"interface {LINE}", "no switchport mode", "no switchport")


@pytest.fixture
def routed_away(city: RunningCity) -> Iterator[RunningCity]:
    """Somebody wrote a route to equipment that nobody knows."""
    by_hand(city, HOST, "ip route 10.99.0.0 255.255.0.0 10.21.1.77")
    yield city
    by_hand(city, HOST, "no ip route 10.99.0.0 255.255.0.0 10.21.1.77")


def test_a_city_in_sync_is_proved_in_one_line(city: RunningCity) -> None:
    ran = city.play("--check", *FAIL_ON_DRIFT)
    assert ran.status == 0, ran.text
    assert ran.text.count("proved: ") == 1
    proof = ran.report["proof"]
    assert proof["holds"]
    assert (proof["read"], proof["devices"], proof["findings"]) == (24, 24, [])
    assert (HOST, LINE) in {(one["device"], one["port"]) for one in proof["trusted"]}


def test_drift_that_crosses_is_shown_first_with_a_packet_and_mended(city: RunningCity) -> None:
    by_hand(city, HOST, *PERMIT)
    told, failed = city.play("--check", "--diff"), city.play("--check", "--limit", HOST, *FAIL_ON_DRIFT)
    mended = city.play("--limit", HOST)
    assert (told.status, failed.status, mended.status) == (0, 2, 0), told.text
    shown = told.text.partition("Report what was found")[0]
    for words in ("NOT SEPARATED", "PROOF-01", ":3389 passes from", f"Found:    {HOST} (running)", "Mend:"):
        assert words in shown, words
    assert "In packets, the change" in shown
    assert "- tcp/3389 10.21.1.0/24 → 10.11.6.0/24" in shown
    assert told.hosts("drift") == {HOST}
    assert told.report["proof"]["transition"]["holds"]
    (host,) = failed.report["hosts"]
    assert {finding["rule"] for finding in host["findings"]} == {"PROOF-01"}
    assert "not read in this run, taken to be as the inventory has them: 22" in failed.text
    assert mended.report["proof"]["holds"]


def test_what_crosses_out_of_scope_is_drift_and_fails_a_rollout_after_it(bridged: RunningCity) -> None:
    told, done = bridged.play("--check"), bridged.play()
    assert (told.status, done.status) == (0, 2)
    assert told.hosts("drift") == done.hosts("failed") == {HOST}
    assert "in scope as the inventory says, but not outside it" in done.text
    assert done.report["proof"]["crossings"]


def test_what_is_not_understood_is_said_and_stops_nothing(routed_away: RunningCity) -> None:
    ran = routed_away.play("--check", *FAIL_ON_DRIFT, SANSO_LANG="ja")
    assert ran.status == 0, ran.text
    assert "未証明" in ran.text
    proof = ran.report["proof"]
    assert (proof["holds"], proof["crossings"], proof["unproved"]) == (False, 0, 1)
    assert [(one["rule"], one["severity"]) for one in proof["findings"]] == [("TOPO-09", "warning")]


FAULTY = """
from dataclasses import replace
from sanso.render import intent

right = intent.Intender.of

def wrong(self, device):
    made = right(self, device)
    opened = {
        key: replace(acl, entries={n: replace(e, action="permit") for n, e in acl.entries.items() if not e.remark})
        for key, acl in made.facts.acls.items()
    }
    return replace(made, facts=replace(made.facts, acls=opened))

intent.Intender.of = wrong
"""
"""A renderer that permits what it should deny."""


@pytest.mark.parametrize("mode", [["--check"], []], ids=["check", "rollout"])
def test_an_intent_that_crosses_is_refused_before_any_device(city: RunningCity, mode: list[str]) -> None:
    city.edit("group_vars/all/connection.yml", r"sanso_known_hosts: .*", "sanso_known_hosts: /dev/null")
    (city.folder / "sitecustomize.py").write_text(FAULTY, encoding="utf-8")
    ran = city.play(*mode, "--limit", HOST, PYTHONPATH=str(city.folder))
    assert ran.status == 2
    assert "the layers are not proved to be apart" in ran.text
    assert "(rendered):" in ran.text
    assert (ran.report["hosts"], ran.report["findings"]) == ([], []), "no device was asked, and no rule broken"
    proof = ran.report["proof"]
    assert (proof["holds"], proof["read"]) == (False, 0)
    assert "PROOF-01" in {finding["rule"] for finding in proof["findings"]}


def test_waves_add_up_to_one_proof(city: RunningCity) -> None:
    ran = city.play("--check", "-e", "sanso_serial=12")
    assert ran.status == 0
    assert ran.report["proof"]["read"] == 24
    assert "not read in this run" not in ran.text
    assert json.dumps(ran.report["proof"]["findings"]) == "[]"


def test_a_wave_knows_what_earlier_ones_read(city: RunningCity) -> None:
    """What crosses on a device of the first wave is told once, and still stands in the proof of the last."""
    by_hand(city, HOST, *PERMIT)
    waves = city.play("--check", "-e", "sanso_serial=12")
    city.play("--limit", HOST)
    assert waves.status == 0, waves.text
    assert waves.text.count("NOT SEPARATED: ") == 2, "once where it was found, and once in the summary"
    assert (waves.report["proof"]["read"], waves.report["proof"]["holds"]) == (24, False)
    assert {one["host"] for one in waves.report["hosts"] if one["findings"]} == {HOST}
