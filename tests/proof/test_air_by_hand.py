"""What people write on a controller: whatever of it is on the air, or may be, is not taken for proved."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sanso.change.plan import commands
from sanso.change.wireless import differences, plan, sides
from sanso.city import City, load_city
from sanso.devices.air_gate import AirGate
from sanso.network.snapshot import Snapshot
from sanso.network.wireless import AirWlan
from sanso.platforms import load_controller
from sanso.proof.air import read_air
from sanso.proof.edges import ReadEdge, city_edges
from sanso.proof.verdict import prove_network
from sanso.render import intend_city, intend_controllers, intended_snapshots

HOST = "hall-wlc-1"
NOS = load_controller("c9800")
Hand = Callable[[str], str]


@pytest.fixture(scope="module")
def city() -> City:
    return load_city(Path(__file__).resolve().parents[2] / "inventories" / "lab")


@pytest.fixture(scope="module")
def switches(city: City) -> dict[str, Snapshot]:
    return intended_snapshots(intend_city(city))


@pytest.fixture(scope="module")
def held(city: City) -> str:
    return NOS.render(intend_controllers(city)[HOST].facts)


def at_end(*lines: str) -> Hand:
    return lambda text: text.removesuffix("end\n") + "\n".join([*lines, "end", ""])


def below(head: str, *lines: str) -> Hand:
    """Lines in the first block that begins with some words."""
    return lambda text: re.sub(rf"(?m)^({re.escape(head)}.*)$", "\\n ".join([r"\1", *lines]), text, count=1)


def other(pattern: str, text: str) -> Hand:
    return lambda held: re.sub(pattern, text, held)


def both(*hands: Hand) -> Hand:
    def hand(text: str) -> str:
        for one in hands:
            text = one(text)
        return text

    return hand


DEFAULT_UP = ("wireless profile policy default-policy-profile", " vlan 320", " no shutdown")
OPEN = (" no security wpa", " no security wpa wpa2 ciphers aes", " no security wpa akm dot1x", " no shutdown")
TAG = "wireless tag policy lgwan-internet-public-disaster"
IN_PROFILE = "wireless profile policy lgwan"
IN_FLEX = "wireless profile flex SANSO-city_hall"
FOREIGN_LIST = r"security dot1x authentication-list SANSO-lgwan\n"
BY_HAND = {
    "default policy in a tag": (
        both(at_end("wlan free 30 FREE", *OPEN, *DEFAULT_UP), below(TAG, "wlan free policy default-policy-profile")),
        "AIR-01",
    ),
    "default tag": (at_end("wireless tag policy default-policy-tag", " wlan lgwan policy internet"), "AIR-04"),
    "low number": (both(other(r"wlan lgwan \d+", "wlan lgwan 3"), at_end(*DEFAULT_UP)), "AIR-04"),
    "default site": (
        both(
            other("site-tag city_hall", "site-tag default-site-tag"),
            at_end("wireless tag site default-site-tag", " no local-site", " flex-profile SANSO-city_hall"),
        ),
        "AIR-07",
    ),
    "no such tag": (
        both(
            other(f"(?m)^{TAG}$", "wireless tag policy elsewhere"),
            at_end("wireless tag policy default-policy-tag", " wlan internet policy lgwan"),
        ),
        "AIR-07",
    ),
    "place": (at_end("ap location name hall", " ap-eth-mac 0011.2233.4455", f" tag policy {TAG}"), "AIR-08"),
    "filter": (at_end("ap filter priority 1 filter-name all"), "AIR-08"),
    "guests on cables": (at_end("guest-lan profile-name g 1 wired-vlan 220", " no shutdown"), "AIR-08"),
    "mesh": (at_end("wireless profile mesh default-mesh-profile", " ethernet-bridging"), "AIR-08"),
    "sockets": (below(TAG, "remote-lan room policy lgwan port-id 1"), "AIR-08"),
    "half an offer": (below(TAG, "wlan lgwan"), "AIR-08"),
    "name with blanks": (
        both(at_end('wlan "my own" 40 "My own"', *OPEN), below(TAG, 'wlan "my own" policy internet')),
        "AIR-01",
    ),
    "untagged": (other("native-vlan-id 520", "native-vlan-id 220"), "AIR-07"),
    "another flex profile": (
        both(
            other("flex-profile SANSO-city_hall", "flex-profile theirs"),
            at_end("wireless profile flex theirs", " native-vlan-id 220"),
        ),
        "AIR-07",
    ),
    "access points let in": (below(IN_FLEX, "local-auth radius-server-group theirs"), "AIR-08"),
    "VLAN by another name": (below(IN_FLEX, "vlan-name internet", " vlan-id 320"), "AIR-08"),
    "VLAN group": (
        both(
            other("(?m)^ vlan 220$", " vlan all"), at_end("vlan group all vlan-list 1,220", "vlan 220", " name all")
        ),
        "AIR-07",
    ),
    "tunnel": (below(IN_PROFILE, "tunnel-profile t"), "AIR-07"),
    "workgroup bridge": (below(IN_PROFILE, "wgb vlan"), "AIR-07"),
    "authorization later on": (below(IN_PROFILE, "nac"), "AIR-07"),
    "another list": (other(FOREIGN_LIST, "security dot1x authentication-list theirs\n"), "AIR-02"),
    "no list": (other(f" {FOREIGN_LIST}", ""), "AIR-02"),
    "another server": (other(r"address ipv4 \S+ auth", "address ipv4 192.0.2.66 auth"), "AIR-02"),
    "private server": (
        below("aaa group server radius SANSO-lgwan", "server-private 192.0.2.66 auth-port 1812 key 0 Geheim12"),
        "AIR-02",
    ),
    "open office": (other(r"(?m)^(wlan internet .*\n)(?: .*\n)*", "\\1" + "\n".join((*OPEN, ""))), "AIR-02"),
}
LEFT = {"default tag", "low number", "place", "filter", "guests on cables", "mesh"}
"""What is the controller's own, or beside what the project owns: it is told, and not touched."""


