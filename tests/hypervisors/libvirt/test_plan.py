from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sanso.hypervisors import Command, ReplayError
from sanso.hypervisors.libvirt.plan import plan
from sanso.hypervisors.libvirt.read import LibvirtReading, facts_of
from sanso.hypervisors.libvirt.replay import replay
from sanso.network.virtual import DiskFacts, HostFacts, MachineFacts, NicFacts, Passing
from tests.hypervisors.libvirt.edits import Edit, device, put, row
from tests.hypervisors.libvirt.host import (
    CREATION,
    INTENDED,
    OUTSIDE,
    SEGMENTS,
    answers,
    changed,
    look,
    nic,
    reading,
    with_web,
)


def verbs(found: LibvirtReading, intended: HostFacts = INTENDED) -> list[str]:
    steps = plan(found, intended, CREATION).steps
    return [next(word for word in step.command.argv[1:] if not word.startswith(("-", "qemu:"))) for step in steps]


def test_a_host_as_intended_needs_nothing() -> None:
    assert plan(reading("clean"), INTENDED, CREATION).steps == ()


def test_an_empty_host_is_brought_there() -> None:
    found = plan(reading("empty"), INTENDED, CREATION)
    assert found.after == INTENDED
    assert found.pending == {}
    assert len([step for step in found.steps if step.command.argv[0] == "ovs-vsctl"]) == 1
    assert plan(changed(reading("empty"), INTENDED), INTENDED, CREATION).steps == ()


def test_a_machine_is_created_only_where_that_was_decided() -> None:
    found = plan(reading("empty"), INTENDED, replace(CREATION, machines=frozenset({"web"}))).after
    assert found is not None
    assert list(found.machines) == ["web"]


def test_what_a_machine_needs_a_restart_for_is_pending_and_not_done() -> None:
    intended = with_web(cpus=2, memory=256)
    found = plan(reading("clean"), intended, CREATION)
    assert verbs(reading("clean"), intended) == ["define"]
    assert found.pending == {"web": ("cpus", "memory")}
    assert found.after == intended


def test_a_machine_that_may_be_restarted_is() -> None:
    intended = with_web(cpus=2)
    found = plan(reading("clean"), intended, replace(CREATION, restart=frozenset({"web", "records"})))
    assert [step.command.argv[4] for step in found.steps] == ["define", "shutdown", "domstate", "start"]
    assert found.pending == {}


def test_an_interface_moves_while_its_machine_runs() -> None:
    intended = with_web(nics={"outside": nic(OUTSIDE, "lgwan_servers")})
    found = plan(reading("clean"), intended, CREATION)
    assert found.after == intended
    moved = found.steps[-1].command
    assert "update-device" in moved.argv
    assert '<vlan><tag id="210" /></vlan>' in moved.stdin  # or its port would pass every VLAN


def test_a_disk_grows_and_never_shrinks() -> None:
    larger = with_web(disks={"system": DiskFacts("machines", 5)})
    grown = changed(reading("clean"), larger)
    assert grown.facts == larger
    assert plan(grown, INTENDED, CREATION).steps == ()


def test_a_new_disk_begins_as_a_copy_of_its_image() -> None:
    disks = {"system": DiskFacts("machines", 1), "data": DiskFacts("machines", 2, "/srv/images/base.qcow2")}
    intended = with_web(disks=disks)
    found = plan(reading("clean"), intended, CREATION)
    assert [step.command.argv for step in found.steps if step.command.argv[0] == "qemu-img"] == [
        ("qemu-img", "convert", "-n", "-O", "qcow2", "/srv/images/base.qcow2", "/srv/machines/web-data.qcow2")
    ]
    assert found.after == intended
    assert plan(changed(reading("clean"), intended), intended, CREATION).steps == ()


def test_machines_and_disks_that_the_inventory_does_not_have_stay() -> None:
    intended = replace(INTENDED, machines={"records": INTENDED.machines["records"]})
    assert plan(reading("clean"), intended, CREATION).steps == ()
    fewer = with_web(disks={})
    assert plan(reading("clean"), fewer, CREATION).steps == ()


def test_a_segment_that_is_gone_goes_after_the_machines_that_were_in_it() -> None:
    segments = {"internet_servers": 310}
    records = replace(INTENDED.machines["records"], nics={"main": nic("52:54:00:00:02:01", "internet_servers")})
    intended = replace(INTENDED, segments=segments, machines={**INTENDED.machines, "records": records})
    assert verbs(reading("clean"), intended)[-1] == "net-update"
    assert changed(reading("clean"), intended).facts == intended


