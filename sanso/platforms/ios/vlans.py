"""VLANs of a switch whose VTP keeps them out of the running configuration."""

from __future__ import annotations

import re

_VLAN_LINE = re.compile(r"^vlan \d", re.MULTILINE)
_VTP_MODE = re.compile(r"^vtp mode (\S+)", re.MULTILINE)
_TABLE = re.compile(r"VLAN Name +Status")
_ROW = re.compile(r"^(?P<vlan>\d{1,4}) +(?P<name>\S.*?) +(?:active|suspended|(?:act|sus)/\S+)(?: |$)", re.MULTILINE)


def needs_vlan_brief(text: str) -> bool:
    """Whether a running configuration tells nothing of the VLANs: VTP server and client keep them elsewhere."""
    mode = _VTP_MODE.search(text)
    in_text = mode is not None and mode[1] in ("transparent", "off")
    return not in_text and _VLAN_LINE.search(text) is None


def parse_vlan_brief(text: str) -> dict[int, str]:
    """VLANs of a ``show vlan brief`` that stands anywhere in a text; none where there is none."""
    table = _TABLE.search(text)
    if table is None:
        return {}
    return {int(row["vlan"]): row["name"] for row in _ROW.finditer(text, table.end())}
