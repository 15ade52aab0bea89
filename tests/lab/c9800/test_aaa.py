"""RADIUS servers, groups and lists of methods."""

from __future__ import annotations

from tests.lab.c9800.conftest import Controller

SERVER = "radius server RADIUS-1"


def test_a_server(controller: Controller) -> None:
    controller.configure("no service password-encryption", SERVER, "key 0 hunter22", "retransmit 2", "timeout 3",
                         "address ipv4 10.42.0.11 auth-port 1812 acct-port 1813")  # fmt: skip
    assert controller.running(SERVER) == [
        "address ipv4 10.42.0.11 auth-port 1812 acct-port 1813", "timeout 3", "retransmit 2", "key hunter22"
    ]  # fmt: skip


def test_ports_are_printed_though_nobody_gave_them(controller: Controller) -> None:
    controller.configure(SERVER, "address ipv4 10.42.0.11")
    assert controller.running(SERVER) == ["address ipv4 10.42.0.11 auth-port 1645 acct-port 1646"]


def test_a_key_is_disguised_or_encrypted(controller: Controller) -> None:
    controller.configure(SERVER, "key hunter22")
    assert controller.running(SERVER)[0].startswith("key 7 ")
    controller.configure("password encryption aes", SERVER, "key hunter22")
    (kept,) = controller.running(SERVER)
    assert kept.startswith("key 6 ")
    controller.configure(SERVER, "key hunter22")
    assert controller.running(SERVER) != [kept], "as on the real thing: other letters each time"
    assert "hunter22" not in controller.device.saved_text()


def test_groups_and_lists(controller: Controller) -> None:
    lines = [
        "aaa authentication dot1x LGWAN group LGWAN",
        "aaa authorization network LGWAN group LGWAN",
        "aaa authorization network GUEST group GUEST",
        "aaa accounting identity LGWAN start-stop group LGWAN",
    ]
    servers = ["server name RADIUS-1", "server name RADIUS-2"]
    controller.configure("aaa new-model", "aaa group server radius LGWAN", *servers, "exit", *lines)
    running = controller.running()
    assert [line for line in running if line in lines] == lines
    assert controller.running("aaa group server radius LGWAN") == servers
    controller.configure(
        "no aaa authorization network GUEST", "aaa group server radius LGWAN", "no server name RADIUS-1"
    )
    assert "aaa authorization network GUEST group GUEST" not in controller.running()
    assert controller.running("aaa group server radius LGWAN") == ["server name RADIUS-2"]
