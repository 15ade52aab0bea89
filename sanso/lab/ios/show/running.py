"""``show running-config`` and its parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, InvalidInput, Match
from sanso.lab.ios import render
from sanso.lab.vlanlist import parse_list

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell


def whole(shell: IosShell, _: Match) -> str:
    """``show running-config``; ``all`` adds nothing, as defaults are not kept here."""
    return shell.device.running_config()


def one_interface(shell: IosShell, match: Match) -> str:
    """``show running-config interface NAME``."""
    port = shell.device.config.interfaces.get(match["name"])
    if port is None:
        raise InvalidInput(match.line.words[-1].start)
    return _part([*render.interface_lines(port), "end"])


def vlans(shell: IosShell, match: Match) -> str:
    """``show running-config vlan [LIST]``: VLANs, wherever VTP keeps them."""
    config = shell.device.config
    wanted = parse_list(match["list"]) if match.get("list") else None
    chosen = [vlan for vlan in config.own_vlans() if wanted is None or vlan.number in wanted]
    lines = []
    for vlan in chosen:
        lines += [f"vlan {vlan.number}", *render.vlan_settings(config, vlan.number), "!"]
    return _part([*lines, "end"])


def access_lists(shell: IosShell, _: Match) -> str:
    """``show running-config partition access-list``."""
    config = shell.device.config
    return _part([*render.acl_lines(config, "ip"), *render.acl_lines(config, "ipv6"), "end"])


def _part(lines: Iterable[str]) -> str:
    text = "\n".join(["!", *lines]) + "\n"
    return f"Building configuration...\n\nCurrent configuration : {len(text)} bytes\n{text}"


def running_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show running-config [all|brief|full|view full]", whole, 15, "Current operating configuration"),
        Command("show running-config interface <name:interface>", one_interface, 15),
        Command("show running-config vlan [<list:vlans>]", vlans, 15),
        Command("show running-config partition access-list", access_lists, 15),
        Command("write terminal", whole, 15),
    ]
