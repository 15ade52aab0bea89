"""How services name classes and their CIM namespace: Windows in the resource URI, others in a selector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

from sanso.wsman.names import DMTF, WMI, CimClass

Dialect = Literal["windows", "dmtf"]
"""``windows`` is WinRM (MS-WSMV); ``dmtf`` are services by DSP0227, such as OMI and Openwsman."""


_WINDOWS = "Microsoft Corporation"
"""What Windows tells as its vendor (MS-WSMV, IdentifyResponse); OMI tells its own name."""


def spoken_by(identity: Mapping[str, object]) -> Dialect:
    """The dialect of a service, by its answer to Identify."""
    return "windows" if identity.get("ProductVendor") == _WINDOWS else "dmtf"


class Resource(NamedTuple):
    """What a message is about: its resource URI, and selectors."""

    uri: str
    selectors: Mapping[str, str]


def of_class(cim: CimClass, dialect: Dialect, keys: Mapping[str, str] | None = None) -> Resource:
    """A class, or with keys an instance of it; the URI is the XML namespace of its properties too."""
    if dialect == "windows":
        return Resource(f"{WMI}/{cim.namespace}/{cim.name}", keys or {})
    return Resource(f"{DMTF}/cim-schema/2/{cim.name}", {"__cimnamespace": cim.namespace, **(keys or {})})


def of_query(namespace: str, dialect: Dialect) -> Resource:
    """All classes of a CIM namespace, which queries go to (DSP0227)."""
    if dialect == "windows":
        return Resource(f"{WMI}/{namespace}/*", {})
    return Resource(f"{DMTF}/*", {"__cimnamespace": namespace})
