"""The client against emulated terminals: whole conversations, sealed, and what becomes of a lost connection."""

from __future__ import annotations

import os

import pytest

from sanso.lab.wsman.terminal import Behaviour
from sanso.wsman.client import Client
from sanso.wsman.errors import ConnectionLostError, WsmanError
from sanso.wsman.names import CimClass
from tests.wsman.conftest import PASSWORD, Between, Lab, endpoint

PRODUCT = CimClass("SoftwareLicensingProduct")
SERVICE = CimClass("SoftwareLicensingService")
REGISTRY = CimClass("StdRegProv", "root/default")
IDS = PRODUCT.select("ID", "Name")


def test_a_query_is_pulled_to_its_end(lab: Lab) -> None:
    terminal = lab.terminal(licences=5, behaviour=Behaviour(first_items=2))
    with Client(endpoint(lab.listen(terminal))) as client:
        found = client.query(IDS)
    assert [one["Name"] for one in found] == [f"Windows(R), edition {n}" for n in range(5)]
    assert terminal.messages == client.sent == 2


def test_nothing_selected_takes_one_message(lab: Lab) -> None:
    with Client(endpoint(lab.listen(lab.terminal()))) as client:
        assert client.query(PRODUCT.select("ID", where="PartialProductKey IS NULL")) == []
        assert client.sent == 1


def test_large_answers_come_over_one_connection(lab: Lab, between: Between) -> None:
    """Sealed answers of some 100 KB each, and many messages on the connection that logged in."""
    terminal = lab.terminal(licences=1500, behaviour=Behaviour(first_items=1000))
    port = lab.run(between.start(lab.listen(terminal)))
    sizes: list[int] = []
    between.change = lambda said: sizes.append(len(said)) or said  # type: ignore[func-returns-value]
    with Client(endpoint(port)) as client:
        for _ in range(3):
            assert len(client.query(PRODUCT.select("ID", "Name", "Description"))) == 1500
    assert sum(sizes) > 800_000
    assert between.opened == 1


def test_methods_and_instances(lab: Lab) -> None:
    terminal = lab.terminal()
    (licence,) = terminal.classes.licences.held
    with Client(endpoint(lab.listen(terminal))) as client:
        client.invoke(PRODUCT, "SetKeyManagementServiceMachine", {"MachineName": "kms.city"}, {"ID": licence.id})
        assert client.invoke(PRODUCT, "Activate", keys={"ID": licence.id}) == {"ReturnValue": "0"}
        assert client.get(PRODUCT, {"ID": licence.id})["LicenseStatus"] == "1"
        where = {"hDefKey": 0x80000002, "sSubKeyName": r"SOFTWARE\City", "sValueName": "端末"}
        client.invoke(REGISTRY, "SetStringValue", {**where, "sValue": "<1>"})
        assert client.invoke(REGISTRY, "GetStringValue", where)["sValue"] == "<1>"
    assert licence.kms_host == "kms.city"


@pytest.mark.parametrize("password", ["", "wrong"])
def test_a_wrong_password(lab: Lab, password: str) -> None:
    with Client(endpoint(lab.listen(lab.terminal()), password=password)) as client:
        with pytest.raises(WsmanError) as caught:
            client.query(IDS)
        assert caught.value.cause == "credentials"


def test_an_unknown_account(lab: Lab) -> None:
    with (
        Client(endpoint(lab.listen(lab.terminal()), username="nobody")) as client,
        pytest.raises(WsmanError) as caught,
    ):
        client.query(IDS)
    assert caught.value.cause == "credentials"


def test_no_right(lab: Lab) -> None:
    port = lab.listen(lab.terminal(behaviour=Behaviour(denied=True)))
    with Client(endpoint(port)) as client, pytest.raises(WsmanError) as caught:
        client.query(IDS)
    assert (caught.value.cause, caught.value.hresult) == ("denied", 0x80070005)


# ----- lost connections ---------------------------------------------------------------------------------------------


def test_a_read_logs_in_again_once(lab: Lab, between: Between) -> None:
    terminal = lab.terminal(licences=3)
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))))) as client:
        client.query(IDS)
        lab.run(between.cut())
        assert len(client.query(IDS)) == 3
        lab.run(between.cut())
        assert client.query(SERVICE.select("Version"))
        assert between.opened == 3  # none on which a message came without a login, which OMI never answers


def test_a_fault_is_an_answer_too(lab: Lab, between: Between) -> None:
    """What comes after it on a lost connection is no wrong password."""
    with Client(endpoint(lab.run(between.start(lab.listen(lab.terminal()))))) as client:
        with pytest.raises(WsmanError):
            client.query("SELECT Name FROM Win32_Toaster")
        lab.run(between.cut())
        assert len(client.query(IDS)) == 1


