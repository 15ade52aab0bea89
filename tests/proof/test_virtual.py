"""Ways in which somebody with root on a virtualization host joins layers: none of them may be taken for proved."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import ip_interface
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanso.city import City, load_city
from sanso.hypervisors import Command, ReplayError, Step
from sanso.messages import LANGUAGES
from sanso.network.facts import ALL_VLANS
from sanso.network.snapshot import Snapshot
from sanso.network.virtual import HostFacts, MachineFacts, NicFacts, Passing
from sanso.proof.verdict import prove_network
from sanso.proof.virtual import host_findings, read_hosts, unread_findings, wrongs
from sanso.proof.virtual_edges import host_edges
from sanso.proof.virtual_steps import step_findings, unknown_step
from sanso.render import HostIntent, intend_city, intend_hosts, intended_snapshots

HOST, MACHINE, NIC = "hall-kvm-1", "lg-dns-1", "lan0"
CITY = load_city(Path(__file__).resolve().parents[2] / "inventories" / "lab")
INTENTS = intend_hosts(CITY)
LGWAN, INTERNET, MYNUMBER = (CITY.segments[f"{layer}_servers"].vlan for layer in ("lgwan", "internet", "mynumber"))
OWN, MIGRATION = (CITY.segments[f"hypervisor_{name}"].vlan for name in ("management", "migration"))
NOBODYS = 4000
EVERYTHING = Passing(None, ALL_VLANS)
Spoil = Callable[[HostFacts], HostFacts]


@pytest.fixture(scope="module")
def city() -> City:
    return CITY


@pytest.fixture(scope="module")
def switches(city: City) -> dict[str, Snapshot]:
    return intended_snapshots(intend_city(city))


@pytest.fixture(scope="module")
def intents() -> dict[str, HostIntent]:
    return INTENTS


@pytest.fixture(scope="module")
def meant(intents: dict[str, HostIntent]) -> HostFacts:
    return intents[HOST].facts


def host(**changes: object) -> Spoil:
    return lambda facts: replace(facts, **changes)


def machine(name: str = MACHINE, **changes: object) -> Spoil:
    return lambda facts: replace(facts, machines={**facts.machines, name: replace(facts.machines[name], **changes)})


def nic(name: str = MACHINE, nic: str = NIC, **changes: object) -> Spoil:
    def spoil(facts: HostFacts) -> HostFacts:
        nics = facts.machines[name].nics
        return machine(name, nics={**nics, nic: replace(nics[nic], **changes)})(facts)

    return spoil


def second_nic(segment: str, vlan: int) -> Spoil:
    more = NicFacts("52:54:00:00:00:66", segment, "vnet66", Passing(vlan))
    return lambda facts: machine(nics={**facts.machines[MACHINE].nics, more.mac: more})(facts)


def stranger(*vlans: int) -> Spoil:
    nics = {f"52:54:00:00:00:0{number}": vlan for number, vlan in enumerate(vlans)}
    names = {vlan: name for name, vlan in INTENTS[HOST].facts.segments.items()}
    facts = {mac: NicFacts(mac, names[vlan], "vnet9", Passing(vlan)) for mac, vlan in nics.items()}
    return lambda host: replace(host, machines={**host.machines, "test": MachineFacts("test", 1, 512, facts)})


def with_segment(name: str, vlan: int) -> Spoil:
    return lambda facts: replace(facts, segments={**facts.segments, name: vlan})


def both(*spoils: Spoil) -> Spoil:
    def spoil(facts: HostFacts) -> HostFacts:
        for one in spoils:
            facts = one(facts)
        return facts

    return spoil


def own(port: str, passing: Passing) -> Spoil:
    return lambda facts: replace(facts, own={**facts.own, port: passing})


def address(interface: str, text: str) -> Spoil:
    def spoil(facts: HostFacts) -> HostFacts:
        more = frozenset({*facts.addresses.get(interface, ()), ip_interface(text)})
        return replace(facts, addresses={**facts.addresses, interface: more})

    return spoil


def bond(**changes: object) -> Spoil:
    return lambda facts: replace(facts, trunk=replace(facts.trunk, **changes))


def elsewhere(facts: HostFacts) -> HostFacts:
    radius = next(one for name, one in INTENTS["hall-kvm-2"].facts.machines.items() if name not in facts.machines)
    return replace(facts, machines={**facts.machines, radius.name: radius})


def swapped(facts: HostFacts) -> HostFacts:
    return replace(facts, segments={**facts.segments, "lgwan_servers": INTERNET, "internet_servers": LGWAN})


LEAD_INTO = {
    "NIC in another layer's port group": (
        nic(segment="internet_servers", passing=Passing(INTERNET)),
        "HOST-01",
    ),
    "tag of a port changed by hand": (nic(passing=Passing(INTERNET)), "HOST-01"),
    "port group that counts from the next start": (nic(segment="internet_servers"), "HOST-01"),
    "machine that is off": (
        both(machine(running=False), nic(segment="internet_servers", passing=None)),
        "HOST-01",
    ),
    "NIC whose link is down for now": (nic(passing=Passing(INTERNET), connected=False), "HOST-01"),
    "port without a tag": (nic(passing=EVERYTHING), "HOST-01.untagged"),
    "one more tag": (nic(passing=Passing(LGWAN, frozenset({INTERNET}))), "HOST-01"),
    "NIC more": (second_nic("internet_servers", INTERNET), "HOST-01"),
    "port group with another VLAN": (with_segment("lgwan_servers", INTERNET), "HOST-07"),
    "port groups exchanged": (swapped, "HOST-07"),
    "untagged frames of the cables": (bond(untagged=LGWAN), "HOST-06.native"),
    "the host's own port": (own("management", Passing(LGWAN)), "HOST-03.port"),
    "the host's own port without a tag": (own("management", EVERYTHING), "HOST-03.port"),
    "machine among the hosts": (nic(passing=Passing(OWN)), "HOST-01"),
    "machine in the network of migration": (
        both(with_segment("hypervisor_migration", MIGRATION), nic(segment="hypervisor_migration")),
        "HOST-01",
    ),
}
"""What puts hosts of one layer into another's VLAN on the cable: the proof of the network finds it, too."""
WITHIN = {
    "machine of another layer where it may not be": (
        second_nic("mynumber_servers", MYNUMBER),
        "HOST-02.host",
    ),
    "port of VLAN 0": (nic(passing=Passing(0)), "HOST-01.untagged"),
    "port that is a trunk of its own VLAN": (nic(passing=Passing(None, frozenset({LGWAN}))), "HOST-01.untagged"),
    "VLAN that is nobody's": (nic(passing=Passing(NOBODYS)), "HOST-01.nowhere"),
    "two layers in a VLAN that is nobody's": (
        both(nic(passing=Passing(NOBODYS)), nic("in-dns-1", passing=Passing(NOBODYS))),
        "HOST-01.nowhere",
    ),
    "machine in two layers": (second_nic("internet_servers", INTERNET), "HOST-02.two"),
    "NIC on an interface of the host": (nic(segment="", other=("macvtap on eno1",)), "HOST-08.attached"),
    "NIC past the switch": (nic(port="macvtap0", passing=None), "HOST-08.nowhere"),
    "port group that is not there": (nic(segment="gone"), "HOST-08.nowhere"),
    "device passed through": (machine(other=("PCI device 0000:3b:10.1",)), "HOST-08.attached"),
    "folder shared with the host": (machine(other=("shared folder /srv",)), "HOST-08.attached"),
    "port group by hand": (with_segment("test", LGWAN), "HOST-07.unknown"),
    "port group of the hosts": (with_segment("hypervisor_management", OWN), "HOST-07.unknown"),
    "port group of a layer that is not carried": (with_segment("mynumber_servers", MYNUMBER), "HOST-07.unknown"),
    "unknown machine": (stranger(LGWAN), "HOST-05.machine"),
    "unknown machine in two layers": (stranger(LGWAN, INTERNET), "HOST-02.two"),
    "unknown port": (host(ports={"tap0": Passing(LGWAN)}), "HOST-05.port"),
    "unknown port without a tag": (host(ports={"veth0": EVERYTHING}), "HOST-05.port"),
    "cables that pass everything": (bond(tagged=ALL_VLANS), "HOST-06"),
    "cables that pass another layer": (
        lambda facts: bond(tagged=facts.trunk.tagged | {MYNUMBER})(facts),
        "HOST-06",
    ),
    "cable to somewhere": (
        lambda facts: replace(facts, uplinks=(*facts.uplinks, "eno3")),
        "HOST-06.cable",
    ),
    "own port by hand": (own("backup", Passing(LGWAN)), "HOST-03.port"),
    "own address on a VLAN interface": (address("eno1.340", "10.34.1.9/24"), "HOST-03.address"),
    "own address on another switch": (address("virbr0", "192.168.122.1/24"), "HOST-03.address"),
    "own address of another layer": (address("management", "10.24.1.9/24"), "HOST-03.network"),
    "own address of a wider network": (address("management", "10.53.1.9/8"), "HOST-03.network"),
    "host that routes": (host(forwards=True), "HOST-04"),
    "flow by hand": (host(doubts=("flow: in_port=3 actions=output:4",)), "HOST-08"),
    "mirror": (host(doubts=("mirror m0",)), "HOST-08"),
    "second switch": (host(doubts=("switch br1",)), "HOST-08"),
    "machine on a host not its own": (elsewhere, "HOST-02.elsewhere"),
}
"""What joins layers on the host itself, or of which nobody knows."""
HAND = {**LEAD_INTO, **WITHIN}


