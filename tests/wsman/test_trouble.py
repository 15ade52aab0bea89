"""Whatever a terminal, or what stands in its place, does: the right cause, and nothing but a WsmanError."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from sanso.lab.wsman.asleep import Asleep
from sanso.lab.wsman.authority import Authority
from sanso.lab.wsman.http import Response
from sanso.lab.wsman.login import bindings
from sanso.lab.wsman.terminal import Behaviour
from sanso.wsman.client import Client
from sanso.wsman.endpoint import Endpoint
from sanso.wsman.errors import Cause, WsmanError
from sanso.wsman.names import CimClass
from tests.wsman.conftest import Between, Lab, Says, endpoint

QUERY = CimClass("SoftwareLicensingProduct").select("ID", "Name")
SERVICE = CimClass("SoftwareLicensingService")


def failure(place: Endpoint) -> WsmanError:
    """What a query ends in."""
    with Client(place) as client, pytest.raises(WsmanError) as caught:
        client.query(QUERY)
    assert caught.value.detail
    return caught.value


# ----- nobody there -------------------------------------------------------------------------------------------------


def test_a_name_that_does_not_resolve(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert failure(endpoint(5985, host="terminal.city.example")).cause == "name"


@pytest.mark.parametrize("host", ["a..b", "terminal name", "x" * 300, "%", "[::1"])
def test_what_is_no_name(host: str) -> None:
    failure(endpoint(1, host=host))


def test_nothing_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        assert failure(endpoint(free.getsockname()[1])).cause == "refused"


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_terminal_asleep(scheme: str) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asleep = Asleep("127.0.0.1", port)
    try:
        error = failure(endpoint(port, connect_timeout=0.3, scheme=scheme))
    finally:
        asleep.close()
    assert (error.cause, error.later) == ("unreachable", True)


def test_no_answer_in_time(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanso.wsman.transport.MARGIN", 0.1)
    port = lab.listen(lab.terminal(behaviour=Behaviour(delay=30)))
    error = failure(endpoint(port, timeout=0.4))
    assert (error.cause, error.later) == ("timeout", True)


def test_a_method_may_take_longer(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanso.wsman.transport.MARGIN", 0.1)
    terminal = lab.terminal()
    place = endpoint(lab.listen(terminal), timeout=0.3, method_timeout=20)
    with Client(place) as client:
        client.query(QUERY)
        terminal.behaviour.delay = 0.8
        client.invoke(SERVICE, "RefreshLicenseStatus", keys={"Version": "10.0.22621.4317"})
        with pytest.raises(WsmanError) as caught:
            client.query(QUERY)
    assert caught.value.cause == "timeout"


def test_an_answer_that_stops_in_the_middle(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanso.wsman.transport.MARGIN", 0.1)
    assert failure_of(lab, b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc", timeout=0.4).cause == "timeout"


# ----- something else there -----------------------------------------------------------------------------------------


def failure_of(lab: Lab, answer: bytes, then: str = "stay", **other: object) -> WsmanError:
    """What a query ends in where somebody says the same to all."""
    says = Says(answer, then)
    try:
        return failure(endpoint(lab.run(says.start()), **other))
    finally:
        lab.run(says.close())


def http(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


CHALLENGE = "WWW-Authenticate: Negotiate TlRMTVNTUAACAAAA"
SAID: dict[str, tuple[bytes, str, Cause]] = {
    "404": (http("404 Not Found", b"<html>no</html>"), "stay", "not_wsman"),
    "503": (http("503 Service Unavailable"), "stay", "not_wsman"),
    "200 without login": (http("200 OK", b"<html>welcome</html>"), "stay", "not_wsman"),
    "403": (http("403 Forbidden"), "stay", "not_wsman"),
    "no NTLM": (http("401 Unauthorized", b"", 'WWW-Authenticate: Basic realm="WSMAN"'), "stay", "transport"),
    "no token": (http("401 Unauthorized", b"", "WWW-Authenticate: Negotiate"), "stay", "credentials"),
    "half a token": (http("401 Unauthorized", b"", CHALLENGE), "stay", "answer"),
    "no base64": (http("401 Unauthorized", b"", "WWW-Authenticate: Negotiate A"), "stay", "answer"),
    "garbage": (b"SSH-2.0-OpenSSH_9.6\r\n", "close", "not_wsman"),
    "binary": (bytes(range(256)) * 4, "close", "not_wsman"),
    "nothing": (b"", "close", "unreachable"),
    "reset": (b"", "reset", "unreachable"),
    "reset in the answer": (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n\r\nabc", "reset", "unreachable"),
    "end in the answer": (b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 9\r\n\r\nabc", "close", "unreachable"),
    "chunks that are none": (b"HTTP/1.1 401 U\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "close", "unreachable"),
    "no gzip": (http("401 U", b"abc", "Content-Encoding: gzip"), "stay", "transport"),
    "headers without end": (b"HTTP/1.1 401 U\r\n" + b"A: b\r\n" * 500, "close", "not_wsman"),
}


@pytest.mark.parametrize("name", SAID)
def test_what_is_no_terminal(lab: Lab, name: str) -> None:
    answer, then, cause = SAID[name]
    assert failure_of(lab, answer, then).cause == cause


@pytest.mark.parametrize("transport", ["ntlm", "basic"])
@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"])
def test_a_redirect_is_not_followed(lab: Lab, transport: str, status: str) -> None:
    """The other one is never asked, and so never told a password or a product key."""
    other = Says(http("200 OK"))
    port = lab.run(other.start())
    says = Says(http(status, b"", f"Location: http://127.0.0.1:{port}/wsman"))
    place = endpoint(lab.run(says.start()))
    if transport == "basic":
        object.__setattr__(place, "transport", "basic")  # over http, which an inventory cannot say
    with Client(place) as client, pytest.raises(WsmanError):
        client.invoke(SERVICE, "InstallProductKey", {"ProductKey": "key"}, {"Version": "1"})
    assert not other.requests
    lab.run(other.close())
    lab.run(says.close())


# ----- TLS ----------------------------------------------------------------------------------------------------------


def secure(lab: Lab, port: int, **other: object) -> Endpoint:
    return endpoint(
        port, **{"scheme": "https", "transport": "basic", "ca_file": str(lab.authority.own.certificate), **other}
    )


def test_https_with_basic_and_ntlm_and_certificate(lab: Lab) -> None:
    port = lab.listen(lab.terminal(licences=2), https=True)
    own = lab.authority.client()
    by_certificate = {"transport": "certificate", "certificate": str(own.certificate), "key": str(own.key)}
    for way in ({"transport": "basic"}, {"transport": "ntlm"}, {**by_certificate, "username": "", "password": ""}):
        with Client(secure(lab, port, **way)) as client:
            assert len(client.query(QUERY)) == 2


def test_https_with_a_wrong_password(lab: Lab) -> None:
    port = lab.listen(lab.terminal(), https=True)
    for transport in ("basic", "ntlm"):
        assert (
            failure(
                secure(
                    lab,
                    port,
                    transport=transport,
                    password="wrong",  # noqa: S106
                )
            ).cause
            == "credentials"
        )


@pytest.mark.parametrize(
    "way", [{"transport": "basic"}, {"transport": "ntlm"}, {"scheme": "http", "transport": "ntlm"}]
)
def test_nothing_is_asked_before_the_login(lab: Lab, monkeypatch: pytest.MonkeyPatch, way: dict[str, str]) -> None:
    """OMI never answers a request that does not log in, not even to say that it should."""
    port = lab.listen(lab.terminal(), https=way.get("scheme") != "http")
    monkeypatch.setattr("sanso.lab.wsman.connection.Connection._unauthorized", lambda _: Response(408))
    with Client(secure(lab, port, **way)) as client:
        assert client.query(QUERY)


def test_a_login_that_was_made_for_another_connection(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who stands in between, with a certificate of his own, cannot pass the login on."""
    port = lab.listen(lab.terminal(), https=True)
    other = lab.authority.terminal("other", "127.0.0.2").certificate
    monkeypatch.setattr("sanso.wsman.transport.bindings", lambda _: bindings(other))
    assert failure(secure(lab, port, transport="ntlm")).cause == "credentials"


