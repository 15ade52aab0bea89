"""``show wireless tag``, ``show wireless profile policy`` and ``show ap rf-profile``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Match

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell
    from sanso.lab.tree import Section

_KINDS = {"policy": "Policy", "site": "Site", "rf": "RF"}
_BANDS = {"24ghz": "2.4 GHz", "5ghz": "5 GHz", "6ghz": "6 GHz"}


def blocks(shell: IosShell, head: str) -> Iterator[tuple[str, Section]]:
    """Give the blocks whose first line begins like that, each by what follows."""
    for entry in shell.device.config.settings.under(head):
        if entry.section is not None:
            yield entry.key.removeprefix(head).strip(), entry.section


def _about(section: Section) -> str:
    return section.value("description").strip('"')


def tags(shell: IosShell, match: Match) -> str:
    """``show wireless tag {policy|site|rf} summary``."""
    kind = next(one for one in _KINDS if match.get(one))
    found = list(blocks(shell, f"wireless tag {kind}"))
    title = _KINDS[kind]
    head = f"Number of {title} Tags: {len(found)}\n\n{f'{title} Tag Name':<34}Description\n{'-' * 72}"
    return "\n".join([head, *(f"{name:<34}{_about(section)}".rstrip() for name, section in found), ""])


def one_policy_tag(shell: IosShell, match: Match) -> str:
    """``show wireless tag policy detailed NAME``."""
    section = dict(blocks(shell, "wireless tag policy")).get(match["name"])
    if section is None:
        return f"% Policy tag {match['name']} not found"
    rows = (f"{one.key.partition(' ')[2]:<34}{one.value.partition(' ')[2]}" for one in section.under("wlan"))
    head = f"Policy Tag Name : {match['name']}\nDescription     : {_about(section)}\n"
    return "\n".join([head, f"Number of WLAN-POLICY maps: {len(list(section.under('wlan')))}",
                      f"{'WLAN Profile Name':<34}Policy Name", "-" * 72, *rows, ""])  # fmt: skip


def policies(shell: IosShell, _: Match) -> str:
    """``show wireless profile policy summary``."""
    found = list(blocks(shell, "wireless profile policy"))
    head = f"{'Policy Profile Name':<34}{'Description':<40}Status\n{'-' * 89}"
    rows = (f"{name:<34}{_about(section):<40}{_status(section)}" for name, section in found)
    return "\n".join([f"Number of Policy Profiles: {len(found)}\n", head, *rows, ""])


def _status(section: Section) -> str:
    return "ENABLED" if "no shutdown" in section else "DISABLED"


def one_policy(shell: IosShell, match: Match) -> str:
    """``show wireless profile policy detailed NAME``: the part that tells where a client's packets go."""
    section = dict(blocks(shell, "wireless profile policy")).get(match["name"])
    if section is None:
        return f"% Policy profile {match['name']} not found"

    def on(words: str) -> str:
        return "DISABLED" if f"no central {words}" in section else "ENABLED"

    return f"""Policy Profile Name                 : {match["name"]}
Description                         : {_about(section)}
Status                              : {_status(section)}
VLAN                                : {section.value("vlan", "1")}
Client count                        : 0
WLAN Switching Policy
  Flex Central Switching            : {on("switching")}
  Flex Central Authentication       : {on("authentication")}
  Flex Central DHCP                 : {on("dhcp")}
WLAN Timeout
  Session Timeout                   : {section.value("session-timeout", "1800")}
  Idle Timeout                      : {section.value("idle-timeout", "300")}
AAA Policy Params
  AAA Override                      : {"ENABLED" if "aaa-override" in section else "DISABLED"}
  Accounting List                   : {section.value("accounting-list") or "Not Configured"}
QOS per Client
  Ingress Service Name              : {section.value("service-policy client input") or "not configured"}
  Egress Service Name               : {section.value("service-policy client output") or "not configured"}
"""


def radios(shell: IosShell, _: Match) -> str:
    """``show ap rf-profile summary``."""
    rows = [
        f"{name:<33}{title:<9}{_about(section):<37}{'Up' if 'no shutdown' in section else 'Down'}"
        for band, title in _BANDS.items()
        for name, section in blocks(shell, f"ap dot11 {band} rf-profile")
    ]
    head = f"{'RF Profile Name':<33}{'Band':<9}{'Description':<37}State\n{'-' * 84}"
    return "\n".join([f"Number of RF-profiles: {len(rows)}\n", head, *rows, ""])


def tag_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show wireless tag {policy|site|rf} summary", tags),
        Command("show wireless tag policy detailed <name:name>", one_policy_tag),
        Command("show wireless profile policy summary", policies),
        Command("show wireless profile policy detailed <name:name>", one_policy),
        Command("show ap rf-profile summary", radios),
    ]