@pytest.mark.parametrize(
    "edit",
    [
        row("Port", "vnet0", tag=999),
        row("Port", "vnet0", tag=["set", []]),
        row("Port", "vnet1", vlan_mode="native-untagged", trunks=["set", [210, 310]]),
        row("Port", "uplinks", trunks=["set", []], bond_mode="balance-slb"),
        row("Port", "uplinks", tag=210),
        row("Port", "br-sanso", trunks=["set", []]),
        row("Port", "management", tag=210, protected=True),
        row("Port", "migration", name="stray"),
        row("Bridge", "br-sanso", mirrors=["uuid", "9"], stp_enable=True, flood_vlans=["set", [1, 2]]),
        row("Bridge", "br-sanso", other_config=["map", [["forward-bpdu", "true"]]]),
        row("Open_vSwitch", "", manager_options=["uuid", "9"]),
        put("flows", "actions=NORMAL", "actions=FLOOD"),
        put("machine-defined/web", "portgroup='internet_servers'", "portgroup='lgwan_servers'"),
        put("machine/web", "portgroup='internet_servers'", "portgroup='lgwan_servers'"),
        put("machine-defined/web", "<model type='virtio'/>", "<vlan><tag id='210'/></vlan><filterref filter='f'/>"),
        put("machine-defined/web", "network='sanso' portgroup='internet_servers'", "network='default'"),
        put("machine/web", "<model type='virtio'/>", "<link state='down'/><model type='virtio'/>"),
        put("machine-defined/web", ">1</vcpu>", ">3</vcpu>"),
        device("<shmem name='joint'/><hostdev mode='subsystem' type='usb'/>", "machine-defined/web"),
        device("<interface type='direct'><source dev='eth1'/></interface>", "machine-defined/web"),
        put("machines-transient", "", "web\n"),
        put("network/sanso", "id='210'", "id='310'"),
        put("network-defined/sanso", "<portgroup name='lgwan", "<portgroup default='yes' name='lgwan"),
        put("network/sanso", "mode='bridge'", "mode='route'"),
        put("networks-active", "sanso", ""),
        put("pools-autostart", "copies", ""),
    ],
)
def test_what_was_done_by_hand_is_mended(edit: Edit) -> None:
    said = answers("clean")
    edit(said)
    found = look(said)
    assert found.facts != INTENDED or any(one.pending for one in found.facts.machines.values())
    mended = changed(found, INTENDED)
    assert mended.facts == INTENDED
    assert plan(mended, INTENDED, CREATION).steps == ()


def test_an_interface_by_hand_is_closed_before_it_is_unplugged() -> None:
    said = answers("clean")
    port = reading("clean").facts.machines["web"].nics["outside"].port
    for name in ("machine/web", "machine-defined/web"):
        said[name] = said[name].replace(OUTSIDE, "52:54:00:99:00:01")
    found = plan(look(said), INTENDED, CREATION)
    assert found.steps[0].command.argv[-6:] == ("set", "Port", port, "vlan_mode=trunk", "tag=[]", "trunks=[4095]")
    assert found.after == INTENDED


def test_what_is_taken_back_leads_to_what_was_there() -> None:
    found = reading("clean")
    intended = with_web(
        nics={"outside": nic(OUTSIDE, "lgwan_servers"), "more": nic("52:54:00:00:03:02", "internet_servers")}
    )
    state = found.state
    steps = plan(found, intended, CREATION).steps
    for step in steps:
        state = replay(state, step.command)
    for step in reversed(steps):
        for command in step.undo:
            state = replay(state, command)
    assert facts_of("kvm-a", state, INTENDED) == found.facts


def test_a_command_that_nobody_knows_is_not_guessed() -> None:
    for argv in (
        ("virsh", "--quiet", "--connect", "qemu:///system", "reboot"),
        ("rm", "-r"),
        ("ovs-vsctl", "emer-reset"),
    ):
        with pytest.raises(ReplayError, match="not known"):
            replay(reading("clean").state, Command(argv))


MACS = st.integers(0, 5).map(lambda number: f"52:54:00:00:04:{number:02x}")
NICS = st.dictionaries(MACS, st.sampled_from(sorted(SEGMENTS)), min_size=1, max_size=3)
DISKS = st.sets(st.sampled_from(["system", "data", "logs"]), min_size=1)


@st.composite
def machines(draw: st.DrawFn) -> dict[str, MachineFacts]:
    found = {}
    for name in draw(st.sets(st.sampled_from(["a", "b"]), min_size=1)):
        nics = {f"n{mac[-1]}": nic(f"52:54:00:00:0{name}:0{mac[-1]}", segment) for mac, segment in draw(NICS).items()}
        found[name] = MachineFacts(
            name,
            draw(st.integers(1, 4)),
            draw(st.sampled_from([128, 256])),
            nics,
            {disk: DiskFacts("machines", draw(st.integers(1, 3))) for disk in draw(DISKS)},
            auto=draw(st.booleans()),
            order=draw(st.integers(1, 99)),
        )
    return found


def ports(facts: HostFacts) -> Mapping[str, NicFacts]:
    return {one.mac: one for machine in facts.machines.values() for one in machine.nics.values() if one.passing}


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=40)
@given(first=machines(), second=machines())
def test_no_step_lets_more_pass_a_port_than_before_or_than_intended(
    first: dict[str, MachineFacts], second: dict[str, MachineFacts]
) -> None:
    creation = replace(CREATION, machines=frozenset({"a", "b"}))
    before = changed(reading("empty"), replace(INTENDED, machines=first), creation)
    intended = replace(INTENDED, machines=second)
    found = plan(LibvirtReading(facts_of("kvm-a", before.state, intended), before.state), intended, creation)
    old, new = ports(before.facts), ports(intended)
    for step in found.steps:
        for mac, one in ports(step.after).items():
            allowed = {one.passing for one in (old.get(mac), new.get(mac)) if one is not None}
            assert one.passing in allowed | {Passing()}, f"{step.command.argv}: {one}"
    after = found.after or before.facts
    for name, machine in second.items():
        assert after.machines[name].nics == machine.nics
        assert after.machines[name].cpus == machine.cpus
        assert after.machines[name].disks.keys() >= machine.disks.keys()
