"""Modes, prompts, abbreviations and the words of a refusal."""

import pytest

from tests.lab.ios.conftest import Switch

MARKER = "% Invalid input detected at '^' marker."


@pytest.mark.parametrize(
    ("line", "prompt"),
    [
        ("vlan 10", "sw1(config-vlan)#"),
        ("interface gi1/0/1", "sw1(config-if)#"),
        ("interface Vlan 10", "sw1(config-if)#"),
        ("interface range gi1/0/1 - 2 , te1/1/1", "sw1(config-if-range)#"),
        ("ip access-list extended A", "sw1(config-ext-nacl)#"),
        ("ip access-list standard B", "sw1(config-std-nacl)#"),
        ("ipv6 access-list C", "sw1(config-ipv6-acl)#"),
        ("line vty 0 4", "sw1(config-line)#"),
        ("archive", "sw1(config-archive)#"),
        ("vrf definition X", "sw1(config-vrf)#"),
    ],
)
def test_each_mode_has_its_prompt(switch: Switch, line: str, prompt: str) -> None:
    assert switch.type("configure terminal", line) == ""
    assert switch.shell.prompt == prompt
    switch.type("exit")
    assert switch.shell.prompt == "sw1(config)#"
    switch.type("end")
    assert switch.shell.prompt == "sw1#"


def test_a_long_name_is_cut_in_configuration_prompts(switch: Switch) -> None:
    switch.configure("hostname hall-distribution-switch-1")
    assert switch.shell.prompt == "hall-distribution-switch-1#"
    switch.type("configure terminal", "interface gi1/0/1")
    assert switch.shell.prompt == "hall-distribution-sw(config-if)#"


def test_a_global_command_leaves_the_mode_it_is_typed_in(switch: Switch) -> None:
    switch.type("configure terminal", "interface gi1/0/1", "vlan 20")
    assert switch.shell.prompt == "sw1(config-vlan)#"
    switch.type("archive", "log config", "interface gi1/0/2")
    assert switch.shell.prompt == "sw1(config-if)#"


def test_exec_commands_need_do_in_configuration(switch: Switch) -> None:
    switch.type("configure terminal", "interface gi1/0/1")
    assert MARKER in switch.type("show clock")
    assert "UTC" in switch.type("do show clock")
    assert switch.shell.prompt == "sw1(config-if)#"


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("show vlna brief", "na"),
        ("show interfaces gi9/0/1 status", "gi9/0/1"),
        ("configure terminal now", "now"),
        ("terminal length many", "many"),
    ],
)
def test_the_marker_stands_under_the_fault(switch: Switch, line: str, marked: str) -> None:
    pointer, said, *_ = switch.type(line).split("\n")
    assert said == MARKER
    assert pointer.index("^") == len(switch.shell.prompt) + line.index(marked)


def test_a_command_that_needs_more(switch: Switch) -> None:
    assert switch.type("show running-config interface") == "% Incomplete command.\n"
    assert switch.type("configure terminal", "interface gi1/0/1", "ip access-group") == "% Incomplete command.\n"


def test_a_shortened_word_that_means_two(switch: Switch) -> None:
    assert switch.type("show i") == '% Ambiguous command:  "show i"'


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("sh run", "show running-config"),
        ("sh vl br", "show vlan brief"),
        ("sh ip int br", "show ip interface brief"),
        ("sh int gi1/0/1 sw", "show interfaces GigabitEthernet1/0/1 switchport"),
        ("sh ver", "show version"),
    ],
)
def test_commands_may_be_shortened(switch: Switch, short: str, full: str) -> None:
    assert switch.type(short) == switch.type(full) != ""


def test_an_unprivileged_session_sees_less(switch: Switch) -> None:
    shell = switch.device.shell()
    assert shell.prompt == "sw1>"
    assert MARKER in shell.execute("show running-config")
    assert MARKER in shell.execute("configure terminal")
    assert "VLAN Name" in shell.execute("show vlan brief")


def test_enable_asks_three_times(switch: Switch) -> None:
    shell = switch.device.shell()
    shell.execute("enable")
    assert (shell.prompt, shell.echo) == ("Password: ", False)
    assert [shell.execute("wrong") for _ in range(3)] == ["", "", "% Bad secrets\n"]
    assert shell.prompt == "sw1>"
    shell.execute("enable")
    shell.execute(switch.spec.secret)
    assert shell.prompt == "sw1#"
    shell.execute("disable")
    assert shell.prompt == "sw1>"


def test_users_and_their_privilege_come_from_the_configuration(switch: Switch) -> None:
    switch.configure("username clerk privilege 1 secret wicket", "username chief privilege 15 password 0 office")
    assert switch.device.authenticate("clerk", "wicket") == 1
    assert switch.device.authenticate("chief", "office") == 15
    assert switch.device.authenticate("clerk", "office") is None
    kept = "\n".join(line for line in switch.running() if line.startswith("username"))
    assert "wicket" not in kept
    assert "office" not in kept
    switch.configure("no username admin")
    assert switch.device.authenticate("admin", "wrong") is None


def test_help_and_completion(switch: Switch) -> None:
    assert "brief" in switch.shell.help_text("show vlan ")
    assert switch.shell.help_text("show vl") == "vlan"
    assert switch.shell.completion("show runn") == "ing-config "
    assert switch.shell.help_text("nonsense ") == "% Unrecognized command"


def test_output_filters(switch: Switch) -> None:
    switch.configure("vlan 10", "name office", "vlan 20", "name hall")
    assert switch.type("show running-config | include ^ name") == " name office\n name hall"
    assert switch.type("show running-config | section vlan 10").split("\n")[:2] == ["vlan 10", " name office"]
    assert switch.type("show running-config | section include ^vlan 20") == "vlan 20\n name hall"
    assert "vlan 20" not in switch.type("show running-config | section exclude ^vlan")
    assert switch.type("show vlan brief | exclude unsup").count("act/unsup") == 0
    assert switch.type("show running-config | begin line con").startswith("line con 0")
    assert switch.type("show running-config | count ^interface") == "Number of lines which match regexp = 7"
    assert MARKER in switch.type("show running-config | nonsense x")