def rules(facts: HostFacts) -> set[str]:
    return {f"{one.rule}.{one.variant}".rstrip(".") for one in host_findings(facts, INTENTS)}


def test_what_is_intended_is_proved(
    city: City, switches: dict[str, Snapshot], intents: dict[str, HostIntent]
) -> None:
    facts = {name: intent.facts for name, intent in intents.items()}
    assert [one for name in facts for one in host_findings(facts[name], intents)] == []
    verdict = prove_network(switches, city, host_edges(facts, city))
    assert verdict.holds
    assert verdict.findings == []


@pytest.mark.parametrize("way", HAND)
def test_it_is_found(way: str, meant: HostFacts) -> None:
    spoil, rule = HAND[way]
    assert spoil(meant) != meant
    assert rule in rules(spoil(meant))
    for one in host_findings(spoil(meant), INTENTS):
        assert all(words and HOST in "".join(words) for words in (one.lines(lang) for lang in LANGUAGES))


@pytest.mark.parametrize("way", LEAD_INTO)
def test_the_proof_of_the_network_sees_the_tag(
    way: str, meant: HostFacts, city: City, switches: dict[str, Snapshot]
) -> None:
    verdict = prove_network(switches, city, host_edges({HOST: LEAD_INTO[way][0](meant)}, city))
    assert not verdict.holds
    assert "TOPO-01" in {one.rule for one in verdict.findings}


