"""What a port does, and which lines say so."""

from __future__ import annotations

import pytest

from sanso.network.facts import ALL_VLANS, Mode
from sanso.network.snapshot import Kind, Switching
from tests.platforms.snapshot.texts import interface, snapshot, whys

IOS, EOS = "ios", "eos"


def switching(lines: str, platform: str, more: str = "") -> Switching:
    found = interface(lines, platform, more=more).switching
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("platform", "lines", "mode"),
    [
        (IOS, "", Mode.DYNAMIC),
        (EOS, "", Mode.ACCESS),
        (IOS, "switchport", Mode.DYNAMIC),
        (IOS, "switchport mode access", Mode.ACCESS),
        (IOS, "switchport mode trunk", Mode.TRUNK),
        (IOS, "switchport mode dynamic auto", Mode.DYNAMIC),
        (IOS, "switchport mode dynamic desirable", Mode.DYNAMIC),
        (IOS, "switchport mode trunk; no switchport mode", Mode.DYNAMIC),
        (IOS, "switchport mode dot1q-tunnel", Mode.ACCESS),
        (EOS, "switchport mode trunk phone", Mode.TRUNK),
    ],
)
def test_modes_and_their_defaults(platform: str, lines: str, mode: Mode) -> None:
    more = "vlan 10\n"  # without any word of switching, an IOS text may be a router's
    assert switching(lines, platform, more).mode is mode


@pytest.mark.parametrize(
    ("lines", "allowed"),
    [
        ("", ALL_VLANS),
        ("all", ALL_VLANS),
        ("none", set()),
        ("10", {10}),
        ("10,20-22", {10, 20, 21, 22}),
        ("1, 2", {1, 2}),
        ("10; add 20,30-31", {10, 20, 30, 31}),
        ("10,20; remove 20", {10}),
        ("except 5-4094", {1, 2, 3, 4}),
        ("none; add 7", {7}),
        ("10; 20", {20}),
        ("10-99999999999", set(range(10, 4095))),
    ],
)
@pytest.mark.parametrize("platform", [IOS, EOS])
def test_allowed_lists(platform: str, lines: str, allowed: set[int]) -> None:
    told = "".join(f"; switchport trunk allowed vlan {line}" for line in lines.split(";") if line)
    assert switching(f"switchport mode trunk{told}", platform).allowed == allowed


@pytest.mark.parametrize(
    ("platform", "lines", "access", "native", "voice"),
    [
        (IOS, "switchport mode access", 1, 1, None),
        (IOS, "switchport access vlan 20; switchport mode access; switchport voice vlan 30", 20, 1, 30),
        (IOS, "switchport access vlan name staff; switchport mode access", 77, 1, None),
        (IOS, "switchport mode access; switchport voice vlan dot1p", 1, 1, None),
        (IOS, "switchport mode trunk; switchport trunk native vlan 99", 1, 99, None),
        (IOS, "switchport access vlan 20; no switchport access vlan", 1, 1, None),
        (IOS, "switchport mode access; switchport voice vlan 30; no switchport voice vlan", 1, 1, None),
        (EOS, "switchport access vlan 20; switchport phone vlan 30", 20, 1, 30),
        (EOS, "switchport trunk native vlan 9; switchport mode trunk", 1, 9, None),
    ],
)
def test_vlans_of_a_port(platform: str, lines: str, access: int, native: int, voice: int | None) -> None:
    found = switching(lines, platform, more="vlan 77\n name staff\n")
    assert (found.access_vlan, found.native_vlan, found.voice_vlan) == (access, native, voice)


def test_lines_say_why_and_defaults_have_no_number() -> None:
    read = snapshot("""\
        vlan 10
        interface GigabitEthernet1/0/1
         description uplink
         switchport trunk allowed vlan 10
         switchport trunk allowed vlan add 20
         switchport mode trunk
        interface GigabitEthernet1/0/2
        """)
    first, second = (read.interfaces[f"GigabitEthernet1/0/{number}"].switching for number in (1, 2))
    assert first is not None
    assert second is not None
    assert [str(line) for line in first.lines] == [
        "sw1.cfg:6: switchport mode trunk",
        "sw1.cfg: (switchport trunk native vlan 1)",
        "sw1.cfg:4: switchport trunk allowed vlan 10",
        "sw1.cfg:5: switchport trunk allowed vlan add 20",
    ]
    assert [line.number for line in second.lines] == [0, 0, 0, 0]
    assert second.lines[0].text == "switchport mode dynamic auto"


@pytest.mark.parametrize(
    ("platform", "more", "lines", "kind"),
    [
        (IOS, "", "no switchport", Kind.ROUTED),
        (IOS, "", "ip address 10.0.0.1 255.255.255.0", Kind.ROUTED),
        (IOS, "", "no switchport; switchport", Kind.SWITCHED),
        (IOS, "", "ip address 10.0.0.1 255.255.255.0; switchport mode trunk", Kind.SWITCHED),
        (IOS, "", "no ip address", Kind.ROUTED),
        (IOS, "vlan 10", "no ip address", Kind.SWITCHED),
        (IOS, "interface GigabitEthernet1/0/1.5\n encapsulation dot1Q 5", "", Kind.ROUTED),
        (EOS, "", "no switchport", Kind.ROUTED),
        (EOS, "switchport default mode routed", "", Kind.ROUTED),
        (EOS, "switchport default mode routed", "switchport", Kind.SWITCHED),
        (EOS, "", "ip address 10.0.0.1/24", Kind.SWITCHED),
    ],
)
def test_what_a_port_is(platform: str, more: str, lines: str, kind: Kind) -> None:
    assert interface(lines, platform, more=more).kind is kind


