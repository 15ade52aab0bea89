"""Files in flash, and whole configurations put in place of the running one."""

from __future__ import annotations

from tests.lab.eos.conftest import Switch

DONE = "Copy completed successfully."


def test_a_backup_can_be_taken_and_put_back(switch: Switch) -> None:
    before = switch.device.running_config()
    assert switch.type("copy running-config flash:backup.cfg") == DONE
    assert "backup.cfg" in switch.type("dir flash:")
    switch.configure("vlan 10", "interface Ethernet1", "shutdown")

    assert switch.type("configure replace flash:backup.cfg") == ""

    assert switch.device.running_config() == before


def test_a_file_is_merged_or_saved(switch: Switch) -> None:
    switch.configure("vlan 10")
    switch.type("copy running-config flash:ten.cfg", "configure", "no vlan 10", "vlan 20", "end")
    assert switch.type("copy flash:ten.cfg startup-config") == DONE
    assert switch.type("copy flash:ten.cfg running-config").endswith(DONE)
    assert [vlan.number for vlan in switch.device.config.vlans()] == [1, 10, 20]
    switch.type("reload now")
    assert [vlan.number for vlan in switch.device.config.vlans()] == [1, 10]


def test_a_candidate_can_begin_from_a_file(switch: Switch) -> None:
    switch.type("copy running-config flash:base.cfg")
    switch.configure("vlan 10")
    switch.type("configure session one", "rollback to flash:base.cfg")
    assert "-vlan 10" in switch.type("show session-config diffs").splitlines()
    assert switch.type("rollback to flash:none") == "% Error: flash:none not found"


def test_files_that_are_not_there(switch: Switch) -> None:
    missing = "(No such file or directory)"
    assert switch.type("copy flash:none running-config").endswith(missing)
    assert switch.type("copy startup-config flash:x").endswith(missing)
    assert switch.type("delete flash:none").endswith(missing)
    assert switch.type("configure replace flash:none") == "% Error: flash:none not found"
    assert switch.type("show startup-config") == "% Error: startup-config is not present"


def test_erasing_asks_first(switch: Switch) -> None:
    switch.type("write memory", "write erase", "n")
    assert switch.device.startup_config() is not None
    switch.type("write erase", "")
    assert switch.device.startup_config() is None


def test_ctrl_c_drops_what_is_typed_and_keeps_the_mode(switch: Switch) -> None:
    switch.type("configure", "banner login", "half a text")
    switch.shell.interrupt()
    assert switch.shell.prompt == "sw1(config)#"
    assert "banner" not in switch.device.running_config()
