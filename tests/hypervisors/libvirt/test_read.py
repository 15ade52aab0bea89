"""What a person can do by hand is seen, whatever it was done with: each case changes what a real host said."""

from __future__ import annotations

import json

import pytest

from sanso.network.facts import ALL_VLANS
from sanso.network.virtual import HostFacts, Passing
from tests.hypervisors.libvirt.edits import NETWORK, NETWORK_DEFINED, WEB, WEB_DEFINED, Edit, device, link, put, row
from tests.hypervisors.libvirt.host import INTENDED, MAIN, OUTSIDE, answers, look, reading


def test_a_host_that_was_brought_there_is_read_as_intended() -> None:
    found = reading("clean")
    assert found.unread == ()
    assert found.facts == INTENDED
    assert not any(one.pending for one in found.facts.machines.values())
    assert all(nic.port for one in found.facts.machines.values() for nic in one.nics.values())


def test_an_empty_host_has_nothing_but_what_libvirt_brings_along() -> None:
    facts = reading("empty").facts
    assert facts.doubts == ("network default: nat",)
    assert (facts.uplinks, dict(facts.segments), dict(facts.own), dict(facts.machines)) == ((), {}, {}, {})


def test_a_host_without_hypervisor_and_switch_is_not_read() -> None:
    probes = {one.probe for one in look({}).unread}
    assert {"switch/Bridge", "machines", "networks", "pools", "links", "addresses", "forwarding"} <= probes


@pytest.mark.parametrize("probe", ["switch/Port", "flows", "machine/web", "network-defined/sanso", "links"])
def test_an_answer_that_is_missing_or_no_such_answer_is_told(probe: str) -> None:
    for text in (None, "no such\nthing <"):
        said = answers("clean")
        if text is None:
            del said[probe]
        else:
            said[probe] = text
        found = look(said)
        assert [one.probe for one in found.unread] == [probe] or found.facts.doubts


def told(facts: HostFacts) -> list[str]:
    """Everything that facts tell in words of their own."""
    found = list(facts.doubts)
    for name, machine in facts.machines.items():
        found += [f"{name}: {one}" for one in machine.other]
        found += [f"{name} {nic}: {one}" for nic, facts in machine.nics.items() for one in facts.other]
    return found


