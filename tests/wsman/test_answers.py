"""Answers as the specifications have them, and as services are known to write them."""

from __future__ import annotations

from pathlib import Path

import pytest

from sanso.wsman.answers import Instance, Page, raise_fault, read_instance, read_output, read_page
from sanso.wsman.dialect import Dialect, spoken_by
from sanso.wsman.errors import Cause, WsmanError
from sanso.wsman.names import ADDRESSING, DMTF

GOLDEN = Path(__file__).parent / "golden" / "answers"

PAGES = {
    "page-fragment": Page(
        [
            {
                "Name": "Windows(R), Enterprise edition",
                "PartialProductKey": None,
                "LocalDateTime": "2026-11-23T19:00:00.5Z",
                "KeyManagementServiceMachine": "",
                "GracePeriodRemaining": "259200",
            }
        ],
        "uuid:CCCCCCCC-0000-4000-8000-000000000001",
    ),
    "page-pulled": Page(
        [
            {"Name": "Office 24", "PartialProductKey": "3V66T"},
            {"Name": "Office 25", "PartialProductKey": "6F7TH"},
        ]
    ),
    "page-changed": Page([], "uuid:CCCCCCCC-0000-4000-8000-000000000002"),
    "page-whole": Page(
        [
            {
                "DHCPEnabled": "true",
                "DHCPLeaseExpires": "2026-11-24T03:06:25Z",
                "DNSDomain": None,
                "DNSServerSearchOrder": ["10.0.0.53", "10.0.1.53"],
                "Description": "  Intel(R) <2.5G>  ",
                "IPAddress": "fe80::1",
            }
        ]
    ),
    "page-empty": Page(),
    "page-plain": Page([], "17"),
    "page-omi": Page(
        [
            {
                "Name": "Windows(R), Enterprise edition",
                "LicenseStatus": "1",
                "EvaluationEndDate": "1601-01-01T00:00:00Z",
                "PartialProductKey": None,
            }
        ]
    ),
    "page-omi-types": Page(
        [
            {
                "LocalDateTime": "2026-11-29T12:57:04.123456+09:00",
                "LastBootUpTime": "2026-11-29T00:27:04-03:30",
                "Up": "P3DT4H0.000005S",
                "Primary": "TRUE",
                "MUILanguages": "ja-JP",
                "Disk": "one 1",
                "Other": f"{ADDRESSING}/role/anonymous {DMTF}/cim-schema/2/Win32_OperatingSystem w",
            }
        ]
    ),
    "page-openwsman": Page(
        [
            {
                "LocalDateTime": "20261129125704.123456+540",
                "MUILanguages": ["ja-JP", "en-US"],
                "Name": "w",
                "Primary": "true",
                "Organization": None,
            }
        ]
    ),
    "page-default-namespace": Page([{"Version": "10.0.22621.4317"}], "a/b+c=="),
}
FAULTS: dict[str, tuple[Cause, int | None]] = {
    "fault-denied": ("denied", 0x80070005),
    "fault-denied-code": ("denied", 0x80070005),
    "fault-omi-denied": ("denied", 0x80070005),
    "fault-timed-out": ("timeout", None),
    "fault-selectors": ("fault", 0x8033805B),
    "fault-class": ("fault", 0x80041010),
    "fault-extended": ("fault", 0xC004F050),
    "fault-wmi-error": ("fault", 0xC004F074),
    "fault-words": ("fault", 0xC004F038),
    "fault-schema": ("fault", None),
    "fault-encoding-limit": ("fault", 0x80338050),
    "fault-omi-not-found": ("fault", 0x80041002),
    "fault-openwsman-class": ("fault", None),
    "fault-openwsman-words": ("fault", 0xC004F074),
    "fault-omi-words": ("fault", 0xC004F074),
    "fault-omi-context": ("fault", None),
    "fault-omi-internal": ("fault", None),
}
DONE: dict[str, tuple[str, Instance]] = {
    "output-done": ("Activate", {"ReturnValue": "0"}),
    "output-void": ("Activate", {}),
    "output-omi": ("GetStringValue", {"ReturnValue": "0", "sValue": "1"}),
    "output-openwsman": ("GetStringValue", {"ReturnValue": "0", "sValue": "1"}),
    "output-omi-types": (
        "EnumValues",
        {
            "ReturnValue": "0",
            "sNames": ["a", "端末", ""],
            "Types": ["1", "4", "-3"],
            "Whole": "TRUE",
            "One": "7",
            "Nothing": None,
        },
    ),
}
FAILED: dict[str, tuple[Cause, int | None]] = {
    "output-unsigned": ("fault", 0xC004F074),
    "output-signed": ("fault", 0xC004F074),
    "output-hexadecimal": ("fault", 0xC004F074),
    "output-denied": ("denied", 0x80070005),
    "output-words": ("answer", None),
}


SPOKEN: dict[str, Dialect] = {"identity-omi": "dmtf", "identity-windows": "windows"}


def golden(name: str) -> bytes:
    return (GOLDEN / f"{name}.xml").read_bytes()


@pytest.mark.parametrize("name", PAGES)
def test_a_page(name: str) -> None:
    assert read_page(golden(name)) == PAGES[name]


def test_an_instance() -> None:
    assert read_instance(golden("instance")) == {"ClientMachineID": None, "Version": "10.0.22621.4317"}


@pytest.mark.parametrize("name", SPOKEN)
def test_who_speaks_which_dialect(name: str) -> None:
    assert spoken_by(read_instance(golden(name))) == SPOKEN[name]


@pytest.mark.parametrize("name", DONE)
def test_what_a_method_gives(name: str) -> None:
    method, output = DONE[name]
    assert read_output(golden(name), method) == output


@pytest.mark.parametrize("name", FAILED)
def test_a_method_that_failed(name: str) -> None:
    with pytest.raises(WsmanError) as caught:
        read_output(golden(name), "Activate")
    assert (caught.value.cause, caught.value.hresult) == FAILED[name]


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault(name: str) -> None:
    answer = golden(name)
    for read in (read_page, read_instance, lambda one: read_output(one, "Activate"), raise_fault):
        with pytest.raises(WsmanError) as caught:
            read(answer)
        assert (caught.value.cause, caught.value.hresult) == FAULTS[name]
        assert caught.value.detail


def test_every_golden_file_is_read() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {*PAGES, *FAULTS, *DONE, *FAILED, *SPOKEN, "instance"}


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (b"", "answer"),
        (b"\xff\xfe\0", "answer"),
        (b'<?xml version="1.0" encoding="nobody-knows"?><a/>', "answer"),
        (b"<html><body>Bad Gateway</body></html>", "not_wsman"),
        (golden("page-empty")[:-20], "answer"),
        (golden("instance"), "answer"),
        (b'<!DOCTYPE a [<!ENTITY b "' + b"x" * 9999 + b'">]><a>' + b"&b;" * 99_999 + b"</a>", "answer"),
    ],
)
def test_what_is_no_answer(answer: bytes, cause: Cause) -> None:
    with pytest.raises(WsmanError) as caught:
        read_page(answer)
    assert caught.value.cause == cause


def test_a_fault_with_status_200_is_a_fault() -> None:
    with pytest.raises(WsmanError, match="Access is denied"):
        read_page(golden("fault-denied"))


def test_raise_fault_lets_others_pass() -> None:
    raise_fault(golden("page-empty"))
