"""``show ap``: the access points that have joined, which the device's spec tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanso.lab.c9800.kinds import mac_text
from sanso.lab.c9800.tags import DEFAULT_TAGS
from sanso.lab.grammar import Command, Match
from sanso.lab.spec import AccessPoint

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell

_LOCATION = "default location"


def _address(one: AccessPoint) -> str:
    """An address out of the range for those whom no DHCP server answers, as here."""
    last = bytes.fromhex(one.mac.replace(":", ""))[-2:]
    return f"169.254.{last[0]}.{last[1]}"


def _radio_mac(one: AccessPoint) -> str:
    """The address of its first radio: sixteen addresses for each access point, as on the real thing."""
    number = int(one.mac.replace(":", ""), 16)
    return mac_text(f"{(number >> 24 << 24) | ((number << 4) & 0xFFFFFF):012x}")


def tags_of(shell: IosShell, one: AccessPoint) -> dict[str, str]:
    """Give the tags that an access point is given, by kind; none: it has the default ones."""
    entry = shell.device.config.settings.entries.get(f"ap {mac_text(one.mac)}")
    if entry is None or entry.section is None:
        return {}
    return {kind: name for kind in DEFAULT_TAGS if (name := entry.section.value(f"{kind}-tag"))}


def _misconfigured(shell: IosShell, tags: dict[str, str]) -> bool:
    settings = shell.device.config.settings
    return any(f"wireless tag {kind} {name}" not in settings for kind, name in tags.items())


def summary(shell: IosShell, _: Match) -> str:
    """``show ap summary``."""
    points = shell.device.spec.access_points
    head = (
        f"Number of APs: {len(points)}\n\nCC = Country Code\nRD = Regulatory Domain\n\n"
        f"{'AP Name':<33}{'Slots':<6}{'AP Model':<21}{'Ethernet MAC':<15}{'Radio MAC':<15}{'CC':<5}{'RD':<5}"
        f"{'IP Address':<42}{'State':<13}Location\n{'-' * 165}"
    )
    rows = (
        f"{one.name:<33}{' 2':<6}{one.model:<21}{mac_text(one.mac)} {_radio_mac(one)} {'JP':<5}{'-Q':<5}"
        f"{_address(one):<42}{'Registered':<13}{_LOCATION}"
        for one in points
    )
    return "\n".join([head, *rows, ""])


def tag_summary(shell: IosShell, _: Match) -> str:
    """``show ap tag summary``."""
    points = shell.device.spec.access_points
    head = (
        f"Number of APs: {len(points)}\n\n{'AP Name':<24}{'AP Mac':<17}{'Site Tag Name':<34}{'Policy Tag Name':<34}"
        f"{'RF Tag Name':<34}{'Misconfigured':<17}Tag Source\n{'-' * 172}"
    )
    return "\n".join([head, *(_tag_row(shell, one) for one in points), ""])


def _tag_row(shell: IosShell, one: AccessPoint) -> str:
    given = tags_of(shell, one)
    tags = {**DEFAULT_TAGS, **given}
    wrong = "Yes" if _misconfigured(shell, tags) else "No"
    return (
        f"{one.name:<24}{mac_text(one.mac):<17}{tags['site']:<34}{tags['policy']:<34}{tags['rf']:<34}{wrong:<17}"
        f"{'Static' if given else 'Default'}"
    )


def general(shell: IosShell, match: Match) -> str:
    """``show ap config general`` and ``show ap name NAME config general``: the part that tells one from another."""
    wanted = match.get("name")
    points = [one for one in shell.device.spec.access_points if wanted in ("", one.name)]
    if wanted and not points:
        return f"% Error: AP {wanted} does not exist"
    return "\n".join(line for one in points for line in _general(shell, one))


def _general(shell: IosShell, one: AccessPoint) -> Iterator[str]:
    tags = {**DEFAULT_TAGS, **tags_of(shell, one)}
    site = shell.device.config.settings.entries.get(f"wireless tag site {tags['site']}")
    lines = site.section if site is not None else None
    flex = lines is not None and "no local-site" in lines
    yield f"Cisco AP Name   : {one.name}"
    yield "=" * 49
    for title, value in (
        ("Cisco AP Identifier", _radio_mac(one)),
        ("Country Code", "JP"),
        ("AP Country Code", "JP - Japan"),
        ("MAC Address", mac_text(one.mac)),
        ("IP Address Configuration", "DHCP"),
        ("IP Address", _address(one)),
        ("Cisco AP Location", _LOCATION),
        ("Site Tag Name", tags["site"]),
        ("RF Tag Name", tags["rf"]),
        ("Policy Tag Name", tags["policy"]),
        ("AP join Profile", lines.value("ap-profile", "default-ap-profile") if lines else "default-ap-profile"),
        ("Flex Profile", lines.value("flex-profile", "default-flex-profile") if lines and flex else "Not Configured"),
        ("Administrative State", "Enabled"),
        ("Operation State", "Registered"),
        ("AP Mode", "FlexConnect" if flex else "Local"),
        ("Number of Slots", "2"),
        ("AP Model", one.model),
    ):
        yield f"{title:<48}: {value}"
    yield ""


def access_point_commands() -> list[Command]:
    """Give the commands."""
    return [
        Command("show ap summary", summary),
        Command("show ap tag summary", tag_summary),
        Command("show ap config general", general),
        Command("show ap name <name:word> config general", general),
    ]