EXTRA_NIC = "<interface type='{kind}'><mac address='52:54:00:99:00:01'/>{inside}</interface>"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (device("<hostdev mode='subsystem' type='pci'><source/></hostdev>"), "web: <hostdev"),
        (device("<shmem name='joint'/>"), 'web: <shmem name="joint" />'),
        (device("<vsock model='virtio'/>"), "web: <vsock"),
        (device("<filesystem type='mount'><driver type='virtiofs'/></filesystem>"), "web: <filesystem"),
        (device("<serial type='tcp'><source mode='bind' host='0.0.0.0' service='4555'/></serial>"), "web: <serial"),
        (device("<channel type='unix'><target type='virtio' name='other'/></channel>"), "web: <channel"),
        (device("<graphics type='vnc' listen='0.0.0.0'/>"), "web: <graphics"),
        (device("<redirdev bus='usb' type='tcp'/>"), "web: <redirdev"),
        (device("<rng model='virtio'><backend model='egd' type='tcp'/></rng>"), "web: <rng"),
        (device("<newdevice/>"), "web: <newdevice />"),
        (device("<shmem name='joint'/>", WEB), 'web: until its next start: <shmem name="joint" />'),
        (put(WEB_DEFINED, "<devices>", "<bootloader>/bin/x</bootloader><devices>"), "web: <bootloader>"),
        (
            put(
                WEB_DEFINED,
                "</devices>",
                "</devices><q:commandline xmlns:q='http://libvirt.org/schemas/domain/qemu/1.0'>"
                "<q:arg value='-netdev'/></q:commandline>",
            ),
            "web: <qemu:commandline",
        ),
        (put(WEB_DEFINED, "<model type='virtio'/>", "<filterref filter='f'/>"), "web outside: <filterref"),
        (put(WEB_DEFINED, "<model type='virtio'/>", "<vlan><tag id='210'/></vlan>"), "web outside: <vlan>"),
        (put(WEB_DEFINED, " portgroup='internet_servers'", ""), "web outside: no port group"),
        (put(WEB_DEFINED, "network='sanso'", "network='default'"), "web outside: interface of type network"),
        (
            device(EXTRA_NIC.format(kind="direct", inside="<source dev='eth1' mode='bridge'/>"), WEB_DEFINED),
            "web 52:54:00:99:00:01: interface of type direct",
        ),
        (
            device(EXTRA_NIC.format(kind="bridge", inside="<source bridge='br-sanso'/>"), WEB_DEFINED),
            "web 52:54:00:99:00:01: interface of type bridge",
        ),
        (
            device(EXTRA_NIC.format(kind="hostdev", inside="<source><address/></source>"), WEB_DEFINED),
            "web 52:54:00:99:00:01: interface of type hostdev",
        ),
        (
            device(
                EXTRA_NIC.format(kind="network", inside="<source network='sanso' portgroup='lgwan_servers'/>"), WEB
            ),
            "web 52:54:00:99:00:01: plugged in until its next start",
        ),
        (put("machines-transient", "", "web\n"), "web: not defined: gone once it is shut down"),
        (
            put(WEB_DEFINED, "volume='web-system.qcow2'", "volume='web-system.qcow2.spy'"),
            "web: disk system: web-system.qcow2.spy: a snapshot that is left over",
        ),
        (
            device("<disk type='block' device='disk'><source dev='/dev/sdb'/><target dev='vdz'/></disk>"),
            "web: disk vdz",
        ),
        (
            device("<disk type='file' device='cdrom'><source file='/x.iso'/><target dev='sda'/></disk>"),
            "web: disk sda",
        ),
        (
            put(WEB_DEFINED, "<source pool='machines'", "<shareable/><source pool='machines'"),
            "web: disk system: <share",
        ),
        (row("Bridge", "br-sanso", mirrors=["uuid", "9"]), "br-sanso: mirrors"),
        (row("Bridge", "br-sanso", controller=["uuid", "9"]), "br-sanso: controller"),
        (row("Bridge", "br-sanso", stp_enable=True), "br-sanso: stp_enable=True"),
        (
            row("Bridge", "br-sanso", other_config=["map", [["forward-bpdu", "true"]]]),
            "other_config forward-bpdu=true",
        ),
        (row("Bridge", "br-sanso", name="br-other"), "bridge br-other of Open vSwitch"),
        (row("Open_vSwitch", "", manager_options=["uuid", "9"]), "Open vSwitch: manager_options"),
        (row("Port", "vnet0", vlan_mode="dot1q-tunnel"), "vlan_mode=dot1q-tunnel"),
        (row("Port", "uplinks", bond_mode="balance-slb"), "bond_mode=balance-slb"),
        (row("Port", "uplinks", other_config=["map", []]), "no bond-primary"),
        (row("Interface", "management", type="vxlan"), "type=vxlan"),
        (row("Interface", "vnet0", options=["map", [["peer", "p2"]]]), "options={'peer': 'p2'}"),
        (put("flows", "actions=NORMAL", "actions=FLOOD"), "br-sanso flow: priority=0 actions=FLOOD"),
        (
            put("flows", " priority=0", " priority=5,in_port=3 actions=NORMAL\n priority=0"),
            "flow: priority=5,in_port=3",
        ),
        (put(NETWORK, "<portgroup name='lgwan", "<portgroup default='yes' name='lgwan"), 'portgroup default="yes"'),
        (put(NETWORK, "mode='bridge'", "mode='nat'"), 'network sanso: <forward mode="nat" />'),
        (
            put(NETWORK_DEFINED, "id='210'", "id='310'"),
            "network sanso: in force and as defined it has other port groups",
        ),
        (put(NETWORK, "<tag id='210'/>", "<tag id='210'/><tag id='310'/>"), "network sanso: <vlan>"),
        (link(ifname="virbr0", linkinfo={"info_kind": "bridge"}), "interface virbr0: bridge"),
        (link(ifname="vlan210", link="eth1", linkinfo={"info_kind": "vlan"}), "interface vlan210: vlan on eth1"),
        (link(ifname="eno4", master="virbr0"), "interface eno4: a card in virbr0"),
        (
            link(ifname="macvtap0", link="eth1", linkinfo={"info_kind": "macvtap"}),
            "interface macvtap0: macvtap on eth1",
        ),
    ],
)
def test_what_was_done_by_hand_and_joins_is_told(edit: Edit, expected: str) -> None:
    said = answers("clean")
    edit(said)
    found = look(said)
    assert found.unread == ()
    assert [one for one in told(found.facts) if expected in one]