@pytest.mark.parametrize(
    ("platform", "name", "kind"),
    [
        (IOS, "Vlan10", Kind.SVI),
        (IOS, "Loopback0", Kind.LOOPBACK),
        (IOS, "Tunnel1", Kind.TUNNEL),
        (IOS, "GigabitEthernet0/1.100", Kind.SUBINTERFACE),
        (IOS, "Serial0/0/0", Kind.ROUTED),
        (IOS, "Port-channel1", Kind.SWITCHED),
        (EOS, "Management1", Kind.ROUTED),
        (EOS, "Port-Channel1", Kind.SWITCHED),
        (EOS, "Vxlan1", Kind.TUNNEL),
    ],
)
def test_kinds_by_name(platform: str, name: str, kind: Kind) -> None:
    assert interface("", platform, name, more="vlan 10").kind is kind


def test_an_address_on_a_switched_port_is_doubtful() -> None:
    read = snapshot(
        """\
        interface Ethernet1
           ip address 10.0.0.1/24
        """,
        "eos",
    )
    assert whys(read) == [("ip address 10.0.0.1/24", "port_kind")]


def test_members_of_a_port_channel_switch_as_it_does() -> None:
    read = snapshot("""\
        interface Port-channel1
         switchport trunk allowed vlan 10
         switchport mode trunk
         shutdown
        interface GigabitEthernet1/0/1
         channel-group 1 mode active
        interface GigabitEthernet1/0/2
         switchport mode access
         channel-group 1 mode active
        interface GigabitEthernet1/0/3
         channel-group 2 mode on
        """)
    channel, first, second, third = read.interfaces.values()
    assert first.channel == second.channel == "Port-channel1"
    assert first.switching == second.switching == channel.switching
    assert first.shutdown
    assert third.channel == "Port-channel2"
    assert [(unread.interface, unread.why) for unread in read.unread] == [
        ("GigabitEthernet1/0/2", "channel_member"),
        ("GigabitEthernet1/0/3", "channel_member"),
    ]


def test_trunk_groups_put_vlans_beside_the_allowed_list() -> None:
    read = snapshot(
        """\
        vlan 4093
           trunk group PEER
        vlan 4094
           trunk group PEER
        interface Port-Channel1
           switchport trunk allowed vlan 10
           switchport mode trunk
           switchport trunk group PEER
        """,
        "eos",
    )
    switching = read.interfaces["Port-Channel1"].switching
    assert switching is not None
    assert switching.allowed == {10, 4093, 4094}
    assert switching.lines[-1].text == "switchport trunk group PEER"


def test_templates_give_lines_and_the_interface_has_the_last_word() -> None:
    read = snapshot("""\
        interface GigabitEthernet1/0/1
         switchport access vlan 30
         source template OFFICE
        interface GigabitEthernet1/0/2
         source template NOWHERE
        template OFFICE
         switchport access vlan 20
         switchport mode access
        """)
    switching = read.interfaces["GigabitEthernet1/0/1"].switching
    assert switching is not None
    assert (switching.mode, switching.access_vlan) == (Mode.ACCESS, 30)
    assert switching.lines[0].number == 8
    assert whys(read) == [("source template NOWHERE", "template")]


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("interface Gi1/0/1", ["GigabitEthernet1/0/1"]),
        ("interface GigabitEthernet 1/0/1", ["GigabitEthernet1/0/1"]),
        ("interface te1/1/1", ["TenGigabitEthernet1/1/1"]),
        ("interface vlan 10", ["Vlan10"]),
        ("interface po2", ["Port-channel2"]),
        ("interface range Gi1/0/1 - 3, Gi1/0/9", [f"GigabitEthernet1/0/{number}" for number in (1, 2, 3, 9)]),
        ("interface e0/0-1", ["Ethernet0/0", "Ethernet0/1"]),
        ("interface Serial0/0.1 point-to-point", ["Serial0/0.1"]),
    ],
)
def test_names_are_spelled_as_the_device_does(header: str, names: list[str]) -> None:
    assert list(snapshot(header).interfaces) == names


def test_an_interface_that_is_entered_twice_or_taken_away() -> None:
    read = snapshot("""\
        interface Vlan10
         shutdown
        interface Vlan20
        interface Vlan10
         no shutdown
        no interface Vlan20
        """)
    assert list(read.interfaces) == ["Vlan10"]
    assert not read.interfaces["Vlan10"].shutdown


def test_a_trunk_for_a_telephone_carries_the_phone_vlan_whatever_its_list_says() -> None:
    lines = "switchport mode trunk phone; switchport trunk native vlan 10; switchport phone vlan 20"
    found = interface(f"{lines}; switchport trunk allowed vlan 30", "eos").switching
    assert found is not None
    assert found.allowed == {10, 20, 30}


def test_a_routers_port_with_nothing_but_ipv6_routes() -> None:
    found = interface("no ip address; ipv6 enable", name="GigabitEthernet0/0", more="interface Vlan1\n shutdown")
    assert found.kind is Kind.ROUTED
    assert found.addresses
