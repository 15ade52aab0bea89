"""Kerberos against emulated terminals and a real KDC: licences, and every way in which a ticket is not taken."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import spnego

from sanso.lab.wsman.login import Login, bindings
from sanso.wsman.client import Client
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import ConnectionLostError, WsmanError
from sanso.wsman.names import CimClass
from tests.kdc import PASSWORD, REALM, USER, Kdc, needs_kerberos
from tests.wsman.conftest import Between, Lab, endpoint

pytestmark = [pytest.mark.usefixtures("kdc"), needs_kerberos]
PRODUCT = CimClass("SoftwareLicensingProduct")
TERMINAL = "t0001.city.example"


@pytest.fixture(scope="module")
def realm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kdc]:
    kdc = Kdc(tmp_path_factory.mktemp("realm"))
    kdc.service(TERMINAL)
    kdc.service("localhost")
    with kdc.running():
        yield kdc


@pytest.fixture
def kdc(realm: Kdc, monkeypatch: pytest.MonkeyPatch) -> Iterator[Kdc]:
    """The realm is that of this process; nobody has a ticket yet."""
    for name, value in realm.variables.items():
        monkeypatch.setenv(name, value)
    yield realm
    realm.tickets.unlink(missing_ok=True)


def place(port: int, **other: Any) -> Endpoint:
    return endpoint(
        port, **{"transport": "kerberos", "username": "", "password": "", "service_host": TERMINAL, **other}
    )


def failure(where: Endpoint) -> WsmanError:
    with Client(where) as client, pytest.raises(WsmanError) as caught:
        client.query(PRODUCT.select("ID"))
    return caught.value


# ----- what works -------------------------------------------------------------------------------------------------


def test_licences_are_read_and_activated_with_the_ticket_that_is_there(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit()
    terminal = lab.terminal()
    (licence,) = terminal.classes.licences.held
    with Client(place(lab.listen(terminal))) as client:
        client.invoke(PRODUCT, "SetKeyManagementServiceMachine", {"MachineName": "kms.city"}, {"ID": licence.id})
        client.invoke(PRODUCT, "Activate", keys={"ID": licence.id})
        assert client.query(PRODUCT.select("LicenseStatus")) == [{"LicenseStatus": "1"}]
    assert licence.status == 1


def test_with_a_password_no_ticket_is_needed(kdc: Kdc, lab: Lab) -> None:
    with Client(place(lab.listen(lab.terminal()), username=USER, password=PASSWORD)) as client:
        assert client.query(PRODUCT.select("ID"))
    assert not kdc.tickets.exists()


def test_a_token_whose_parts_are_not_turned(kdc: Kdc, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """As OMI seals: its checksum stays at the end, where Windows has it in the signature (RFC 4121, 4.2.5)."""

    def seal(self: Login, data: bytes) -> tuple[bytes, bytes]:
        token = self._known().wrap(data).data
        return token[: len(token) - len(data)], token[len(token) - len(data) :]

    monkeypatch.setattr(Login, "seal", seal)
    kdc.kinit()
    with Client(place(lab.listen(lab.terminal(licences=3)))) as client:
        assert len(client.query(PRODUCT.select("ID"))) == 3


def test_a_keytab_that_the_environment_names(kdc: Kdc, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    kdc.admin(f"ktadd -norandkey -k {kdc.folder}/client {USER}")
    monkeypatch.setenv("KRB5_CLIENT_KTNAME", f"FILE:{kdc.folder}/client")
    with Client(place(lab.listen(lab.terminal()))) as client:
        assert client.query(PRODUCT.select("ID"))


def test_the_ticket_of_a_name(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit()
    with Client(place(lab.listen(lab.terminal()), username=USER)) as client:
        assert client.query(PRODUCT.select("ID"))


def test_the_name_of_the_host_names_its_service(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit()
    with Client(place(lab.listen(lab.terminal()), host="localhost", service_host="")) as client:
        assert client.query(PRODUCT.select("ID"))


def test_credssp_logs_in_by_kerberos_where_the_name_tells_the_realm(
    lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers: list[spnego.ContextProxy] = []
    begin = spnego.server
    monkeypatch.setattr(spnego, "server", lambda **given: servers.append(begin(**given)) or servers[-1])  # type: ignore[func-returns-value]
    where = place(lab.listen(lab.terminal()), transport="credssp", username=USER, password=PASSWORD)
    with Client(where) as client:
        assert client.query(PRODUCT.select("ID"))
    assert servers[0].negotiated_protocol == "kerberos"


def test_over_https(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit()
    authority = str(lab.authority.own.certificate)
    with Client(place(lab.listen(lab.terminal(), https=True), scheme="https", ca_file=authority)) as client:
        assert client.query(PRODUCT.select("ID"))


def test_over_https_a_login_for_another_connection_is_refused(
    kdc: Kdc, lab: Lab, monkeypatch: pytest.MonkeyPatch
) -> None:
    kdc.kinit()
    other = lab.authority.terminal("other", "127.0.0.2").certificate
    monkeypatch.setattr("sanso.wsman.transport.bindings", lambda _: bindings(other))
    authority = str(lab.authority.own.certificate)
    where = place(lab.listen(lab.terminal(), https=True), scheme="https", ca_file=authority)
    error = failure(where)
    assert error.cause == "answer", error.detail


def test_messages_are_sealed(kdc: Kdc, lab: Lab, between: Between) -> None:
    kdc.kinit()
    heard: list[bytes] = []
    between.listen = heard.append
    with Client(place(lab.run(between.start(lab.listen(lab.terminal()))))) as client:
        client.query(PRODUCT.select("ID"))
    said = b"".join(heard)
    assert b"application/HTTP-SPNEGO-session-encrypted" in said
    assert b"SoftwareLicensingProduct" not in said


def test_large_messages_and_many_on_one_connection(kdc: Kdc, lab: Lab, between: Between) -> None:
    kdc.kinit()
    with Client(place(lab.run(between.start(lab.listen(lab.terminal(licences=800)))))) as client:
        for _ in range(3):
            assert len(client.query(PRODUCT.select("ID", "Name", "Description"))) == 800
    assert between.opened == 1


def test_a_seal_that_is_broken(kdc: Kdc, lab: Lab, between: Between) -> None:
    kdc.kinit()
    mark = b"application/octet-stream\r\n"

    def flip(said: bytes) -> bytes:
        at = said.find(mark) + len(mark) + 200
        return said[:at] + bytes([said[at] ^ 1]) + said[at + 1 :] if mark in said else said

    between.change = flip
    assert failure(place(lab.run(between.start(lab.listen(lab.terminal()))))).cause == "answer"


def test_a_lost_connection_logs_in_again(kdc: Kdc, lab: Lab, between: Between) -> None:
    kdc.kinit()
    terminal = lab.terminal()
    with Client(place(lab.run(between.start(lab.listen(terminal))))) as client:
        client.query(PRODUCT.select("ID"))
        lab.run(between.cut())
        assert client.query(PRODUCT.select("ID"))
        lab.run(between.cut())
        with pytest.raises(ConnectionLostError):
            client.invoke(PRODUCT, "Activate", keys={"ID": terminal.classes.licences.held[0].id})


# ----- what does not ----------------------------------------------------------------------------------------------


def test_no_ticket(lab: Lab) -> None:
    port = lab.listen(lab.terminal())
    assert failure(place(port)).cause == "ticket"
    assert failure(place(port, username=USER)).cause == "ticket"


def test_the_ticket_of_somebody_else(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit()
    assert failure(place(lab.listen(lab.terminal()), username=f"other@{REALM}")).cause == "ticket"


def test_an_expired_ticket(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit("-l", "1s")
    time.sleep(2)
    port = lab.listen(lab.terminal())
    assert failure(place(port)).cause == "ticket"
    assert failure(place(port, username=USER)).cause == "ticket"


def test_a_wrong_password(lab: Lab) -> None:
    wrong = {"username": USER, "password": "wrong"}
    assert failure(place(lab.listen(lab.terminal()), **wrong)).cause == "credentials"


def test_an_unknown_user(lab: Lab) -> None:
    unknown = {"username": f"nobody@{REALM}", "password": PASSWORD}
    assert failure(place(lab.listen(lab.terminal()), **unknown)).cause == "credentials"


def test_a_locked_account(kdc: Kdc, lab: Lab) -> None:
    kdc.admin(f"addprinc -pw {PASSWORD} -allow_tix locked@{REALM}")
    locked = {"username": f"locked@{REALM}", "password": PASSWORD}
    error = failure(place(lab.listen(lab.terminal()), **locked))
    assert (error.cause, "revoked" in error.detail) == ("credentials", True)


def test_a_service_that_the_realm_does_not_know(kdc: Kdc, lab: Lab) -> None:
    kdc.kinit()
    error = failure(place(lab.listen(lab.terminal()), service_host="unknown.city.example"))
    assert (error.cause, "unknown.city.example" in error.detail) == ("service", True)


def test_a_service_of_another_account(kdc: Kdc, lab: Lab) -> None:
    """Its key is not the one that the terminal has."""
    kdc.service("moved.city.example")
    kdc.admin("cpw -randkey -keepold HTTP/moved.city.example")
    kdc.admin("addprinc -randkey HTTP/elsewhere.city.example")
    kdc.kinit()
    port = lab.listen(lab.terminal())
    for host in ("moved.city.example", "elsewhere.city.example"):
        error = failure(place(port, service_host=host))
        assert error.cause == "service", error.detail


@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_clock_that_is_wrong(kdc: Kdc, lab: Lab, seconds: int) -> None:
    """First the terminal sees it, then, with no ticket for the terminal yet, the KDC."""
    port = lab.listen(lab.terminal())
    kdc.kinit()
    with Client(place(port)) as client:
        client.query(PRODUCT.select("ID"))
    kdc.set_clock(seconds)
    assert failure(place(port)).cause == "clock"
    kdc.kinit()
    kdc.set_clock(seconds)
    assert failure(place(port)).cause == "clock"


@pytest.mark.parametrize("realm_of", ["NOWHERE.EXAMPLE", "SILENT.EXAMPLE"])
def test_a_realm_without_a_kdc(lab: Lab, realm_of: str) -> None:
    unknown = {"username": f"ops@{realm_of}", "password": PASSWORD}
    assert failure(place(lab.listen(lab.terminal()), **unknown)).cause == "realm"


def test_a_terminal_without_a_key(kdc: Kdc, lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    kdc.kinit()
    monkeypatch.setenv("KRB5_KTNAME", f"FILE:{kdc.folder}/none")
    assert failure(place(lab.listen(lab.terminal()))).cause == "service"
