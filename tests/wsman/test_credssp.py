"""CredSSP against emulated terminals: sealed in records of TLS over http, and within https."""

from __future__ import annotations

import pytest
import spnego

from sanso.lab.wsman.terminal import Behaviour
from sanso.wsman.client import Client
from sanso.wsman.errors import ConnectionLostError, WsmanError
from sanso.wsman.names import CimClass
from tests.wsman.conftest import ACCOUNT, PASSWORD, Between, Lab, Says, endpoint

PRODUCT = CimClass("SoftwareLicensingProduct")
REGISTRY = CimClass("StdRegProv", "root/default")
CREDSSP = {"transport": "credssp"}


def test_licences_are_read_and_activated(lab: Lab) -> None:
    terminal = lab.terminal()
    (licence,) = terminal.classes.licences.held
    with Client(endpoint(lab.listen(terminal), **CREDSSP)) as client:
        client.invoke(PRODUCT, "SetKeyManagementServiceMachine", {"MachineName": "kms.city"}, {"ID": licence.id})
        client.invoke(PRODUCT, "Activate", keys={"ID": licence.id})
        assert client.query(PRODUCT.select("LicenseStatus")) == [{"LicenseStatus": "1"}]
    assert licence.status == 1


def test_over_https(lab: Lab) -> None:
    place = endpoint(
        lab.listen(lab.terminal(), https=True),
        scheme="https",
        ca_file=str(lab.authority.own.certificate),
        **CREDSSP,
    )
    with Client(place) as client:
        assert len(client.query(PRODUCT.select("ID"))) == 1


@pytest.mark.parametrize("length", [1, 16_000, 16_384, 16_385, 70_000])
def test_what_is_longer_than_a_record_comes_in_parts(lab: Lab, length: int) -> None:
    """Both ways, whatever its length is to that of a record."""
    value = {"hDefKey": 0x80000002, "sSubKeyName": r"SOFTWARE\City", "sValueName": "long"}
    with Client(endpoint(lab.listen(lab.terminal()), **CREDSSP)) as client:
        client.invoke(REGISTRY, "SetStringValue", {**value, "sValue": "x" * length})
        assert client.invoke(REGISTRY, "GetStringValue", value)["sValue"] == "x" * length


def test_large_answers(lab: Lab, between: Between) -> None:
    terminal = lab.terminal(licences=800, behaviour=Behaviour(first_items=400))
    parts: list[int] = []
    between.change = lambda said: parts.append(said.count(b"OriginalContent")) or said  # type: ignore[func-returns-value]
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))), **CREDSSP)) as client:
        assert len(client.query(PRODUCT.select("ID", "Name", "Description"))) == 800
    assert sum(parts) > 2 * client.sent


def test_nothing_is_sent_in_clear(lab: Lab, between: Between) -> None:
    """Neither the name, nor the password, which is what CredSSP hands on, nor a message."""
    heard: list[bytes] = []
    between.listen = heard.append
    with Client(endpoint(lab.run(between.start(lab.listen(lab.terminal()))), **CREDSSP)) as client:
        client.query(PRODUCT.select("ID"))
    said = b"".join(heard)
    assert b"application/HTTP-CredSSP-session-encrypted" in said
    for secret in (PASSWORD, PASSWORD.encode("utf-16-le").decode("latin-1"), "SoftwareLicensingProduct"):
        assert secret.encode("latin-1") not in said


@pytest.mark.parametrize("wrong", [{"password": "wrong"}, {"password": ""}, {"username": "nobody"}])
def test_a_wrong_password_or_name(lab: Lab, wrong: dict[str, str]) -> None:
    with Client(endpoint(lab.listen(lab.terminal()), **CREDSSP, **wrong)) as client:
        with pytest.raises(WsmanError) as caught:
            client.query(PRODUCT.select("ID"))
        assert caught.value.cause == "credentials"


def test_a_terminal_of_before_2018_is_told_nothing(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Below version 5 somebody in between could use what is said (CVE-2018-0886)."""
    monkeypatch.setattr("spnego._credssp._CREDSSP_VERSION", 4)
    with Client(endpoint(lab.listen(lab.terminal()), **CREDSSP)) as client:
        with pytest.raises(WsmanError, match="minimum") as caught:
            client.query(PRODUCT.select("ID"))
        assert caught.value.cause == "answer"


def test_a_lost_connection_logs_in_again(lab: Lab, between: Between) -> None:
    terminal = lab.terminal()
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))), **CREDSSP)) as client:
        client.query(PRODUCT.select("ID"))
        lab.run(between.cut())
        assert client.query(PRODUCT.select("ID"))
        lab.run(between.cut())
        with pytest.raises(ConnectionLostError):
            client.invoke(PRODUCT, "Activate", keys={"ID": terminal.classes.licences.held[0].id})


def test_a_terminal_without_credssp(lab: Lab) -> None:
    """As Windows comes: the service takes it only once it is enabled."""
    says = Says(b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate\r\nContent-Length: 0\r\n\r\n")
    with Client(endpoint(lab.run(says.start()), **CREDSSP)) as client:
        with pytest.raises(WsmanError, match="takes no CredSSP") as caught:
            client.query(PRODUCT.select("ID"))
        assert caught.value.cause == "transport"
    lab.run(says.close())


def test_the_terminal_has_the_password_afterwards(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what CredSSP is for, and the reason why not to choose it without need."""
    servers: list[spnego.ContextProxy] = []
    begin = spnego.server
    monkeypatch.setattr(spnego, "server", lambda **given: servers.append(begin(**given)) or servers[-1])  # type: ignore[func-returns-value]
    with Client(endpoint(lab.listen(lab.terminal()), **CREDSSP)) as client:
        client.query(PRODUCT.select("ID"))
    handed_on = servers[0].get_extra_info("client_credential")
    assert (rf"{handed_on.domain_name}\{handed_on.username}", handed_on.password) == (ACCOUNT, PASSWORD)