def test_a_certificate_of_another_authority(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = Authority(tmp_path / "other")
    port = lab.listen(lab.terminal(), https=True)
    assert failure(secure(lab, port, ca_file=str(other.own.certificate))).cause == "certificate"
    assert failure(secure(lab, port, ca_file="")).cause == "certificate"


def test_the_certificate_of_another_terminal(lab: Lab) -> None:
    port = lab.listen(lab.terminal(), https=True, address="127.0.0.1")
    assert failure(secure(lab, port, host="localhost")).cause == "certificate"


def test_a_file_of_authorities_that_holds_none_or_is_not_there(lab: Lab, tmp_path: Path) -> None:
    port = lab.listen(lab.terminal(), https=True)
    assert failure(secure(lab, port, ca_file=str(tmp_path / "none.pem"))).cause == "certificate"
    empty = tmp_path / "empty.pem"
    empty.write_text("no certificate\n", encoding="ascii")
    assert failure(secure(lab, port, ca_file=str(empty))).cause == "certificate"


def test_a_client_without_its_certificate(lab: Lab, tmp_path: Path) -> None:
    port = lab.listen(lab.terminal(), https=True)
    missing = str(tmp_path / "none.pem")
    assert (
        failure(secure(lab, port, transport="certificate", certificate=missing, key=missing)).cause == "credentials"
    )


def test_a_client_certificate_that_the_terminal_does_not_trust(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    own = Authority(tmp_path / "other").client()
    port = lab.listen(lab.terminal(), https=True)
    place = secure(lab, port, transport="certificate", certificate=str(own.certificate), key=str(own.key))
    assert failure(place).cause == "credentials"


def test_http_where_https_is_expected_and_the_other_way_round(lab: Lab) -> None:
    says = Says(http("400 Bad Request"))
    assert failure(secure(lab, lab.run(says.start()))).cause == "not_wsman"
    lab.run(says.close())
    assert failure(endpoint(lab.listen(lab.terminal(), "t2", https=True))).cause in {"not_wsman", "unreachable"}


# ----- seals --------------------------------------------------------------------------------------------------------


def replaced(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda said: said.replace(old, new)


def cut_off(said: bytes) -> bytes:
    """A sealed answer whose last 300 bytes are missing, and which does not say so."""
    head, _, body = said.partition(b"\r\n\r\n")
    if b"multipart/encrypted" not in head:
        return said
    length = b"Content-Length: %d"
    return head.replace(length % len(body), length % (len(body) - 300)) + b"\r\n\r\n" + body[:-300]


def flipped(offset: int) -> Callable[[bytes], bytes]:
    """A sealed answer with one bit changed."""
    mark = b"application/octet-stream\r\n"

    def change(said: bytes) -> bytes:
        at = said.find(mark)
        if at < 0:
            return said
        at += len(mark) + offset
        return said[:at] + bytes([said[at] ^ 1]) + said[at + 1 :]

    return change


@pytest.mark.parametrize(
    "change",
    [
        flipped(0),  # length of the signature
        flipped(4),  # version in it
        flipped(9),  # checksum
        flipped(17),  # sequence number
        flipped(20),  # data
        flipped(200),
        cut_off,
        replaced(b";Length=", b";Length=1"),
        replaced(b"OriginalContent", b"Originalcontents"),
        replaced(b"--Encrypted Boundary--", b"--Encrypted Boundary__"),
        replaced(b"multipart/encrypted", b"application/soap+xml"),
        replaced(b"Content-Type: multipart", b"X-Type: multipart"),
    ],
)
def test_a_seal_that_is_broken(lab: Lab, between: Between, change: Callable[[bytes], bytes]) -> None:
    between.change = change
    assert failure(endpoint(lab.run(between.start(lab.listen(lab.terminal()))))).cause == "answer"


@pytest.mark.parametrize("transport", ["ntlm", "credssp"])
def test_an_answer_in_clear_is_not_taken(lab: Lab, between: Between, transport: str) -> None:
    """Somebody in between could say anything."""
    golden = Path(__file__).parent / "golden" / "answers" / "page-pulled.xml"
    clear = http("200 OK", golden.read_bytes(), "Content-Type: application/soap+xml;charset=UTF-8")
    between.change = lambda said: clear if b"multipart/encrypted" in said else said
    error = failure(endpoint(lab.run(between.start(lab.listen(lab.terminal()))), transport=transport))
    assert (error.cause, "not sealed" in error.detail) == ("answer", True)


def test_a_fault_in_clear_is_read(lab: Lab, between: Between) -> None:
    """It can do no more than fail, as the lack of an answer would."""
    golden = Path(__file__).parent / "golden" / "answers" / "fault-denied.xml"
    clear = http("500 Error", golden.read_bytes(), "Content-Type: application/soap+xml;charset=UTF-8")
    between.change = lambda said: clear if b"multipart/encrypted" in said else said
    assert failure(endpoint(lab.run(between.start(lab.listen(lab.terminal()))))).cause == "denied"


# ----- logins that cannot begin -------------------------------------------------------------------------------------


def test_a_library_for_the_login_that_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spnego._gss.HAS_GSSAPI", False)
    assert failure(endpoint(5985, transport="kerberos")).cause == "library"
