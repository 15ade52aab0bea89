"""Namespaces, actions and resources of WS-Management, as its specifications spell them."""

from __future__ import annotations

from typing import NamedTuple

SOAP = "http://www.w3.org/2003/05/soap-envelope"
ADDRESSING = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
ENUMERATION = "http://schemas.xmlsoap.org/ws/2004/09/enumeration"
TRANSFER = "http://schemas.xmlsoap.org/ws/2004/09/transfer"
WSMAN = "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd"
"""DSP0226."""
MICROSOFT = "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd"
FAULT = "http://schemas.microsoft.com/wbem/wsman/1/wsmanfault"
"""MS-WSMV."""
IDENTITY = "http://schemas.dmtf.org/wbem/wsman/identity/1/wsmanidentity.xsd"
"""DSP0226, 11."""
XSI = "http://www.w3.org/2001/XMLSchema-instance"

WMI = "http://schemas.microsoft.com/wbem/wsman/1/wmi"
"""Where Windows has its classes (MS-WSMV)."""
DMTF = "http://schemas.dmtf.org/wbem/wscim/1"
"""Where DSP0227 has the classes of every other service."""
WQL = "http://schemas.microsoft.com/wbem/wsman/1/WQL"
ANONYMOUS = f"{ADDRESSING}/role/anonymous"

ENUMERATE, PULL, RELEASE = (f"{ENUMERATION}/{verb}" for verb in ("Enumerate", "Pull", "Release"))
GET = f"{TRANSFER}/Get"


class CimClass(NamedTuple):
    """A CIM class in its namespace, such as ``root/cimv2``."""

    name: str
    namespace: str = "root/cimv2"

    def select(self, *properties: str, where: str = "") -> str:
        """A WQL query for some properties of its instances."""
        condition = f" WHERE {where}" if where else ""
        return f"SELECT {', '.join(properties)} FROM {self.name}{condition}"  # noqa: S608 - constants of this program


def local(tag: str) -> str:
    """A tag without its namespace."""
    return tag.rpartition("}")[2]
