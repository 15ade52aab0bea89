"""The running configuration as text, in the order and form of IOS XE."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sanso.lab.ios.model import Interface, IosConfig
from sanso.lab.ios.vlans import format_list, wrap_list

if TYPE_CHECKING:
    from sanso.lab.ios.device import IosDevice
    from sanso.lab.tree import Entry, Section

#: ranks of settings: what is printed where; no bars part the blocks of the last
HEAD, ROUTES, STATIC4, SSH, TAIL, STATIC6, LINE, LAST, WIRELESS = (n * 100_000 for n in range(9))


def running(device: IosDevice) -> str:
    """Give the text of ``show running-config``, with its header."""
    marks = ["!"]
    if device.last_change:
        when, who = device.last_change
        marks += [f"! Last configuration change at {device.stamp(when)} by {who}"]
    if device.last_save:
        when, who = device.last_save
        marks += [f"! NVRAM config last updated at {device.stamp(when)} by {who}"]
    text = "\n".join(marks) + "\n" + body(device.config)
    return f"Building configuration...\n\nCurrent configuration : {len(text)} bytes\n{text}"


def startup(device: IosDevice) -> str:
    """Give the text of ``show startup-config``."""
    text = device.startup_config()
    if text is None:
        return "startup-config is not present"
    return f"Using {len(text)} out of 2097152 bytes\n!\n{text}"


def body(config: IosConfig) -> str:
    """Give the configuration itself."""
    return "\n".join(_body(config))


def _body(config: IosConfig) -> Iterator[str]:
    yield from ("!", f"version {config.version}")
    yield from _settings(config, HEAD, ROUTES, hostname=True)
    if config.vlans_in_config:
        yield from vlan_lines(config)
    for port in config.ordered():
        yield from interface_lines(port)
        yield "!"
    yield from _settings(config, ROUTES, TAIL)
    yield from acl_lines(config, "ip")
    yield from _settings(config, TAIL, LINE)
    yield from acl_lines(config, "ipv6")
    for kind, text in config.banners.items():
        yield f"banner {kind} ^C{text}^C"
        yield "!"
    yield from _settings(config, LINE, WIRELESS)
    for entry in config.settings.ordered():
        if entry.rank >= WIRELESS:
            yield from _entry(entry)
    yield from ("end", "")


def _settings(config: IosConfig, low: int, high: int, hostname: bool = False) -> Iterator[str]:
    """Print settings of some ranks; a bar parts blocks from what surrounds them."""
    after_block = True
    for entry in config.settings.ordered():
        if not low <= entry.rank < high:
            continue
        # the services come first in every configuration, then the name
        if hostname and not entry.key.startswith(("version", "service", "no service", "platform", "boot")):
            yield from ("!", f"hostname {config.hostname}", "!")
            hostname = False
        block = entry.section is not None
        if block and not after_block:
            yield "!"
        yield from _entry(entry)
        if block:
            yield "!"
        after_block = block
    if hostname:
        yield from ("!", f"hostname {config.hostname}")
    if not after_block or hostname:
        yield "!"


def _entry(entry: Entry) -> Iterator[str]:
    yield entry.text
    if entry.section is not None:
        yield from entry.section.render(" ")


def vlan_lines(config: IosConfig) -> Iterator[str]:
    """Print the VLANs; those without anything of their own share a line."""
    plain = [vlan.number for vlan in config.own_vlans() if not vlan_settings(config, vlan.number)]
    shared = _runs(plain, config)
    for vlan in config.own_vlans():
        settings = vlan_settings(config, vlan.number)
        if settings:
            yield f"vlan {vlan.number}"
            yield from settings
            yield "!"
        elif vlan.number in shared:
            yield f"vlan {format_list(shared[vlan.number])}"
            yield "!"


def _runs(plain: list[int], config: IosConfig) -> dict[int, list[int]]:
    """Group plain VLANs that no other VLAN stands between, by the first of each group."""
    runs: dict[int, list[int]] = {}
    first: int | None = None
    for vlan in config.own_vlans():
        if vlan.number not in plain:
            first = None
        elif first is None:
            first = vlan.number
            runs[first] = [first]
        else:
            runs[first].append(vlan.number)
    return runs


def vlan_settings(config: IosConfig, number: int) -> list[str]:
    """Print what was set on a VLAN."""
    vlan = config.vlans[number]
    lines = [f" name {vlan.name}"] if vlan.name else []
    if vlan.state != "active":
        lines.append(f" state {vlan.state}")
    if vlan.shutdown:
        lines.append(" shutdown")
    return lines


def interface_lines(port: Interface) -> Iterator[str]:
    """Print one interface."""
    yield f"interface {port.name}"
    addressless = not port.switching and not port.ipv4 and "ip address" not in port.lines
    for entry in port.lines.ordered():
        if addressless and entry.rank > ADDRESS:
            yield " no ip address"
            addressless = False
        if entry.key == "switchport trunk allowed vlan":
            yield from _allowed(entry.value)
        else:
            yield f" {entry.text}"
    if addressless:
        yield " no ip address"


#: the rank of an interface's IPv4 addresses
ADDRESS = 2000


def _allowed(value: str) -> Iterable[str]:
    first, *more = wrap_list(value)
    yield f" switchport trunk allowed vlan {first}"
    for piece in more:
        yield f" switchport trunk allowed vlan add {piece}"


def acl_lines(config: IosConfig, family: str) -> Iterator[str]:
    """Print the access lists of a family: the standard ones first, each kind by name."""
    lists = [one for one in config.acls.values() if one.family == family]
    for acl in sorted(lists, key=lambda one: (one.kind != "standard", one.name.isdecimal(), one.name)):
        yield acl.header
        for line in acl.lines():
            yield f" {line}"
        yield "!"


def section_lines(section: Section) -> Iterator[str]:
    """Print a block's lines."""
    yield from section.render(" ")
