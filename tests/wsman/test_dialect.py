"""A service that is not Windows: it is spoken to in its own dialect, which nobody has to tell."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sanso.wsman.client import Client
from sanso.wsman.errors import WsmanError
from sanso.wsman.names import CimClass
from tests.wsman.conftest import Lab, endpoint

GOLDEN = Path(__file__).parent / "golden" / "answers"
QUERY = CimClass("SoftwareLicensingProduct").select("Name")
REGISTRY = CimClass("StdRegProv", "root/default")
DMTF = "http://schemas.dmtf.org/wbem/wscim/1/"


class Other:
    """Takes classes by their last name and the namespace by its selector, as OMI does; answers are golden files."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.output = (GOLDEN / "output-omi.xml").read_bytes()

    async def handle(self, message: bytes) -> tuple[int, bytes]:
        """Status and answer."""
        action = re.search(rb"<a:Action[^>]*>([^<]+)", message)
        namespace = re.search(rb'<w:Selector Name="__cimnamespace">([^<]+)', message)
        if b"<i:Identify/>" in message:
            self.asked.append("Identify")
            return 200, (GOLDEN / "identity-omi.xml").read_bytes()
        self.asked.append(f"{namespace[1].decode() if namespace else ''} {action[1].decode() if action else ''}")
        match self.asked[-1]:
            case "root/cimv2 http://schemas.xmlsoap.org/ws/2004/09/enumeration/Enumerate":
                return 200, (GOLDEN / "page-omi.xml").read_bytes()
            case "root/default http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/StdRegProv/GetStringValue":
                return 200, self.output
        if f"{DMTF}cim-schema" not in self.asked[-1] and "enumeration" not in self.asked[-1]:
            return 500, (GOLDEN / "fault-omi-internal.xml").read_bytes()
        return 500, (GOLDEN / "fault-omi-not-found.xml").read_bytes()


@pytest.mark.parametrize("dialect", [None, "dmtf"])
def test_another_service_is_understood(lab: Lab, dialect: str | None) -> None:
    other = Other()
    with Client(endpoint(lab.listen(other), dialect=dialect)) as client:  # type: ignore[arg-type]
        assert client.query(QUERY)[0]["LicenseStatus"] == "1"
        assert client.invoke(REGISTRY, "GetStringValue", {"sValueName": "x"})["sValue"] == "1"
    assert len(other.asked) == (3 if dialect is None else 2)


def test_what_fails_in_both_dialects_leaves_it_open(lab: Lab) -> None:
    other = Other()
    with Client(endpoint(lab.listen(other))) as client:  # type: ignore[arg-type]
        with pytest.raises(WsmanError) as caught:
            client.query(QUERY, "root/nowhere")
        assert caught.value.hresult == 0x80041002
        assert client.query(QUERY)
        with pytest.raises(WsmanError):
            client.query(QUERY, "root/nowhere")
    assert len(other.asked) == 5


def test_what_is_told_is_held_to(lab: Lab) -> None:
    other = Other()
    place = endpoint(lab.listen(other), dialect="windows")  # type: ignore[arg-type]
    with Client(place) as client, pytest.raises(WsmanError):
        client.query(QUERY)
    assert len(other.asked) == 1


def test_windows_is_not_asked_twice(lab: Lab) -> None:
    terminal = lab.terminal()
    with Client(endpoint(lab.listen(terminal))) as client, pytest.raises(WsmanError):
        client.query("SELECT Name FROM Win32_Toaster")
    assert terminal.messages == 1


def test_a_method_is_not_tried_in_one_dialect_after_the_other(lab: Lab) -> None:
    """It would not be known whether it was done; so the dialect is asked for, where nothing was read before."""
    other = Other()
    with Client(endpoint(lab.listen(other))) as client:  # type: ignore[arg-type]
        assert client.invoke(REGISTRY, "GetStringValue", {"sValueName": "x"})["sValue"] == "1"
        with pytest.raises(WsmanError):
            client.invoke(REGISTRY, "SetStringValue", {"sValueName": "x"})
    assert [one.rpartition("/")[2] for one in other.asked] == ["Identify", "GetStringValue", "SetStringValue"]


def test_windows_is_asked_what_it_is_before_its_first_method(lab: Lab) -> None:
    terminal = lab.terminal()
    where = {"hDefKey": 0x80000002, "sSubKeyName": r"SOFTWARE\City", "sValueName": "x"}
    with Client(endpoint(lab.listen(terminal))) as client:
        client.invoke(REGISTRY, "SetStringValue", {**where, "sValue": "1"})
        client.invoke(REGISTRY, "SetStringValue", {**where, "sValue": "2"})
    assert terminal.messages == 3


def test_a_method_that_only_reads_is_tried_in_both(lab: Lab) -> None:
    other = Other()
    with Client(endpoint(lab.listen(other))) as client:  # type: ignore[arg-type]
        assert client.invoke(REGISTRY, "GetStringValue", {"sValueName": "x"}, reads=True)["sValue"] == "1"
        with pytest.raises(WsmanError):
            client.invoke(REGISTRY, "SetStringValue", {"sValueName": "x"})
    assert [one.rpartition("/")[2] for one in other.asked] == ["GetStringValue", "GetStringValue", "SetStringValue"]


def test_what_is_not_there_shows_the_dialect_too(lab: Lab) -> None:
    """A value that Windows does not have is an answer: it is not asked what it is before the value is written."""
    terminal = lab.terminal()
    where = {"hDefKey": 0x80000002, "sSubKeyName": r"SOFTWARE\City", "sValueName": "x"}
    with Client(endpoint(lab.listen(terminal))) as client:
        with pytest.raises(WsmanError) as caught:
            client.invoke(REGISTRY, "GetStringValue", where, reads=True)
        assert caught.value.hresult == 2
        client.invoke(REGISTRY, "SetStringValue", {**where, "sValue": "1"})
    assert terminal.messages == 2


def test_what_is_told_in_the_second_dialect_counts(lab: Lab) -> None:
    """The first fault came of the dialect alone."""
    other = Other()
    other.output = other.output.replace(b"ReturnValue>0<", b"ReturnValue>2<")
    with Client(endpoint(lab.listen(other))) as client:  # type: ignore[arg-type]
        for _ in range(2):
            with pytest.raises(WsmanError) as caught:
                client.invoke(REGISTRY, "GetStringValue", {"sValueName": "x"}, reads=True)
            assert caught.value.hresult == 2
    assert len(other.asked) == 3
