"""Configuration sessions: nothing before the commit, all at once, and back again unless it is confirmed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lab.eos.conftest import Switch

LINES = (
    "vlan 10,20",
    "vlan 10",
    "name office",
    "no vlan 10",
    "interface Ethernet1",
    "interface Ethernet1-4",
    "interface Vlan10",
    "no interface Vlan10",
    "default interface Ethernet1",
    "switchport access vlan 30",
    "switchport mode trunk",
    "switchport trunk allowed vlan add 10",
    "no switchport",
    "shutdown",
    "no shutdown",
    "description x",
    "channel-group 1 mode active",
    "ip address 10.0.0.1/24",
    "ip access-group A in",
    "ip access-list A",
    "permit ip any any",
    "no 10",
    "no ip access-list A",
    "hostname other",
    "username admin secret 0 other",
    "management ssh",
    "idle-timeout 5",
    "ip routing",
    "banner login",
    "EOF",
    "exit",
    "end",
    "rollback clean-config",
    "nonsense",
)


def sessions(switch: Switch) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(switch.type("show configuration sessions | json"))["sessions"]
    return {name: one["state"] for name, one in found.items()}


@settings(max_examples=80, deadline=None)
@given(typed=st.lists(st.sampled_from(LINES), max_size=15))
def test_a_session_changes_nothing_before_its_commit_and_all_of_it_with_it(typed: list[str]) -> None:
    switch = Switch()
    switch.configure(
        "vlan 10", "interface Ethernet1", "switchport access vlan 10", "ip access-list A", "deny ip any any"
    )
    before = switch.device.running_config()
    for line in typed:
        if not switch.shell.gathering and not switch.shell.mode.config:
            switch.type("configure session one")
        switch.type(line)
        assert switch.device.running_config() == before
    if switch.shell.gathering:
        switch.type("EOF")
    switch.type("end", "configure session one")
    wanted = switch.type("show session-config").splitlines()[2:]
    diff = switch.type("show session-config diffs")
    assert bool(diff) == (wanted != before.splitlines()[2:])

    switch.type("commit timer 00:05:00")
    assert switch.device.running_config().splitlines()[2:] == wanted
    switch.clock.advance(299)
    assert switch.device.running_config().splitlines()[2:] == wanted
    switch.clock.advance(1)

    assert switch.device.running_config() == before


def test_a_confirmed_commit_stays(switch: Switch) -> None:
    switch.type("configure session one", "vlan 10", "commit timer 00:05:00")
    assert switch.shell.prompt == "sw1#"
    assert sessions(switch) == {"one": "pendingCommitTimer"}

    assert switch.type("configure session one commit") == ""

    switch.clock.advance(600)
    assert switch.device.config.has_vlan(10)
    assert sessions(switch) == {"one": "completed"}


def test_a_commit_under_a_timer_can_be_taken_back(switch: Switch) -> None:
    before = switch.device.running_config()
    switch.type("configure session one", "vlan 10", "commit timer 00:05:00")
    assert switch.type("configure session one abort") == ""
    assert switch.device.running_config() == before
    assert sessions(switch) == {}


def test_only_one_commit_waits_at_a_time(switch: Switch) -> None:
    switch.type("configure session one", "vlan 10", "commit timer 00:05:00")
    said = switch.type("configure session two", "vlan 20", "commit")
    assert said == "% Cannot commit session two: session one waits to be confirmed"
    assert not switch.device.config.has_vlan(20)


def test_leaving_keeps_a_session_and_abort_drops_it(switch: Switch) -> None:
    switch.type("configure session one", "vlan 10", "end")
    assert sessions(switch) == {"one": "pending"}
    switch.type("configure session one")
    assert "+vlan 10" in switch.type("show session-config diffs").splitlines()
    switch.type("interface Ethernet1", "abort")
    assert switch.shell.prompt == "sw1#"
    assert sessions(switch) == {}


def test_abort_inside_an_access_list_drops_the_list_alone(switch: Switch) -> None:
    switch.type("configure session one", "vlan 10", "ip access-list A", "permit ip any any", "abort")
    assert switch.shell.prompt == "sw1(config-s-one)#"
    added = [line for line in switch.type("show session-config diffs").splitlines() if line[:2] not in ("++", "--")]
    assert [line for line in added if line.startswith("+")] == ["+!", "+vlan 10"]


def test_two_logins_share_a_session(switch: Switch) -> None:
    other = switch.device.shell(privileged=True)
    switch.type("configure session shared", "vlan 10")
    other.execute("configure session shared")
    other.execute("vlan 20")
    switch.type("commit")
    assert switch.device.config.has_vlan(10)
    assert switch.device.config.has_vlan(20)


def test_what_is_typed_into_a_committed_session_changes_nothing(switch: Switch) -> None:
    other = switch.device.shell(privileged=True)
    switch.type("configure session shared", "vlan 10")
    other.execute("configure session shared")
    switch.type("commit timer 00:05:00")
    before = switch.device.running_config()

    other.execute("vlan 20")

    assert switch.device.running_config() == before


def test_a_commit_overwrites_what_was_changed_since_the_session_was_opened(switch: Switch) -> None:
    other = switch.device.shell(privileged=True)
    switch.type("configure session one", "vlan 10")
    for line in ("configure", "vlan 20", "end"):
        other.execute(line)
    assert switch.device.config.has_vlan(20)

    switch.type("commit")

    assert switch.device.config.has_vlan(10)
    assert not switch.device.config.has_vlan(20)


def test_changes_after_a_commit_are_not_the_sessions(switch: Switch) -> None:
    switch.type("configure session one", "vlan 10", "commit")
    switch.configure("vlan 20")
    switch.type("configure session one")
    assert switch.type("show session-config diffs") == ""


def test_there_are_at_most_five_pending_and_one_completed(switch: Switch) -> None:
    for name in ("a", "b"):
        switch.type(f"configure session {name}", "commit")
    assert sessions(switch) == {"b": "completed"}
    for name in "cdefg":
        assert switch.type(f"configure session {name}", "end") == ""
    assert switch.type("configure session h").startswith("% Maximum number of pending sessions")
    assert switch.shell.prompt == "sw1#"


def test_unnamed_sessions_get_names(switch: Switch) -> None:
    switch.type("configure session", "vlan 10")
    assert switch.shell.prompt == "sw1(config-s-sess-1-vlan-10)#"


@pytest.mark.parametrize("command", ["commit", "abort", "commit timer 00:01:00"])
def test_a_session_that_is_not_there(switch: Switch, command: str) -> None:
    assert switch.type(f"configure session none {command}") == "% Session none does not exist"


def test_clean_config_begins_from_nothing(switch: Switch) -> None:
    switch.configure("vlan 10", "interface Ethernet1", "shutdown")
    switch.type("configure session one", "rollback clean-config", "hostname bare", "commit")
    assert not switch.device.config.has_vlan(10)
    assert switch.running("interface Ethernet1") == []
    assert switch.shell.prompt == "bare#"


def test_a_reload_loses_sessions_and_what_waits_to_be_confirmed(switch: Switch) -> None:
    switch.type("write memory", "configure session one", "vlan 10", "commit timer 00:05:00", "configure session two")
    switch.device.reload()
    assert not switch.device.config.has_vlan(10)
    fresh = Switch(store=switch.store)
    assert sessions(fresh) == {}
    switch.clock.advance(600)
    assert not switch.device.config.has_vlan(10)
