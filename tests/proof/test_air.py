"""What controllers and access points put on the air, as the proof sees it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sanso.city import City, load_city
from sanso.network.snapshot import Snapshot
from sanso.network.wireless import AirAp, AirSite, WirelessFacts
from sanso.proof.air import read_air
from sanso.proof.verdict import Verdict, prove_network
from sanso.render import intend_city, intended_snapshots
from sanso.render.wireless import intend_wireless

HOST = "hall-wlc-1"
Spoil = Callable[[WirelessFacts], WirelessFacts]


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(Path(__file__).resolve().parents[2] / "inventories" / "lab")


@pytest.fixture(scope="module")
def switches(city: City) -> dict[str, Snapshot]:
    return intended_snapshots(intend_city(city))


@pytest.fixture(scope="module")
def intended(city: City) -> WirelessFacts:
    return intend_wireless(city)[HOST]


def wlan(name: str, **changes: object) -> Spoil:
    return lambda facts: replace(facts, wlans={**facts.wlans, name: replace(facts.wlans[name], **changes)})


def policy(name: str, **changes: object) -> Spoil:
    return lambda facts: replace(facts, policies={**facts.policies, name: replace(facts.policies[name], **changes)})


def proved(facts: WirelessFacts, city: City, switches: dict[str, Snapshot]) -> tuple[Verdict, list[str]]:
    """The verdict over the network, and the rules that the air alone breaks."""
    air = read_air({HOST: facts}, city)
    rules = [f"{one.rule}.{one.variant}".rstrip(".") for one in air.findings]
    return prove_network(switches, city, air.edges), rules


def test_what_is_intended_is_proved(intended: WirelessFacts, city: City, switches: dict[str, Snapshot]) -> None:
    verdict, rules = proved(intended, city, switches)
    assert verdict.holds
    assert rules == []
    assert len(read_air({HOST: intended}, city).edges) > len(city.access_points)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (policy("lgwan", vlan=320), "VLAN 320 internet_wifi"),
        (policy("internet", vlan=220), "VLAN 220 lgwan_wifi"),
        (policy("public", vlan=None), "VLAN 520 ap_management"),
        (lambda facts: wlan("disaster", enabled=True)(policy("disaster", vlan=220)(facts)), "VLAN 220 lgwan_wifi"),
    ],
    ids=["other layer", "the other way round", "no VLAN at all", "disaster"],
)
def test_an_ssid_in_another_layers_vlan_crosses(
    spoil: Spoil, says: str, intended: WirelessFacts, city: City, switches: dict[str, Snapshot]
) -> None:
    verdict, rules = proved(spoil(intended), city, switches)
    assert [rule.partition(".")[0] for rule in rules] == ["AIR-07"]
    assert not verdict.holds
    assert {one.rule for one in verdict.findings} == {"TOPO-01"}
    assert says in verdict.findings[0].what("en")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (wlan("lgwan", security="wpa2_psk"), "AIR-02.auth"),
        (wlan("lgwan", security="other"), "AIR-02.auth"),
        (wlan("public", isolated=False), "AIR-02.isolation"),
        (wlan("internet", ssid="Guest"), "AIR-01"),
        (policy("internet", vlan_by_radius=True), "AIR-03"),
        (policy("internet", vlan_by_radius=True, radius_vlans=frozenset({320, 220})), "AIR-03"),
    ],
)
def test_what_the_layer_forbids_is_told_once_for_all_access_points(
    spoil: Spoil, rule: str, intended: WirelessFacts, city: City, switches: dict[str, Snapshot]
) -> None:
    assert proved(spoil(intended), city, switches)[1] == [rule]


def test_a_radius_server_that_is_held_to_the_vlan_of_the_segment_may_name_it(
    intended: WirelessFacts, city: City, switches: dict[str, Snapshot]
) -> None:
    held = policy("internet", vlan_by_radius=True, radius_vlans=frozenset({320}))(intended)
    assert proved(held, city, switches)[1] == []


def test_an_access_point_that_nobody_knows_is_told(
    intended: WirelessFacts, city: City, switches: dict[str, Snapshot]
) -> None:
    stranger = AirAp("02:00:00:00:00:99", "lgwan-internet", "city_hall", "")
    facts = replace(intended, aps={**intended.aps, stranger.mac: stranger})
    assert proved(facts, city, switches)[1] == ["AIR-04"]


def test_frames_that_are_tunnelled_come_out_at_the_controller(intended: WirelessFacts, city: City) -> None:
    sites = {name: AirSite(name, one.native_vlan, local=True) for name, one in intended.sites.items()}
    air = read_air({HOST: replace(intended, sites=sites)}, city)
    controller = city.controllers[HOST]
    assert {one.end for one in air.edges} == {(controller.switch, controller.port)}
    assert read_air({"elsewhere": replace(intended, sites=sites)}, city).findings[0].rule == "AIR-05"


def test_what_is_shut_is_not_on_the_air(intended: WirelessFacts, city: City) -> None:
    names = {one.name for one in read_air({HOST: intended}, city).edges}
    assert "00000JAPAN" not in names
    assert "00000JAPAN" in {
        one.name for one in read_air({HOST: wlan("disaster", enabled=True)(intended)}, city).edges
    }