def test_a_nic_is_told_with_both_layers(meant: HostFacts) -> None:
    (found,) = host_findings(nic(passing=Passing(INTERNET))(meant), INTENTS)
    assert found.what("en") == f"{HOST}: {MACHINE} {NIC} of layer lgwan is in VLAN {INTERNET} of layer internet"


def test_a_machine_on_two_hosts_is_told_once(intents: dict[str, HostIntent]) -> None:
    there = {
        name: replace(intents[name].facts, machines={MACHINE: intents[name].facts.machines[MACHINE]})
        for name in ("hall-kvm-1", "hall-kvm-2")
    }
    (found,) = read_hosts(there, intents)
    assert (found.rule, found.variant) == ("HOST-02", "twice")
    assert "hall-kvm-1, hall-kvm-2" in found.what("en")
    assert "lgwan" in found.what("ja")


def test_less_than_was_intended_is_not_wrong(meant: HostFacts) -> None:
    less = replace(
        meant,
        machines={},
        uplinks=meant.uplinks[:1],
        trunk=replace(meant.trunk, tagged=frozenset({LGWAN})),
        segments={"lgwan_servers": LGWAN},
        addresses={},
    )
    assert rules(less) == set()


def test_a_port_that_is_shut_passes_nothing(meant: HostFacts, city: City) -> None:
    shut = replace(nic(passing=Passing())(meant), trunk=Passing())
    assert rules(shut) == set()
    assert host_edges({HOST: shut}, city) == []


def test_a_nic_that_is_plugged_in_at_the_next_start_is_judged_by_its_port_group(meant: HostFacts) -> None:
    assert rules(nic(passing=None)(meant)) == set()


# ----- steps ----------------------------------------------------------------------------------------------------


def did(after: HostFacts) -> Step:
    """A step that leaves a host in a state."""
    return Step(Command(("ovs-vsctl", "set", "Port", "vnet3", "tag=340")), after)


