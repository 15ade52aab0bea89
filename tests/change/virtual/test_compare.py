"""What differs on a virtualization host, and of its machines wherever they are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from ipaddress import ip_interface
from pathlib import Path

import pytest

from sanso.change.virtual import Compared, compare
from sanso.city import load_city
from sanso.messages import LANGUAGES
from sanso.network.facts import ALL_VLANS
from sanso.network.virtual import DiskFacts, HostFacts, MachineFacts, NicFacts, Passing, PoolFacts
from sanso.render import intend_hosts
from sanso.report.record import difference_record, difference_text

INTENTS = intend_hosts(load_city(Path(__file__).resolve().parents[3] / "inventories" / "lab"))
ONE, TWO, THREE = INTENTS
DNS = "lg-dns-1"
Spoil = Callable[[HostFacts], HostFacts]


def placed() -> dict[str, HostFacts]:
    """Every host as intended, each machine at its home."""
    return {
        name: replace(one.facts, machines={m: facts for m, facts in one.facts.machines.items() if m in one.homes})
        for name, one in INTENTS.items()
    }


def of(found: dict[str, HostFacts], host: str = ONE) -> Compared:
    return compare(host, found, INTENTS)


def texts(compared: Compared) -> list[str]:
    for one in compared.differences:
        for lang in LANGUAGES:
            assert difference_record(one, lang)["text"]
    return [difference_text(one, "en") for one in compared.differences]


def spoilt(spoil: Spoil) -> dict[str, HostFacts]:
    found = placed()
    return {**found, ONE: spoil(found[ONE])}


def machine(**changes: object) -> Spoil:
    return lambda host: replace(host, machines={**host.machines, DNS: replace(host.machines[DNS], **changes)})


def nic(**changes: object) -> Spoil:
    return lambda host: machine(nics={"lan0": replace(host.machines[DNS].nics["lan0"], **changes)})(host)


def test_what_is_intended_does_not_differ() -> None:
    assert {name: of(placed(), name) for name in INTENTS} == dict.fromkeys(INTENTS, Compared([]))


def test_where_a_machine_is_is_no_difference() -> None:
    found = placed()
    moved = found[ONE].machines[DNS]
    found[ONE] = replace(found[ONE], machines={n: m for n, m in found[ONE].machines.items() if n != DNS})
    found[TWO] = replace(found[TWO], machines={**found[TWO].machines, DNS: moved})
    assert all(of(found, name) == Compared([]) for name in INTENTS)


LGWAN, INTERNET = "VLAN 240 (lgwan_servers, layer lgwan)", "VLAN 340 (internet_servers, layer internet)"
GROUPS = f"port group internet_servers, {INTERNET} instead of port group lgwan_servers, {LGWAN}"


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (nic(passing=Passing(340)), f"{DNS} lan0: {INTERNET} instead of {LGWAN}"),
        (nic(passing=Passing(340), segment="internet_servers"), f"{DNS} lan0: {INTERNET} instead of {LGWAN}"),
        (nic(segment="internet_servers"), f"{DNS} lan0: {GROUPS}"),
        (nic(segment="internet_servers", passing=None), f"{DNS} lan0: {GROUPS}"),
        (nic(passing=Passing(4000)), f"{DNS} lan0: VLAN 4000 (no segment's) instead of {LGWAN}"),
        (
            nic(passing=Passing(240, frozenset({340}))),
            f"{DNS} lan0: tags as the machine writes them, VLANs 240,340 (layers lgwan, internet) instead of {LGWAN}",
        ),
        (
            lambda host: replace(host, segments={**host.segments, "lgwan_servers": 340}),
            f"lgwan_servers: {INTERNET} instead of {LGWAN}",
        ),
        (
            lambda host: replace(host, own={**host.own, "management": Passing(240)}),
            f"management: {LGWAN} instead of VLAN 530 (hypervisor_management, layer management)",
        ),
        (
            lambda host: replace(host, trunk=replace(host.trunk, untagged=240)),
            f"{ONE}: 240 instead of 530",
        ),
    ],
)
def test_what_crossed_a_layer_is_told_with_both_and_first(spoil: Spoil, says: str) -> None:
    def doubtful(host: HostFacts) -> HostFacts:
        return replace(spoil(host), doubts=("mirror m0",))

    compared = of(spoilt(doubtful))
    assert texts(compared) == [says, f"{ONE}: of unknown effect on frames: mirror m0"]
    assert [one.crossed for one in compared.differences] == [True, False]
    assert len(compared.differences[0].layers) <= 2


def test_the_other_language_names_the_layers_too() -> None:
    (found,) = of(spoilt(nic(passing=Passing(340)))).differences
    assert difference_text(found, "ja") == (
        f"{DNS} lan0: VLAN 240 (lgwan_servers、lgwan 層) ではなく "
        "VLAN 340 (internet_servers、internet 層) になっています"
    )


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (machine(cpus=8), f"{DNS}: CPUs: expected 2, found 8  [lgwan]"),
        (machine(memory=512), f"{DNS}: memory: expected 1024 MiB, found 512 MiB  [lgwan]"),
        (machine(auto=False), f"{DNS}: started with the host: expected yes, found no  [lgwan]"),
        (machine(order=99), f"{DNS}: boot order: expected 10, found 99  [lgwan]"),
        (machine(other=("PCI device",)), f"{DNS}: attached: PCI device is not in the inventory  [lgwan]"),
        (nic(connected=False), f"{DNS} lan0: link: expected up, found down  [lgwan]"),
        (nic(segment="lgwan_exchange"), f"{DNS} lan0: port group: expected"),
        (nic(other=("macvtap on eno1",)), f"{DNS} lan0: attached: macvtap on eno1 is not in the inventory  [lgwan]"),
        (machine(nics={}), f"{DNS} lan0: network interface: port group lgwan_servers, {LGWAN} is missing  [lgwan]"),
        (machine(disks={}), f"{DNS} system: disk: machines, 16 GiB is missing"),
        (machine(disks={"system": DiskFacts("machines", 80)}), f"{DNS} system: size: expected 16 GiB, found 80 GiB"),
        (machine(disks={"system": DiskFacts("", 40)}), f"{DNS} system: storage pool: expected machines, found -"),
        (lambda host: replace(host, forwards=True), f"{ONE}: routing between interfaces: expected no, found yes"),
        (lambda host: replace(host, uplinks=("eno1",)), f"{ONE}: cables: expected eno1, eno2, found eno1"),
        (
            lambda host: replace(host, ports={"tap0": Passing(240)}),
            f"tap0: port of the virtual switch: {LGWAN} is not",
        ),
        (lambda host: replace(host, pools={}), f"{ONE}"),
        (
            lambda host: replace(host, pools={**host.pools, "machines": PoolFacts("/mnt", active=False)}),
            "machines: folder: expected /var/lib/sanso/machines, found /mnt",
        ),
        (
            lambda host: replace(
                host, addresses={**host.addresses, "virbr0": frozenset({ip_interface("10.0.0.1/8")})}
            ),
            "virbr0: the host's own addresses: 10.0.0.1/8 is not in the inventory",
        ),
        (
            lambda host: replace(host, lacks=("network: does not start with the host",)),
            f"{ONE}: after a restart of the host: network: does not start with the host",
        ),
        (lambda host: replace(host, own={}), "management: the host's own port: VLAN 530"),
    ],
)
def test_what_differs_is_told(spoil: Spoil, says: str) -> None:
    compared = of(spoilt(spoil))
    assert not any(one.crossed for one in compared.differences)
    if says != ONE:
        assert texts(compared)[0].startswith(says)
    else:
        assert len(texts(compared)) == len(INTENTS[ONE].facts.pools)


def test_a_nic_more_in_another_layer_crossed() -> None:
    more = NicFacts("52:54:00:00:00:66", "internet_servers", "vnet9", Passing(340))
    found = spoilt(lambda host: machine(nics={**host.machines[DNS].nics, more.mac: more})(host))
    (said,) = texts(of(found))
    assert said == f"{DNS} {more.mac}: network interface: {INTERNET} is not in the inventory  [internet]"
    assert of(found).differences[0].crossed


def test_a_port_that_passes_everything_crossed() -> None:
    found = spoilt(lambda host: replace(host, ports={"veth0": Passing(None, ALL_VLANS)}))
    (difference,) = of(found).differences
    assert difference.crossed
    assert {"lgwan", "internet", "mynumber"} <= set(difference.layers)


# ----- machines and their hosts ---------------------------------------------------------------------------------


def without(found: dict[str, HostFacts]) -> dict[str, HostFacts]:
    """Hosts without one machine."""
    return {
        name: replace(host, machines={n: m for n, m in host.machines.items() if n != DNS})
        for name, host in found.items()
    }


def test_a_machine_that_none_of_its_hosts_has_is_missing_at_its_home() -> None:
    found = without(placed())
    assert of(found).missing == {DNS}
    assert texts(of(found)) == [f"{ONE}: machine: {DNS} is missing  [lgwan]"]
    assert of(found, TWO) == Compared([])


def test_a_machine_is_not_judged_where_nobody_looked_at_one_of_its_hosts() -> None:
    found = without(placed())
    del found[THREE]
    compared = of(found)
    assert compared.differences == []
    assert compared.missing == frozenset()
    assert DNS in compared.unjudged
    assert of(found, TWO).unjudged == tuple(
        name for name in INTENTS[TWO].facts.machines if name in of(found, TWO).unjudged
    )


def test_a_machine_on_two_hosts_is_told_at_both() -> None:
    found = placed()
    found[TWO] = replace(found[TWO], machines={**found[TWO].machines, DNS: found[ONE].machines[DNS]})
    for name in (ONE, TWO):
        assert texts(of(found, name)) == [f"{DNS}: hosts at once: expected 1, found {ONE}, {TWO}  [lgwan]"]


def test_a_machine_on_a_host_that_is_not_its_own() -> None:
    found, name = placed(), "lg-radius-2"
    assert name not in INTENTS[ONE].facts.machines
    found[ONE] = replace(found[ONE], machines={**found[ONE].machines, name: found[TWO].machines[name]})
    found[TWO] = replace(found[TWO], machines={n: m for n, m in found[TWO].machines.items() if n != name})
    assert texts(of(found)) == [f"{name}: host: expected {TWO}, {THREE}, found {ONE}  [lgwan]"]
    assert of(found, TWO).missing == {name}, "it is missing where it may be; what is elsewhere is told there"


def test_a_machine_that_nobody_knows() -> None:
    stranger = MachineFacts("test", 1, 512, {"52:54:00:00:00:01": NicFacts("", "internet_servers", "", Passing(340))})
    found = spoilt(lambda host: replace(host, machines={**host.machines, "test": stranger}))
    assert texts(of(found)) == [f"{ONE}: machine: test is not in the inventory  [internet]"]
    assert not of(found).differences[0].crossed


def test_what_waits_for_a_restart_is_no_difference() -> None:
    assert of(spoilt(machine(pending=("cpus",), running=False))) == Compared([])
