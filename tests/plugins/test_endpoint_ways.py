"""The ways to licences in the embedded city, by what its inventory intends and by what its devices hold."""

from __future__ import annotations

import re

from tests.plugins.conftest import Ran, RunningCity, by_hand

BRANCH, DEVICE = "branch_kukaku_seiri", "kukaku-seiri-1"
RUNNING = ("-e", "endpoint_licensing_network=running")


def check(city: RunningCity, *arguments: str, **env: str) -> Ran:
    """Who of a branch would be licensed; its terminals are not touched."""
    return city.play("--check", "--limit", BRANCH, *arguments, playbook="playbooks/endpoints.yml", **env)


def test_what_the_devices_hold_is_read_though_none_is_in_play(city: RunningCity) -> None:
    told = {
        source: re.search(
            r"the way to licences, as the (.*?): open (\d+), closed 0, not proved 0", check(city, *more).text
        )
        for source, more in (("rendered", ()), ("running", RUNNING))
    }
    assert all(told.values())
    assert [one[1] for one in told.values() if one] == ["inventory intends it", "devices hold it"]


def test_a_device_that_holds_something_else_stops_it(city: RunningCity) -> None:
    lists = ("ip access-list extended SANSO-lgwan_staff-IN-V4", "ipv6 access-list SANSO-lgwan_staff-IN-V6")
    by_hand(city, DEVICE, lists[0], "1 deny tcp any any eq 1688", lists[1], "sequence 1 deny tcp any any eq 1688")
    try:
        intended, held = check(city), check(city, *RUNNING)
        japanese = check(city, *RUNNING, SANSO_LANG="ja")
    finally:
        assert city.play("--limit", DEVICE).status == 0
    assert "as the inventory intends it: open" in intended.text
    assert held.status == 2
    for words in (
        "nothing was contacted",
        "CLOSED: lgwan_staff@branch_kukaku_seiri",
        f"denied by {DEVICE} (running)",
    ):
        assert words in held.text, held.text
    assert "どの端末にも接続していません" in japanese.text


def test_a_device_that_cannot_be_read_leaves_ways_unproved(city: RunningCity) -> None:
    (city.inventory / "host_vars" / f"{DEVICE}.yml").open("a", encoding="utf-8").write("\nansible_port: 1\n")
    ran = check(city, *RUNNING)
    assert ran.status == 2
    for words in ("not proved: lgwan_staff@branch_kukaku_seiri", DEVICE, "endpoint_licensing_network=rendered"):
        assert words in ran.text, ran.text
