"""Configurations at hand as texts, held to a file of layers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sanso.city import CityError
from sanso.proof.texts import prove_texts

TODAY = date(2026, 4, 1)
LAYERS = "prefixes: {10.1.0.0/16: lgwan, 10.2.0.0/16: mynumber}\n"
SWITCH = """\
hostname {name}
!
vlan 10,20
!
interface GigabitEthernet1/0/1
 switchport mode access
 switchport access vlan 10
!
interface Vlan10
 ip address 10.1.0.1 255.255.255.0
 ip access-group {acl} in
!
interface Vlan20
 ip address 10.2.0.1 255.255.255.0
 ip access-group CLOSED in
!
ip access-list extended CLOSED
 10 deny ip any any
ip access-list extended OPEN
 10 permit tcp any host 10.2.0.80 eq 443
!
ip routing
end
"""


@pytest.fixture
def layers(tmp_path: Path) -> Path:
    file = tmp_path / "layers.yml"
    file.write_text(LAYERS, encoding="utf-8")
    return file


def test_closed_lists_are_proved(layers: Path) -> None:
    verdict = prove_texts({"sw1": SWITCH.format(name="sw1", acl="CLOSED")}, layers, TODAY)
    assert verdict.holds
    assert verdict.summary("en").startswith("proved: 2 entrances × 2 subnets on 1 devices")


def test_an_open_line_is_named(layers: Path) -> None:
    verdict = prove_texts({"sw1": SWITCH.format(name="sw1", acl="OPEN")}, layers, TODAY)
    assert [(one.rule, one.location.file, one.location.line) for one in verdict.findings if one.location] == [
        ("PROOF-01", "sw1", 20)
    ]


def test_what_nobody_can_read_is_not_proved(layers: Path) -> None:
    verdict = prove_texts({"sw1": "dear diary\n", "sw2": ""}, layers, TODAY)
    assert not verdict.holds
    assert [one.rule for one in verdict.findings] == ["BACKUP-01", "BACKUP-01"]


def test_a_wrong_file_of_layers(tmp_path: Path) -> None:
    file = tmp_path / "layers.yml"
    file.write_text("vlan: {10: lgwan}\n", encoding="utf-8")
    with pytest.raises(CityError, match="LAYERS-01"):
        prove_texts({}, file, TODAY)
