"""Registry values that Microsoft 365 Apps need, over StdRegProv."""

from __future__ import annotations

from dataclasses import dataclass

from sanso.wsman.client import Client
from sanso.wsman.errors import WsmanError
from sanso.wsman.messages import Value
from sanso.wsman.names import CimClass

STDREGPROV = CimClass("StdRegProv", "root/default")
HKEY_LOCAL_MACHINE = 0x80000002
_NOT_FOUND = {2, 0x80070002}
"""ERROR_FILE_NOT_FOUND: no such key or value (MS-ERREF)."""


@dataclass(frozen=True)
class StringValue:
    """A string below HKEY_LOCAL_MACHINE."""

    key: str
    name: str
    value: str


def shared_computer(*, on: bool) -> StringValue:
    """Whether licences belong to whoever has signed in, on a terminal of several (vendor's deployment guide)."""
    key = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
    return StringValue(key, "SharedComputerLicensing", "1" if on else "0")


def differs(client: Client, wanted: StringValue) -> bool:
    """Whether a value is not as it should be; one that is not there is 0."""
    return (_read(client, wanted) or "0") != wanted.value


def write(client: Client, value: StringValue) -> None:
    """Set a value, and make its key where there is none."""
    where = _where(value)
    client.invoke(STDREGPROV, "CreateKey", where)
    client.invoke(STDREGPROV, "SetStringValue", {**where, "sValueName": value.name, "sValue": value.value})


def _where(value: StringValue) -> dict[str, Value]:
    return {"hDefKey": HKEY_LOCAL_MACHINE, "sSubKeyName": value.key}


def _read(client: Client, value: StringValue) -> str | None:
    where = {**_where(value), "sValueName": value.name}
    try:
        found = client.invoke(STDREGPROV, "GetStringValue", where, reads=True).get("sValue")
    except WsmanError as error:
        if error.hresult in _NOT_FOUND:
            return None
        raise
    return found if isinstance(found, str) else None