def steps(*states: HostFacts) -> Iterator[str]:
    first, *others = states
    for one in step_findings(first, [did(state) for state in others], INTENTS):
        yield f"{one.rule}.{one.variant}: {one.args['number']}"
        assert all(one.what(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("way", HAND)
def test_a_step_that_opens_is_refused_even_if_the_next_one_mends_it(way: str, meant: HostFacts) -> None:
    assert set(steps(meant, HAND[way][0](meant), meant)) == {"HOST-09.opens: 1"}


@pytest.mark.parametrize("way", HAND)
def test_what_was_found_wrong_may_be_mended(way: str, meant: HostFacts) -> None:
    spoilt = HAND[way][0](meant)
    assert list(steps(spoilt, spoilt, meant, meant)) == []


def test_what_is_mended_is_not_opened_again(meant: HostFacts) -> None:
    spoilt = nic(passing=Passing(INTERNET))(meant)
    assert list(steps(spoilt, meant, spoilt)) == ["HOST-09.opens: 2"]


def test_a_leak_may_become_smaller_and_not_larger(meant: HostFacts) -> None:
    wide = nic(passing=EVERYTHING)(meant)
    narrow = nic(passing=Passing(LGWAN, frozenset({INTERNET})))(meant)
    assert list(steps(wide, narrow, meant)) == []
    assert set(steps(narrow, wide, meant)) == {"HOST-09.opens: 1"}


def test_what_is_left_until_the_next_start_is_less(meant: HostFacts) -> None:
    there, left, more = (
        machine(other=others)(meant) for others in (("disk",), ("until its next start: disk",), ("disk", "card"))
    )
    assert list(steps(there, left, meant)) == []
    assert list(steps(left, there)) == ["HOST-09.opens: 1"]
    assert list(steps(there, more)) == ["HOST-09.opens: 1"]


def test_a_leak_does_not_hide_another(meant: HostFacts) -> None:
    leaking = nic(passing=Passing(INTERNET))(meant)
    second = nic("in-dns-1", passing=Passing(LGWAN))(leaking)
    assert list(steps(leaking, second, meant)) == ["HOST-09.opens: 1"]


def test_the_step_is_told_with_what_it_opens(meant: HostFacts) -> None:
    (found,) = step_findings(meant, [did(nic(passing=Passing(INTERNET))(meant))], INTENTS)
    assert "after step 1 (ovs-vsctl set Port vnet3 tag=340)" in found.what("en")
    assert f"{MACHINE} {NIC} of layer lgwan is in VLAN {INTERNET} of layer internet" in found.what("en")
    assert f"層 internet の VLAN {INTERNET} につながっています" in found.what("ja")


def test_what_is_not_known_is_told_and_not_proved() -> None:
    told = [
        unknown_step(HOST, ReplayError("ovs-vsctl frob: no such command")),
        *unread_findings(HOST, [("switch/Port", "no answer")]),
    ]
    assert [f"{one.rule}.{one.variant}" for one in told] == ["HOST-09.unknown", "HOST-08.unread"]
    assert all("frob" in one.what(lang) or "no answer" in one.what(lang) for one in told for lang in LANGUAGES)


def test_nothing_new_is_hung_on_a_switch_that_nobody_understands(meant: HostFacts) -> None:
    others = {name: one for name, one in meant.machines.items() if name != MACHINE}
    doubtful = replace(meant, machines=others, doubts=("mirror m0",))
    assert list(steps(doubtful, replace(meant, doubts=("mirror m0",)))) == ["HOST-09.doubt: 1"]
    assert list(steps(doubtful, replace(doubtful, doubts=()), meant)) == []
    off = nic(passing=None)(replace(meant, doubts=("mirror m0",)))
    assert list(steps(doubtful, off)) == []
    assert list(steps(off, replace(meant, doubts=("mirror m0",)))) == ["HOST-09.doubt: 1"]


# ----- whatever somebody does -----------------------------------------------------------------------------------

VLANS = st.sampled_from([LGWAN, INTERNET, MYNUMBER, OWN, MIGRATION, NOBODYS, CITY.segments["lgwan_exchange"].vlan])
PASSINGS = st.builds(Passing, st.none() | VLANS, st.frozensets(VLANS, max_size=3))
SEGMENTS = st.sampled_from([*INTENTS[HOST].facts.segments, "gone"])


@st.composite
def hosts(draw: st.DrawFn) -> HostFacts:
    """A host on which somebody changed tags, port groups and ports at will."""
    facts = INTENTS[HOST].facts
    for name in draw(st.sets(st.sampled_from(sorted(facts.machines)), max_size=3)):
        facts = nic(name, segment=draw(SEGMENTS), passing=draw(st.none() | PASSINGS))(facts)
    return replace(
        facts,
        trunk=draw(st.just(facts.trunk) | PASSINGS),
        segments={**facts.segments, **draw(st.dictionaries(SEGMENTS, VLANS, max_size=2))},
        own={**facts.own, **draw(st.dictionaries(st.sampled_from(sorted(facts.own)), PASSINGS, max_size=1))},
    )


@given(hosts())
def test_no_frame_of_a_layer_has_another_layers_tag_unless_it_is_told(facts: HostFacts) -> None:
    """What hosts tag on the cable is in their own layer, or something is wrong with the host."""
    layers = INTENTS[HOST].layers
    native = CITY.segments["hypervisor_management"].vlan
    crossing = [one for one in host_edges({HOST: facts}, CITY) if layers.get(one.tag or native) != one.place.layer]
    assert not crossing or wrongs(facts, INTENTS)


@given(hosts(), hosts())
def test_steps_between_any_two_states_are_held_to_what_was_found(one: HostFacts, other: HostFacts) -> None:
    """A step is let pass only where each thing wrong after it was wrong before."""
    passed = not step_findings(one, [did(other)], INTENTS)
    before, after = wrongs(one, INTENTS), wrongs(other, INTENTS)
    assert passed == all(any(old.covers(new) for old in before) for new in after)
