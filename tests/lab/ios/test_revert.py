"""Changes that a switch takes back by itself, saving, reloading, replacing."""

import pytest

from sanso.lab.state import MemoryStore
from tests.lab.ios.conftest import Switch

MINUTE = 60


def has_vlan(switch: Switch, number: int) -> bool:
    return f"vlan {number}" in switch.running()


def change(switch: Switch, timer: str = "timer 5") -> None:
    said = switch.type(f"configure terminal revert {timer}")
    assert said.startswith("Rollback Confirmed Change: Backing up current running config to flash:config-")
    switch.type("vlan 222", "end")
    assert has_vlan(switch, 222)


def test_an_unconfirmed_change_is_taken_back(switch: Switch) -> None:
    before = switch.device.saved_text()
    change(switch)
    switch.clock.advance(5 * MINUTE - 1)
    assert has_vlan(switch, 222)
    switch.clock.advance(2)
    assert switch.device.saved_text() == before
    assert switch.type("configure confirm") == "%No Rollback Confirmed Change pending"


def test_a_confirmed_change_stays(switch: Switch) -> None:
    change(switch)
    assert switch.type("configure confirm") == ""
    switch.clock.advance(10 * MINUTE)
    assert has_vlan(switch, 222)


def test_another_session_confirms_after_the_first_one_is_gone(switch: Switch) -> None:
    change(switch)
    switch.shell.on_close()
    switch.shell = switch.device.shell(privileged=True)
    assert switch.type("configure confirm") == ""
    switch.clock.advance(10 * MINUTE)
    assert has_vlan(switch, 222)


def test_revert_now(switch: Switch) -> None:
    change(switch)
    assert "Rollback Done" in switch.type("configure revert now")
    assert not has_vlan(switch, 222)
    assert switch.type("configure revert now") == "%No Rollback Confirmed Change pending"


def test_the_timer_is_set_anew(switch: Switch) -> None:
    change(switch)
    switch.type("configure revert timer 20")
    switch.clock.advance(19 * MINUTE)
    assert has_vlan(switch, 222)
    switch.clock.advance(2 * MINUTE)
    assert not has_vlan(switch, 222)


def test_an_idle_timer_waits_for_silence(switch: Switch) -> None:
    change(switch, "timer idle 5")
    for _ in range(3):
        switch.clock.advance(4 * MINUTE)
        switch.type("show clock")
    assert has_vlan(switch, 222)
    switch.clock.advance(6 * MINUTE)
    assert not has_vlan(switch, 222)


def test_one_change_at_a_time(switch: Switch) -> None:
    change(switch)
    assert switch.type("configure terminal revert timer 5").startswith(
        "%Rollback Confirmed Change is already pending"
    )
    assert switch.shell.prompt == "sw1#"
    assert "Timer value: 5 min" in switch.type("show archive config rollback timer")


def test_without_an_archive_there_is_no_way_back(switch: Switch) -> None:
    switch.configure("no archive")
    said = switch.type("configure terminal revert timer 5")
    assert said == "%Please turn config archive on before using this feature"
    assert switch.shell.prompt == "sw1#"
    assert switch.type("show archive") == "Archive feature not enabled"


def test_saving(switch: Switch) -> None:
    assert switch.type("show startup-config") == "startup-config is not present"
    switch.configure("vlan 10")
    assert switch.type("write memory").endswith("[OK]")
    assert "vlan 10" in switch.type("show startup-config")
    switch.configure("vlan 20", "name hall")
    assert "+vlan 20\n+ name hall" in switch.type("show archive config differences")
    switch.type("copy running-config startup-config")
    assert switch.shell.prompt == "Destination filename [startup-config]? "
    assert switch.type("").endswith("[OK]")
    assert "vlan 20" in switch.type("show startup-config")


def test_a_reload_loses_what_was_not_saved(switch: Switch) -> None:
    switch.type("write memory")
    switch.configure("vlan 10")
    switch.type("reload")
    assert switch.shell.prompt == "\nSystem configuration has been modified. Save? [yes/no]: "
    switch.type("no")
    assert switch.shell.prompt == "Proceed with reload? [confirm]"
    switch.type("")
    assert not has_vlan(switch, 10)
    assert "Reload Command" in switch.device.shell().execute("show version")


def test_a_scheduled_reload_is_the_older_way_back(switch: Switch) -> None:
    switch.type("write memory", "reload in 10", "")
    switch.configure("vlan 10")
    switch.clock.advance(9 * MINUTE)
    assert "in 1 minutes" in switch.type("show reload")
    assert "SHUTDOWN ABORTED" in switch.type("reload cancel")
    switch.clock.advance(5 * MINUTE)
    assert has_vlan(switch, 10)
    switch.type("reload in 0:02", "no", "")
    switch.clock.advance(3 * MINUTE)
    assert not has_vlan(switch, 10)


def test_replacing_the_whole_configuration(switch: Switch) -> None:
    switch.configure("vlan 10", "hostname other")
    switch.type("copy running-config flash:good", "")
    switch.configure("no vlan 10", "interface gi1/0/1", "shutdown", "hostname sw1")
    assert "Rollback Done" in switch.type("configure replace flash:good force")
    assert has_vlan(switch, 10)
    assert switch.running("interface GigabitEthernet1/0/1") == []
    assert switch.shell.prompt == "other#"
    assert "No such file" in switch.type("configure replace flash:none force")


def test_a_replacement_under_a_timer(switch: Switch) -> None:
    switch.type("copy running-config flash:good", "")
    switch.configure("vlan 10")
    assert "Rollback Done" in switch.type("configure replace flash:good force revert trigger error timer 3")
    assert not has_vlan(switch, 10)
    switch.clock.advance(4 * MINUTE)
    assert has_vlan(switch, 10)


def test_what_ran_is_there_again_after_the_process_ended() -> None:
    store = MemoryStore()
    switch = Switch(store=store)
    switch.configure("vlan 10", "interface gi1/0/1", "switchport access vlan 10")
    switch.clock.advance(1)
    again = Switch(store=store)
    assert again.device.saved_text() == switch.device.saved_text()
    assert again.device.startup_config() is None


@pytest.mark.parametrize("command", ["show running-config", "show startup-config"])
def test_what_is_shown_can_be_loaded(switch: Switch, command: str) -> None:
    switch.configure(
        "vlan 10", "name x", "banner motd ^C line one", "line two ^C", "ip access-list extended A", "deny ip any any"
    )
    switch.type("write memory")
    again = Switch(startup=switch.type(command))
    assert again.device.saved_text() == switch.device.saved_text()
