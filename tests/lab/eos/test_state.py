"""What a switch holds survives the end of the process; what was not saved does not survive a reload."""

from __future__ import annotations

from pathlib import Path

import requests

from sanso.lab import DeviceSpec
from sanso.lab.eos.secrets import sha512, verify
from tests.emulated import ADDRESS, emulated, free_port
from tests.lab.eos.conftest import PORTS, Switch


def test_the_running_configuration_survives_the_process(switch: Switch) -> None:
    switch.configure("vlan 10", "name office", "interface Ethernet1", "switchport access vlan 10", "banner login")
    switch.type("hello", "EOF", "end")
    switch.device.flush()

    again = Switch(store=switch.store)

    assert again.device.running_config() == switch.device.running_config()


def test_a_reload_boots_what_was_saved(switch: Switch) -> None:
    assert switch.configure("vlan 10") == []
    assert switch.type("copy running-config startup-config") == "Copy completed successfully."
    switch.configure("vlan 20")
    assert "+vlan 10,20" in switch.type("show running-config diffs").splitlines()

    switch.type("reload now")

    assert switch.device.config.has_vlan(10)
    assert not switch.device.config.has_vlan(20)
    assert "Reload requested by the user." in switch.device.shell().execute("show reload cause")


def test_a_reload_asks_first(switch: Switch) -> None:
    switch.configure("vlan 10")
    switch.type("reload")
    assert switch.shell.prompt.startswith("System configuration has been modified. Save?")
    assert switch.type("yes") == "Copy completed successfully."
    assert switch.shell.prompt == "Proceed with reload? [confirm]"
    switch.type("")
    assert switch.device.config.has_vlan(10)


def test_the_end_of_the_process_is_the_end_of_a_commit_timer(switch: Switch) -> None:
    switch.configure("vlan 10")
    before = switch.device.running_config()
    switch.type("configure session one", "vlan 20", "commit timer 00:05:00")
    switch.clock.advance(5)
    switch.device.flush()

    again = Switch(store=switch.store)
    assert again.device.running_config() == before

    switch.type("configure session one commit")
    switch.device.flush()
    assert Switch(store=switch.store).device.config.has_vlan(20)


def test_a_text_loads_to_what_prints_it(switch: Switch) -> None:
    switch.configure(
        "interface Vlan10", "ip address 10.0.0.1/24", "ip access-group A in", "ip access-list A", "permit ip any any",
        "management ssh", "idle-timeout 3", "vrf MGMT", "no shutdown", "ip routing",
    )  # fmt: skip
    assert Switch(startup=switch.device.saved_text()).device.saved_text() == switch.device.saved_text()


def test_the_whole_lab_restarts_with_its_state_keys_and_certificates(tmp_path: Path) -> None:
    spec = DeviceSpec("sw1", "eos", ADDRESS, free_port(), PORTS, eapi_port=free_port())

    def ask(trusted: str) -> str:
        request = {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "runCmds",
            "params": {"version": 1, "cmds": ["show hostname"]},
        }
        url = f"https://{ADDRESS}:{spec.eapi_port}/command-api"
        answer = requests.post(url, json=request, auth=("admin", "admin"), verify=trusted, timeout=10)
        return str(answer.json()["result"][0]["hostname"])

    certificate = tmp_path / "devices" / "sw1" / "eapi.crt"
    with emulated([spec], tmp_path) as devices:
        shell = devices["sw1"].shell(privileged=True)
        devices.call(lambda: [shell.execute(line) for line in ("configure", "hostname renamed", "end")])
        assert ask(str(certificate)) == "renamed"
        known = (tmp_path / "known_hosts").read_text(encoding="utf-8")
        trusted = certificate.read_bytes()
    with emulated([spec], tmp_path):
        assert ask(str(certificate)) == "renamed"
        assert (tmp_path / "known_hosts").read_text(encoding="utf-8") == known
        assert certificate.read_bytes() == trusted
    assert (certificate.parent / "eapi.key").stat().st_mode & 0o077 == 0


def test_passwords_are_hashed_as_unix_does() -> None:
    # the first example of the specification of SHA-crypt
    printed = "$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1"
    assert sha512("Hello world!", "saltstring") == printed
    hashed = sha512("Hello world!")
    assert verify("Hello world!", f"sha512 {hashed}")
    assert not verify("Hello world?", f"sha512 {hashed}")