def test_a_tag_by_hand_is_what_passes() -> None:
    said = answers("clean")
    port = reading("clean").facts.machines["web"].nics["outside"].port
    row("Port", port, tag=210)(said)
    assert look(said).facts.machines["web"].nics["outside"].passing == Passing(210)
    row("Port", port, tag=["set", []])(said)
    assert look(said).facts.machines["web"].nics["outside"].passing == Passing(tagged=ALL_VLANS)


def test_an_interface_in_another_port_group_is_in_that_segment() -> None:
    said = answers("clean")
    put(WEB_DEFINED, "portgroup='internet_servers'", "portgroup='lgwan_servers'")(said)
    nic = look(said).facts.machines["web"].nics["outside"]
    assert (nic.segment, nic.passing) == ("lgwan_servers", Passing(310))


@pytest.mark.parametrize("name", [WEB, WEB_DEFINED])
def test_a_link_that_is_down_is_told_wherever_it_stands(name: str) -> None:
    said = answers("clean")
    put(name, "<model type='virtio'/>", "<link state='down'/><model type='virtio'/>")(said)
    assert not look(said).facts.machines["web"].nics["outside"].connected


def test_a_port_that_was_taken_from_the_switch_is_told() -> None:
    said = answers("clean")
    facts = reading("clean").facts.machines["web"].nics["outside"]
    row("Port", facts.port, name="gone")(said)
    nic = look(said).facts.machines["web"].nics["outside"]
    assert nic.passing is None
    assert nic.other == (f"its port {facts.port} is not at the virtual switch",)


def test_a_port_by_hand_is_none_of_a_machine() -> None:
    said = answers("clean")
    row("Port", "br-sanso", trunks=["set", []])(said)
    assert look(said).facts.ports == {"br-sanso": Passing(tagged=ALL_VLANS)}


def test_what_needs_a_restart_is_pending() -> None:
    said = answers("clean")
    put(WEB_DEFINED, ">1</vcpu>", ">4</vcpu>")(said)
    put(WEB_DEFINED, ">131072</memory>", ">262144</memory>")(said)
    web = look(said).facts.machines["web"]
    assert (web.cpus, web.memory, web.pending) == (4, 256, ("cpus", "memory"))


def test_two_interfaces_of_one_mac_address_are_two() -> None:
    said = answers("clean")
    twin = f"<interface type='network'><mac address='{OUTSIDE}'/><source network='sanso' portgroup='lgwan_servers'/>"
    device(f"{twin}</interface>", WEB_DEFINED)(said)
    nics = look(said).facts.machines["web"].nics
    assert {name: nic.segment for name, nic in nics.items()} == {
        "outside": "internet_servers",
        f"{OUTSIDE} (2)": "lgwan_servers",
    }


def test_a_machine_that_is_off_has_no_ports() -> None:
    said = answers("clean")
    said["machine/records"] = said["machine-defined/records"]
    records = look(said).facts.machines["records"]
    assert not records.running
    assert records.nics["main"].mac == MAIN
    assert (records.nics["main"].passing, records.nics["main"].port) == (None, "")


def test_a_machine_that_is_off_has_disks_of_the_size_that_their_pool_tells() -> None:
    said = answers("clean")
    said["machine/web"] = said["machine-defined/web"]
    del said["machine-disks/web"]  # "missing storage backend for 'volume' storage", libvirt 9.0
    found = look(said)
    assert found.unread == ()
    assert found.facts.machines["web"].disks == INTENDED.machines["web"].disks


def test_addresses_of_the_host_are_told_wherever_they_are() -> None:
    said = answers("clean")
    extra = {"ifname": "eth1", "addr_info": [{"local": "10.21.0.9", "prefixlen": 24, "scope": "global"}]}
    said["addresses"] = json.dumps([*json.loads(said["addresses"]), extra])
    assert [str(one) for one in look(said).facts.addresses["eth1"]] == ["10.21.0.9/24"]


def test_forwarding_by_one_interface_alone_is_forwarding() -> None:
    said = answers("clean")
    assert not look(said).facts.forwards
    said["forwarding"] += "net.ipv4.conf.eth1.forwarding = 1\n"
    assert look(said).facts.forwards
