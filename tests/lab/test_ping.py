"""``ping`` of the emulated devices: who is in the subnet of an interface that is up answers, and nobody else."""

from __future__ import annotations

import pytest

from sanso.lab import DeviceSpec, make_device
from sanso.lab.device import Device
from sanso.lab.shell import Shell

PORTS = {"ios": ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), "eos": ("Ethernet1", "Ethernet2")}
ADDRESS4 = {"ios": "ip address 10.1.0.2 255.255.255.0", "eos": "ip address 10.1.0.2/24"}
IN_VRF = {"ios": ["vrf definition M", " address-family ipv4"], "eos": ["vrf instance M"]}
FORWARDING = {"ios": "vrf forwarding M", "eos": "vrf M"}
ANSWERED = {"ios": "Success rate is 100 percent (2/2)", "eos": "2 packets transmitted, 2 received"}
SILENT = {"ios": "Success rate is 0 percent (0/2)", "eos": "2 packets transmitted, 0 received"}


def switch(platform: str) -> tuple[Device, Shell]:
    """A switch with an SVI that its second port carries, and nothing in VLAN 10 on the first."""
    first, second = PORTS[platform]
    device = make_device(DeviceSpec("sw1", platform, "127.0.0.1", 4022, PORTS[platform]))
    shell = device.shell(privileged=True)
    type_in(
        shell,
        "vlan 10",
        f"interface {first}",
        "switchport mode access",
        f"interface {second}",
        "switchport mode trunk",
        "switchport trunk allowed vlan 10",
        "interface Vlan10",
        "no shutdown",
        ADDRESS4[platform],
        "ipv6 address 2001:db8::2/64",
    )
    return device, shell


def type_in(shell: Shell, *lines: str) -> None:
    for line in ("configure terminal", *lines, "end"):
        answer = shell.execute(line)
        assert "nvalid" not in answer, (line, answer)


def answers(shell: Shell, platform: str, host: str) -> bool:
    said = shell.execute(f"ping {host} timeout 1 repeat 2")
    assert (ANSWERED[platform] in said) is not (SILENT[platform] in said), said
    return ANSWERED[platform] in said


@pytest.mark.parametrize("platform", PORTS)
def test_who_is_in_a_subnet_that_is_up_answers(platform: str) -> None:
    _, shell = switch(platform)
    assert answers(shell, platform, "10.1.0.1")
    assert answers(shell, platform, "2001:DB8::1")
    assert not answers(shell, platform, "10.1.1.1")
    assert not answers(shell, platform, "sw2.example.jp")


@pytest.mark.parametrize("platform", PORTS)
@pytest.mark.parametrize(
    "lines", [("interface Vlan10", "shutdown"), ("no vlan 10",), ("interface {uplink}", "shutdown")], ids=str
)
def test_nobody_answers_through_what_is_down(platform: str, lines: tuple[str, ...]) -> None:
    _, shell = switch(platform)
    type_in(shell, *(line.format(uplink=PORTS[platform][1]) for line in lines))
    assert not answers(shell, platform, "10.1.0.1")


@pytest.mark.parametrize("platform", PORTS)
def test_a_vrf_is_asked_for_its_own(platform: str) -> None:
    _, shell = switch(platform)
    type_in(shell, *IN_VRF[platform], "interface Vlan10", FORWARDING[platform], ADDRESS4[platform])
    assert not answers(shell, platform, "10.1.0.1")
    assert answers(shell, platform, "vrf M 10.1.0.1")


@pytest.mark.parametrize("platform", PORTS)
def test_who_is_told_to_be_silent_is(platform: str) -> None:
    device, shell = switch(platform)
    device.troubles.hush("10.1.0.1", "2001:db8::1")
    assert not answers(shell, platform, "10.1.0.1")
    assert not answers(shell, platform, "2001:db8::1")
    assert answers(shell, platform, "10.1.0.3")
    device.troubles.mend()
    assert answers(shell, platform, "10.1.0.1")
