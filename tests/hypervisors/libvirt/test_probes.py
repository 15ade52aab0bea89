from __future__ import annotations

from sanso.hypervisors import load_hypervisor
from tests.hypervisors.libvirt.host import answers

VIRSH = ("list", "net-list", "pool-list", "dumpxml", "net-dumpxml", "pool-dumpxml", "domblkinfo", "vol-list")
LOOK = {
    ("ovs-vsctl", "list"),
    ("ovs-ofctl", "dump-flows"),
    ("ip", "show"),
    ("sysctl", "-a"),
    *(("virsh", verb) for verb in VIRSH),
}


def test_probes_only_look() -> None:
    hypervisor = load_hypervisor("libvirt")
    for argv in (*hypervisor.probes.values(), *hypervisor.further(answers("clean")).values()):
        assert any(argv[0] == program and word in argv for program, word in LOOK), argv


def test_two_rounds_ask_for_all_that_is_there() -> None:
    hypervisor, said = load_hypervisor("libvirt"), answers("clean")
    asked = {*hypervisor.probes, *hypervisor.further(said)}
    assert asked == set(said)
    assert hypervisor.further(said)["machine-defined/web"][-3:] == ("--inactive", "--domain", "web")