def test_a_method_is_never_called_twice(lab: Lab, between: Between) -> None:
    terminal = lab.terminal()
    keys = {"ID": terminal.classes.licences.held[0].id}
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))))) as client:
        client.query(IDS)
        before = terminal.messages
        lab.run(between.cut())
        with pytest.raises(ConnectionLostError) as caught:
            client.invoke(PRODUCT, "Activate", keys=keys)
        assert caught.value.later
        assert terminal.messages == before
        client.query(IDS)  # the next one opens another connection
        assert between.opened == 2


def test_a_method_whose_answer_is_lost_is_not_called_again(lab: Lab, between: Between) -> None:
    terminal = lab.terminal()
    keys = {"ID": terminal.classes.licences.held[0].id}
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))))) as client:
        client.query(IDS)
        before = terminal.messages

        def cut(_: bytes) -> bytes:
            raise OSError("cut")

        between.change = cut
        with pytest.raises(ConnectionLostError):
            client.invoke(PRODUCT, "Activate", keys=keys)
        assert terminal.messages == before + 1


def test_an_answer_lost_in_the_middle_of_an_enumeration_starts_it_again(lab: Lab, between: Between) -> None:
    terminal = lab.terminal(licences=4)
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))))) as client:
        answers = 0

        def once(said: bytes) -> bytes:
            nonlocal answers
            answers += b"HTTP/1.1 200" in said and b"multipart" in said
            return said[: len(said) // 2] if answers == 2 and b"multipart" in said else said

        between.change = once
        client.query(SERVICE.select("Version"))
        answers = 0
        between.change = lambda said: _halved(said, once, lab, between)
        assert len(client.query(IDS)) == 4
    assert between.opened == 2


def _halved(said: bytes, once: object, lab: Lab, between: Between) -> bytes:
    """The second answer comes half, and then the connection ends."""
    half = once(said)  # type: ignore[operator]
    if half != said:
        lab.loop.call_later(0.1, lambda: lab.loop.create_task(between.cut()))
        between.change = lambda more: more
    return bytes(half)


def test_a_terminal_that_never_lets_anybody_in_again(lab: Lab, between: Between) -> None:
    terminal = lab.terminal()
    with Client(endpoint(lab.run(between.start(lab.listen(terminal))))) as client:
        client.query(IDS)
        lab.run(lab.terminals.stop("t0001"))
        lab.run(between.cut())
        with pytest.raises(WsmanError) as caught:
            client.query(IDS)
        assert caught.value.cause in {"refused", "unreachable"}


def test_what_failed_last_is_told(lab: Lab, between: Between) -> None:
    """And not why it was tried again."""
    with Client(endpoint(lab.run(between.start(lab.listen(lab.terminal()))))) as client:
        client.query(IDS)
        lab.run(between.close())
        with pytest.raises(WsmanError) as caught:
            client.query(IDS)
    assert (caught.value.cause, caught.value.detail) == ("refused", "Connection refused")


def test_an_enumeration_without_end(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sanso.wsman.client.MOST_PAGES", 3)
    monkeypatch.setattr("sanso.wsman.messages.MOST_ITEMS", 1)
    terminal = lab.terminal(licences=9)
    with Client(endpoint(lab.listen(terminal))) as client, pytest.raises(WsmanError, match="more than 3 parts"):
        client.query(IDS)
    assert not terminal._open


def test_the_environment_has_no_say_and_is_not_written(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    """Threads share it: what one of them writes for a moment, another may put back for good."""
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "HTTPS_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")

    def written(*_: object) -> None:
        raise AssertionError("the environment is written")

    port = lab.listen(lab.terminal())
    with monkeypatch.context() as patch, Client(endpoint(port)) as client:
        patch.setattr(type(os.environ), "__setitem__", written)
        assert client.query(IDS)


def test_no_secrets_in_what_is_shown(lab: Lab) -> None:
    port = lab.listen(lab.terminal())
    client = Client(endpoint(port))
    key = "AAAAA-BBBBB-CCCCC-DDDDD-EEEEE"
    with client, pytest.raises(WsmanError) as caught:
        client.invoke(SERVICE, "InstallProductKey", {"ProductKey": key}, {"Version": "10.0.22621.4317"})
    shown = [client, client.endpoint, client.envelopes, vars(client), caught.value, caught.value.__cause__]
    for one in shown:
        for text in (repr(one), str(one)):
            assert PASSWORD not in text
            assert key not in text
