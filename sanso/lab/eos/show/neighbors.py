"""``show lldp neighbors``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanso.lab.eos.names import full_name
from sanso.lab.eos.show.interfaces import chosen
from sanso.lab.grammar import Command, Match
from sanso.lab.neighbours import Neighbour, heard

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell

_OFF = "% LLDP is not enabled"

_HEAD = """\
Last table change time   : {change}
Number of table inserts  : {count}
Number of table deletes  : 0
Number of table drops    : 0
Number of table age-outs : 0

Port          Neighbor Device ID       Neighbor Port ID    TTL
---------- ------------------------ ---------------------- ---"""

_ENTRY = """\
  Neighbor {one.chassis}/"{one.port}", age 12 seconds
  Discovered 1:01:11 ago; Last changed 1:01:11 ago
  - Chassis ID type: MAC address (4)
    Chassis ID     : {one.chassis}
  - Port ID type: Interface name (5)
    Port ID     : "{one.port}"
  - Time To Live: 120 seconds
{port_description}\
  - System Name: "{one.name}"
  - System Description: "{one.description}"
  - System Capabilities : Bridge, Router
    Enabled Capabilities: Bridge, Router
"""


def _heard(shell: EosShell, match: Match) -> list[tuple[str, list[Neighbour]]]:
    """Each physical port that the command asks for, and the neighbours there."""
    config = shell.device.config
    ports = [port for port in chosen(shell, match) if str(port.name) in shell.device.spec.interfaces]
    up = {str(port.name) for port in ports if config.link_up(port)}
    found = list(heard(shell.device.spec, up.__contains__, shell.device.troubles.silent))
    return [(str(port.name), [one for one in found if one.local == str(port.name)]) for port in ports]


def _off(shell: EosShell) -> bool:
    return "no lldp run" in shell.device.config.root


def neighbors(shell: EosShell, match: Match) -> str:
    """``show lldp neighbors [NAMES]``."""
    if _off(shell):
        return _OFF
    found = [one for _, ones in _heard(shell, match) for one in ones]
    rows = [{"port": one.local, "neighborDevice": one.name, "neighborPort": one.port, "ttl": 120} for one in found]
    counts = {"tablesInserts": len(found), "tablesDeletes": 0, "tablesDrops": 0, "tablesAgeOuts": 0}
    change = "1:01:11 ago" if found else "never"
    head = _HEAD.format(change=change, count=len(found))
    return shell.shown(
        lambda: {**counts, "lldpNeighbors": rows}, lambda: "\n".join([head, *(_row(one) for one in found)])
    )


def _row(one: Neighbour) -> str:
    return f"{full_name(one.local).short:<10} {one.name:<24} {one.port:<22} 120"


def detail(shell: EosShell, match: Match) -> str:
    """``show lldp neighbors [NAMES] detail``."""
    if _off(shell):
        return _OFF
    ports = _heard(shell, match)
    return shell.shown(
        lambda: {"lldpNeighbors": {port: {"lldpNeighborInfo": [_data(one) for one in ones]} for port, ones in ports}},
        lambda: "\n".join(_port(port, ones) for port, ones in ports),
    )


def _port(port: str, ones: list[Neighbour]) -> str:
    return "\n".join([f"Interface {port} detected {len(ones)} LLDP neighbors:", "", *map(_entry, ones)])


def _entry(one: Neighbour) -> str:
    about = f'  - Port Description: "{one.port_description}"\n' if one.port_description else ""
    return _ENTRY.format(one=one, port_description=about)


def _data(one: Neighbour) -> dict[str, Any]:
    return {
        "chassisIdType": "macAddress",
        "chassisId": one.chassis,
        "systemName": one.name,
        "systemDescription": one.description,
        "neighborInterfaceInfo": {
            "interfaceIdType": "interfaceName",
            "interfaceId": f'"{one.port}"',
            "interfaceId_v2": one.port,
            "interfaceDescription": one.port_description,
        },
        "ttl": 120,
    }


def neighbor_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show lldp neighbors [<names:interfaces>]", neighbors),
        Command("show lldp neighbors [<names:interfaces>] detail", detail),
    ]
