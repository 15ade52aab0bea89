"""Whole configurations that others wrote load without a refused line and print back as they were."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from sanso.lab import DeviceSpec, make_device
from tests.lab.eos.conftest import Switch

CORPUS = Path(__file__).parents[3].parent / "shared" / "corpora" / "avd-eos"

#: what EOS does anyway and so does not print
DEFAULTS = {"no shutdown", "switchport", "switchport mode access", "no enable password", "end"}


def essence(text: str) -> Counter[str]:
    lines = (line.strip() for line in text.splitlines())
    return Counter(line for line in lines if line and not line.startswith("!") and line not in DEFAULTS)


@pytest.mark.parametrize(
    "file", sorted(CORPUS.rglob("*.cfg")) or [None], ids=lambda file: file.stem if file else "none"
)
def test_a_configuration_comes_back(file: Path | None) -> None:
    if file is None:
        pytest.skip("no folder shared/corpora/avd-eos beside the repository")
    text = file.read_text(encoding="utf-8")
    ports = re.findall(r"^interface ((?:Ethernet|Management)[\d/]+)$", text, re.MULTILINE)
    spec = DeviceSpec("sw1", "eos", "127.0.0.1", 4022, tuple(dict.fromkeys(ports)), startup=text)

    printed = make_device(spec).running_config()

    assert essence(printed) == essence(text)


def test_what_stands_below_an_unknown_line_is_not_taken_for_something_else() -> None:
    switch = Switch(startup="unknown feature\n   vlan 10\n   shutdown\nvlan 20\n   name office\n")
    assert [vlan.number for vlan in switch.device.config.vlans()] == [1, 20]
    assert "shutdown" not in switch.device.running_config().replace("no shutdown", "")


def test_a_vlan_of_a_routing_protocol_is_none_of_the_switch(switch: Switch) -> None:
    switch.configure("router bgp 65000", "vlan 77", "rd 10.0.0.1:77", "redistribute learned")
    assert not switch.device.config.has_vlan(77)
    assert switch.running("router bgp 65000", "vlan 77") == ["rd 10.0.0.1:77", "redistribute learned"]
