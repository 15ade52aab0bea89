"""eAPI on the wire: users, errors, formats."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from typing import Any

import pytest

from tests.emulated import EmulatedDevices


class Client:
    """A connection that trusts the switch's own certificate and no other."""

    def __init__(self, served: EmulatedDevices) -> None:
        spec = served["sw1"].spec
        assert spec.eapi_port is not None
        trusted = ssl.create_default_context(cafile=str(served.state / "devices" / "sw1" / "eapi.crt"))
        self.connection = http.client.HTTPSConnection(spec.address, spec.eapi_port, context=trusted, timeout=10)

    def send(
        self,
        body: str,
        authorization: str = "Basic YWRtaW46YWRtaW4=",
        path: str = "/command-api",
        method: str = "POST",
    ) -> tuple[int, Any]:
        self.connection.request(method, path, body, {"Authorization": authorization})
        answer = self.connection.getresponse()
        text = answer.read()
        return answer.status, json.loads(text) if text else None

    def run(self, *commands: Any, form: str = "json") -> Any:
        params = {"version": 1, "cmds": list(commands), "format": form}
        status, answer = self.send(json.dumps({"jsonrpc": "2.0", "id": "x", "method": "runCmds", "params": params}))
        assert (status, answer["id"]) == (200, "x")
        return answer.get("result") or answer["error"]


@pytest.fixture
def client(served: EmulatedDevices) -> Client:
    return Client(served)


def test_text_and_json(client: Client) -> None:
    assert client.run("enable", "show hostname", form="text") == [
        {"output": ""},
        {"output": "Hostname: sw1\nFQDN:     sw1\n"},
    ]
    assert client.run("enable", "show hostname") == [{}, {"hostname": "sw1", "fqdn": "sw1"}]


def test_one_connection_serves_many_requests_and_each_begins_at_the_top(client: Client) -> None:
    client.run("configure", "interface Ethernet1")
    kept = client.connection.sock
    error = client.run("shutdown")
    assert error["code"] == 1002
    assert client.connection.sock is kept


def test_a_banner_takes_its_text_as_input(client: Client, served: EmulatedDevices) -> None:
    client.run("configure", {"cmd": "banner login", "input": "Property of\nthe city"}, "interface Ethernet1")
    assert "banner login\nProperty of\nthe city\nEOF\n" in served["sw1"].running_config()


@pytest.mark.parametrize(
    ("command", "code", "kind", "words"),
    [
        ("shwo version", 1002, "invalid command", "Invalid input (at token 0: 'shwo')"),
        ("show", 1002, "invalid command", "Incomplete command (at token 0: 'show')"),
        ("show reload cause", 1003, "unconverted command", "Command cannot be used over the API at this time."),
        ("configure session none abort", 1000, "could not run command", "Session none does not exist"),
        ("write erase", 1000, "could not run command", "Command requires interactive input"),
    ],
)
def test_errors_name_the_command_and_keep_the_answers_before_it(
    client: Client, command: str, code: int, kind: str, words: str
) -> None:
    error = client.run("show hostname", command, "show hostname")
    assert error["code"] == code
    assert error["message"] == f"CLI command 2 of 3 '{command}' failed: {kind}"
    assert error["data"] == [{"hostname": "sw1", "fqdn": "sw1"}, {"errors": [words]}]


def test_commands_before_an_error_have_been_carried_out(client: Client, served: EmulatedDevices) -> None:
    error = client.run("configure", "vlan 4000", "nonsense")
    assert error["code"] == 1002
    assert "vlan 4000" in served["sw1"].running_config().splitlines()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", -32700),
        ("[]", -32600),
        ('{"method": "other"}', -32601),
        ('{"method": "runCmds", "params": []}', -32602),
        ('{"method": "runCmds", "params": {"version": 1}}', -32602),
    ],
)
def test_requests_that_are_none(client: Client, body: str, code: int) -> None:
    assert client.send(body)[1]["error"]["code"] == code


@pytest.mark.parametrize(
    "authorization", ["", "Basic ", "Basic YWRtaW46d3Jvbmc=", "Bearer YWRtaW46YWRtaW4=", "Basic !!"]
)
def test_strangers_are_refused(client: Client, authorization: str) -> None:
    assert client.send("{}", authorization) == (401, None)


def test_there_is_nothing_else(client: Client) -> None:
    assert client.send("{}", path="/explorer.html") == (404, None)
    assert client.send("", method="GET") == (405, None)


def test_a_client_that_knows_nothing_of_the_certificate_is_not_answered(served: EmulatedDevices) -> None:
    spec = served["sw1"].spec
    plain = ssl.create_default_context()
    with (
        socket.create_connection((spec.address, spec.eapi_port or 0), timeout=10) as raw,
        pytest.raises(ssl.SSLCertVerificationError),
    ):
        plain.wrap_socket(raw, server_hostname=spec.address)


def test_it_can_be_switched_off(client: Client, served: EmulatedDevices) -> None:
    shell = served["sw1"].shell(privileged=True)
    lines = ("configure", "management api http-commands", "shutdown", "end")
    served.call(lambda: [shell.execute(line) for line in lines])
    with pytest.raises((http.client.RemoteDisconnected, ConnectionError)):
        client.run("show hostname")
    served.call(lambda: [shell.execute(line) for line in (*lines[:2], "no shutdown", "end")])
    client.connection.close()
    assert client.run("show hostname") == [{"hostname": "sw1", "fqdn": "sw1"}]
