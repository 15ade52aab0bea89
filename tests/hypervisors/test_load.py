from __future__ import annotations

import re
from pathlib import Path

import pytest

from sanso.hypervisors import Hypervisor, UnknownHypervisorError, hypervisor_names, load_hypervisor

LIBRARY = Path(__file__).parent.parent.parent / "sanso"
WORDS = re.compile(r"libvirt|virsh|qemu|openvswitch|open vswitch|\bovs", re.IGNORECASE)


def test_every_folder_is_a_hypervisor() -> None:
    assert "libvirt" in hypervisor_names()
    for name in hypervisor_names():
        hypervisor: Hypervisor = load_hypervisor(name)
        assert hypervisor.name == name
        assert hypervisor.probes


def test_a_name_without_a_folder_says_which_there_are() -> None:
    with pytest.raises(UnknownHypervisorError, match=r"no hypervisor .vmware.; there are: .*libvirt"):
        load_hypervisor("vmware")


@pytest.mark.parametrize(
    "name", ["city/virtual.py", "network/virtual.py", "render/virtual.py", "hypervisors/base.py"]
)
def test_no_word_of_a_hypervisor_stands_above_its_folder(name: str) -> None:
    assert not WORDS.findall((LIBRARY / name).read_text(encoding="utf-8"))