@pytest.mark.parametrize("name", BY_HAND)
def test_it_is_not_proved(name: str, city: City, switches: dict[str, Snapshot], held: str) -> None:
    hand, rule = BY_HAND[name]
    assert hand(held) != held
    air = read_air({HOST: NOS.parse(HOST, hand(held))}, city)
    assert rule in {one.rule for one in air.findings}
    assert not prove_network(switches, city, air.edges).holds or air.findings
    said = " ".join(f"{one.what('en')} {one.what('ja')}" for one in air.findings)
    assert "Geheim12" not in said


@pytest.mark.parametrize("name", sorted(BY_HAND.keys() - LEFT - {"access points let in"}))
def test_it_is_drift_and_mended(name: str, city: City, switches: dict[str, Snapshot], held: str) -> None:
    intent, gate, text = intend_controllers(city)[HOST], AirGate(city, switches), BY_HAND[name][0](held)
    running, target = sides(NOS.parse(HOST, text), intent)
    assert differences(running, target, intent.layers)
    gate.note(HOST, text)
    lines = commands(plan(NOS, running, target))
    assert gate.plan({HOST: lines}) == {}
    replay = NOS.replay(text)
    for line in lines:
        replay.send(line)
    assert differences(sides(NOS.parse(HOST, replay.text), intent)[0], target, intent.layers) == []


def test_what_cannot_be_taken_back_is_refused(city: City, switches: dict[str, Snapshot], held: str) -> None:
    intent, gate = intend_controllers(city)[HOST], AirGate(city, switches)
    text = BY_HAND["access points let in"][0](held)
    gate.note(HOST, text)
    lines = commands(plan(NOS, *sides(NOS.parse(HOST, text), intent)))
    assert [one.rule for one in gate.plan({HOST: lines})[HOST]] == ["AIR-06"]


@pytest.mark.parametrize(
    ("lines", "rule"),
    [
        (("wireless profile flex SANSO-city_hall", " native-vlan-id 220", " native-vlan-id 520"), "AIR-06.opens"),
        (("wireless tag site city_hall", " local-site", " no local-site"), "AIR-06.opens"),
        (("wireless tag policy default-policy-tag", " wlan lgwan policy internet"), "AIR-04.preset"),
        (("radius server SANSO-radius_1", " address ipv4 192.0.2.66 auth-port 1812"), "AIR-02.radius"),
        (
            (
                "radius server SANSO-radius_1",
                " address ipv4 192.0.2.66 auth-port 1812 acct-port 1813",
                " address ipv4 10.24.0.61 auth-port 1812 acct-port 1813",
            ),
            "AIR-06.asks",
        ),
        (
            (
                "wlan lgwan",
                " security dot1x authentication-list theirs",
                " security dot1x authentication-list SANSO-lgwan",
            ),
            "AIR-06.asks",
        ),
    ],
)
def test_commands_that_open_something_are_refused(
    lines: tuple[str, ...], rule: str, city: City, switches: dict[str, Snapshot], held: str
) -> None:
    gate = AirGate(city, switches)
    gate.note(HOST, held)
    assert {f"{one.rule}.{one.variant}" for one in gate.plan({HOST: lines})[HOST]} == {rule}


@pytest.mark.parametrize("ssid", ["City?", 'Ci"ty', "<passphrase of public>", '"a b" c'])
def test_what_cannot_be_typed_is_refused(ssid: str, city: City, switches: dict[str, Snapshot], held: str) -> None:
    gate = AirGate(city, switches)
    gate.note(HOST, held)
    new = AirWlan("new", ssid, enabled=False, security="open", number=99)
    assert [one.variant for one in gate.plan({HOST: NOS.set_wlan(None, new)})[HOST]] == ["unknown"]


def test_what_a_person_wrote_down_does_not_hide_what_is_read(city: City, held: str) -> None:
    ssid, noted = city.wlans["internet"].ssid, 320
    moved = other("(?m)^ vlan 320$", " vlan 220")(held)
    air = read_air({HOST: NOS.parse(HOST, moved)}, city)
    tags = {one.tag for one in city_edges(city, [ReadEdge(ssid, noted), *air.edges]) if one.name == ssid}
    assert tags == {noted, 220}


def test_a_new_access_point_is_told_where_others_are_wrong_in_the_same_way(
    city: City, switches: dict[str, Snapshot], held: str
) -> None:
    point = next(iter(city.access_points.values()))
    digits = point.mac.replace(":", "")
    head = f"ap {digits[:4]}.{digits[4:8]}.{digits[8:]}"
    gate, leaking = AirGate(city, switches), other("(?m)^ vlan 220$", " vlan 320")(held)
    gate.note(HOST, re.sub(rf"(?m)^{head}\n(?: .*\n)*", "", leaking))
    intended = intend_controllers(city)[HOST].facts.aps[point.mac]
    refused = gate.plan({HOST: NOS.set_ap(None, intended)})[HOST]
    assert refused[0].rule == "AIR-07"
    assert refused[0].args["aps"] == point.hostname
    assert {one.rule for one in gate.at(HOST, next(p.mac for p in city.access_points.values() if p != point))} == {
        "AIR-07"
    }
