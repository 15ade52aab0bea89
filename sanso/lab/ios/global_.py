"""Commands of global configuration that do more than keep a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.grammar import Command, Handler, IncompleteCommand, InvalidInput, Match
from sanso.lab.ios import render, tables
from sanso.lab.ios.acl import AccessList, Refused, numbered_kind
from sanso.lab.ios.names import parse_range
from sanso.lab.ios.routes import route4, route6
from sanso.lab.ios.rules import parse_rule
from sanso.lab.ios.secrets import type7, type9
from sanso.lab.ios.vlans import RESERVED, Vlan
from sanso.lab.keep import Kept, commands, keep_line, rank_of
from sanso.lab.vlanlist import FIRST, parse_list

if TYPE_CHECKING:
    from sanso.lab.ios.shell import IosShell


def hostname(shell: IosShell, match: Match) -> str | None:
    """``hostname NAME``."""
    shell.device.config.hostname = "Switch" if match.negated or match.defaulted else match["name"]
    return None


def version(_: IosShell, __: Match) -> None:
    """``version 15.2``: a line of every saved configuration that sets nothing."""


def vlan(shell: IosShell, match: Match) -> str | None:
    """``vlan 10,20-22``: make VLANs and configure them; ``no`` removes them."""
    config = shell.device.config
    numbers = sorted(parse_list(match["list"]) or ())
    reserved = [number for number in numbers if number in RESERVED]
    if match.negated or match.defaulted:
        if refused := [number for number in numbers if number in RESERVED or number == FIRST]:
            return f"%Default VLAN {refused[0]} may not be deleted."
        for number in numbers:
            config.vlans.pop(number, None)
        return None
    if reserved:
        return f"Command rejected: VLAN {reserved[0]} is a reserved default VLAN."
    for number in numbers:
        config.vlans.setdefault(number, Vlan(number))
    shell.go("vlan", numbers)
    return None


def interface(shell: IosShell, match: Match) -> str | None:
    """``interface NAME``: configure it, made if it is a virtual one; ``no`` removes a virtual one."""
    config = shell.device.config
    name = match["name"]
    made = name in config.interfaces
    if not made and (not config.may_create(name) or match.defaulted):
        raise InvalidInput(match.line.words[-1].start)
    if match.negated:
        return _remove_interface(shell, name)
    if match.defaulted:
        config.interfaces[name].lines.entries.clear()
        return f"Interface {name} set to default configuration"
    shell.go("svi" if not config.interface(name).may_switch else "if", [name])
    return None


def _remove_interface(shell: IosShell, name: str) -> str | None:
    config = shell.device.config
    found = config.interfaces.get(name)
    if found is None:
        return None
    if not found.virtual:
        return "%Removal of physical interfaces is not permitted"
    for member in config.members(name):
        for entry in list(member.lines.under("channel-group")):
            member.lines.remove(entry.key)
    del config.interfaces[name]
    return None


def interface_range(shell: IosShell, match: Match) -> str | None:
    """``interface range gi1/0/1 - 4 , te1/1/1``."""
    config = shell.device.config
    names = parse_range(match["rest"])
    if not names or not all(name in config.interfaces or config.may_create(name) for name in names):
        raise InvalidInput(len(match.line.raw) - len(match["rest"]))
    if match.negated:
        return "\n".join(filter(None, (_remove_interface(shell, name) for name in names)))
    if match.defaulted:
        for name in names:
            config.interface(name).lines.entries.clear()
        return "\n".join(f"Interface {name} set to default configuration" for name in names)
    if len({config.interface(name).may_switch for name in names}) > 1:
        return "% Command rejected: the range mixes interfaces of different kinds"
    shell.go("if-range" if config.interface(names[0]).may_switch else "svi-range", names)
    return None


def access_list(shell: IosShell, match: Match) -> str | None:
    """``ip access-list extended NAME``, ``ipv6 access-list NAME``: configure a list; ``no`` removes it."""
    family = "ipv6" if match.key.startswith("ipv6") else "ip"
    kind = "standard" if match.get("standard") else "extended"
    name = match["name"]
    lists = shell.device.config.acls
    if family == "ip" and (wanted := numbered_kind(name) or (kind if not name.isdecimal() else "")) != kind:
        return f"% Invalid access list name.{'' if wanted else ' Number out of range.'}"
    if match.negated or match.defaulted:
        lists.pop((family, name), None)
        return None
    found = lists.setdefault((family, name), AccessList(family, kind, name))
    if found.kind != kind:
        return f"% A named {found.kind} IP access list with this name already exists"
    shell.go({"standard": "acl-std", "extended": "acl-ext"}[kind] if family == "ip" else "acl-ipv6", (family, name))
    return None


def resequence(shell: IosShell, match: Match) -> str | None:
    """``ip access-list resequence NAME START STEP``."""
    found = shell.device.config.acls.get(("ip", match["name"]))
    if found is None:
        return "% Access list does not exist"
    found.resequence(int(match["start"]), int(match["step"]))
    return None


def numbered_entry(shell: IosShell, match: Match) -> str | None:
    """``access-list 101 permit …``: the old form; ``no access-list 101`` removes the list."""
    name = match["number"]
    kind = numbered_kind(name)
    if kind is None:
        raise InvalidInput(match.line.words[1].start)
    lists = shell.device.config.acls
    first = 3 if match.negated or match.defaulted else 2
    if match.negated or match.defaulted:
        lists.pop(("ip", name), None)
        return None
    if len(match.line.words) <= first:
        raise IncompleteCommand
    found = lists.get(("ip", name)) or AccessList("ip", kind, name)
    if "remark".startswith(match.line.words[first].lower):
        found.remark(match.line.rest(first + 1))
    else:
        try:
            found.add(parse_rule(match.line, first, "ip", kind))
        except Refused as refused:
            return str(refused)
    lists["ip", name] = found
    return None


def username(shell: IosShell, match: Match) -> str | None:
    """``username NAME [privilege N] [secret|password [0|5|7|8|9] WORD]``: passwords are kept hashed."""
    settings = shell.device.config.settings
    key = f"username {match['name']}"
    if match.negated or match.defaulted:
        settings.remove(key)
        return None
    words = match["how"].split()
    kept = dict(_pairs(settings.value(key).split()))
    try:
        kept.update(_pairs(words))
    except ValueError:
        raise InvalidInput(len(match.line.raw) - len(match["how"])) from None
    shown = " ".join(f"{word} {kept[word]}" for word in ("privilege", "secret", "password") if word in kept)
    settings.set(key, shown, rank_of(tables.HEAD, "username <name:word> ~ <how:line>", render.HEAD))
    return None


def _pairs(words: list[str]) -> list[tuple[str, str]]:
    """Read ``privilege 15 secret 0 word`` as pairs, passwords hashed.

    Raises:
        ValueError: for what is none of these.
    """
    pairs = []
    at = 0
    while at < len(words):
        name = next((one for one in ("privilege", "secret", "password") if one.startswith(words[at])), "")
        if name == "privilege":
            pairs.append((name, str(int(words[at + 1]))))
            at += 2
        elif name and at + 1 < len(words):
            pairs.append((name, protect(" ".join(words[at + 1 :]), name == "secret")))
            at = len(words)
        else:
            raise ValueError(words[at])
    return pairs


def protect(typed: str, secret: bool) -> str:
    """Give what the configuration keeps of a typed password, which may be hashed already."""
    kind, _, text = typed.partition(" ")
    if text and kind in ("5", "6", "7", "8", "9"):
        return typed
    clear = text if text and kind == "0" else typed
    return f"9 {type9(clear)}" if secret else f"7 {type7(clear)}"


def enable_password(shell: IosShell, match: Match) -> str | None:
    """``enable secret WORD`` and ``enable password WORD``."""
    secret = match.key == "enable secret"
    settings = shell.device.config.settings
    if match.negated or match.defaulted:
        settings.remove(match.key)
        return None
    if not match.value:
        raise IncompleteCommand
    settings.set(
        match.key,
        protect(match.value, secret),
        rank_of(tables.HEAD, f"{match.key} ~ [<how:line>]", render.HEAD),
    )
    return None


def line(shell: IosShell, match: Match) -> str | None:
    """``line vty 0 15``: configure the lines there are within the range, else a new range."""
    settings = shell.device.config.settings
    kind = match.key.split()[1]
    first, last = int(match["first"]), int(match.get("last") or match["first"])
    if match.negated or match.defaulted:
        settings.remove(match.text)
        return None
    inside = []
    for entry in settings.under(f"line {kind}"):
        numbers = [int(word) for word in entry.key.split()[2:]]
        if first <= numbers[0] and numbers[-1] <= last:
            inside.append((entry.key,))
    if not inside:
        settings.open(match.text, rank=render.LINE + {"con": 0, "aux": 1, "vty": 2}[kind])
        inside = [(match.text,)]
    shell.go("line", inside)
    return None


def banner(shell: IosShell, match: Match) -> str | None:
    """``banner motd ^C … ^C``: text up to the delimiter it began with, maybe over several lines."""
    banners = shell.device.config.banners
    kind = match.key.split()[1]
    if match.negated or match.defaulted:
        banners.pop(kind, None)
        return None
    if not match.value:
        raise IncompleteCommand
    typed = match["text"]
    mark = "^C" if typed.startswith("^C") else typed[0]
    body, closed, _ = typed[len(mark) :].partition(mark)
    if closed:
        banners[kind] = body
        return None
    lines = [body]

    def take(more: str) -> bool:
        part, ended, _ = more.partition(mark)
        lines.append(part)
        if ended:
            banners[kind] = "\n".join(lines)
        return bool(ended)

    shell.gather(take)
    return None if shell.silent else f"Enter TEXT message.  End with the character '{typed[0]}'."


def logging_host(shell: IosShell, match: Match) -> None:
    """``logging 10.0.0.1``: the old form of ``logging host 10.0.0.1``."""
    section = next(iter(shell.lines()))
    key = f"logging host {match['server']}"
    if match.negated or match.defaulted:
        section.remove(key)
    else:
        section.set(key, rank=rank_of(tables.TAIL, "logging host <server:host> ~ [<how:line>]", render.TAIL))


def vtp_mode(shell: IosShell, match: Match) -> str | None:
    """``vtp mode transparent``."""
    rank = rank_of(tables.HEAD, "vtp mode ~ {server|client|transparent|off}", render.HEAD)
    before = shell.device.config.vtp_mode
    keep_line(shell, match, rank, "off")
    mode = shell.device.config.vtp_mode
    if mode == "server":
        # the default, which IOS does not print
        shell.device.config.settings.remove("vtp mode")
    if mode == before:
        return f"Device mode already VTP {mode.capitalize()} for VLANS."
    return f"Setting device to VTP {mode.capitalize()} mode for VLANS."


_SPECIAL: dict[str, Handler] = {
    "username <name:word> ~ <how:line>": username,
    "enable secret ~ [<how:line>]": enable_password,
    "enable password ~ [<how:line>]": enable_password,
    "vtp mode ~ {server|client|transparent|off}": vtp_mode,
}


def global_commands() -> list[Command]:
    """Give all commands of global configuration."""
    return [
        Command("hostname <name:word>", hostname),
        Command("version <number:word>", version),
        Command("vlan <list:vlans>", vlan),
        Command("interface <name:interface>", interface),
        Command("interface range <rest:line>", interface_range),
        Command("ip access-list {standard|extended} <name:word>", access_list),
        Command("ip access-list resequence <name:word> <start:1-2147483647> <step:1-2147483647>", resequence),
        Command("ipv6 access-list <name:word>", access_list),
        Command("access-list <number:1-2699> ~ [<rest:line>]", numbered_entry),
        Command("line {con|aux|vty} <first:0-98> ~ [<last:0-98>]", line),
        Command("banner {motd|login|exec|incoming} ~ [<text:line>]", banner),
        Command("logging <server:ipv4>", logging_host),
        Command("ip route ~ <rest:line>", route4),
        Command("ipv6 route ~ <rest:line>", route6),
        *commands(tables.HEAD, render.HEAD, "head", _SPECIAL),
        *commands(tables.ROUTES, render.ROUTES, "routes"),
        *commands(tables.SSH, render.SSH, "ssh"),
        *commands(tables.TAIL, render.TAIL, "tail"),
        *commands(tables.LAST, render.LAST, "last"),
    ]


#: kept lines of a console or vty line
LINE_PASSWORD = Kept("password ~ <how:line>")


def line_password(shell: IosShell, match: Match) -> None:
    """``password WORD`` of a line."""
    for section in shell.lines():
        section.remove("password")
        if not (match.negated or match.defaulted):
            section.set("password", protect(match["how"], secret=False))


def line_commands() -> list[Command]:
    """Give all commands of a console or vty line."""
    return commands(tables.LINE, 0, "line.", {LINE_PASSWORD.syntax: line_password})
