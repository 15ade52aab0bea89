"""Moving a machine: nothing of it crosses the network but through the one connection."""

from __future__ import annotations

import pytest

from sanso.hypervisors.libvirt.migrate import forget, migrate
from tests.hypervisors.libvirt.host import reading


@pytest.mark.parametrize("shared", [True, False])
def test_a_machine_goes_through_sockets_and_ports_of_the_host_itself(shared: bool) -> None:
    (command,) = migrate("web", port=49160, shared_storage=shared)
    words = dict(zip(command.argv, command.argv[1:], strict=False))
    assert words["--desturi"] == "qemu+unix:///system?socket=/run/sanso-migration/libvirt"
    assert words["--migrateuri"] == "tcp://127.0.0.1:49160"
    assert words["--listen-address"] == "127.0.0.1"
    assert ("--copy-storage-all" in command.argv) is not shared
    assert {"--live", "--persistent", "--undefinesource", "--p2p"} <= set(command.argv)


def test_only_the_disks_of_the_machine_are_forgotten() -> None:
    deleted = [command.argv for command in forget(reading("clean"), "web") if "vol-delete" in command.argv]
    assert [argv[argv.index("--vol") + 1] for argv in deleted] == ["web-system.qcow2"]
