"""Commands of global configuration that do more than keep a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanso.lab.eos import routing, tables
from sanso.lab.eos.acl import Draft
from sanso.lab.eos.config import BANNERS, HEAD, INSTANCES, ROUTES, ROUTING, TAIL, Interface
from sanso.lab.eos.names import VIRTUAL, full_name
from sanso.lab.eos.secrets import sha512
from sanso.lab.eos.shell import Blocks
from sanso.lab.grammar import Command, Handler, IncompleteCommand, InvalidInput, Match
from sanso.lab.keep import GAP, commands
from sanso.lab.vlanlist import parse_list

if TYPE_CHECKING:
    from sanso.lab.eos.shell import EosShell

_PASSWORD, _USER = "enable password ~ <how:line>", "username <name:word> ~ <how:line>"


def vlan(shell: EosShell, match: Match) -> str | None:
    """``vlan 10,20-22``: make VLANs and configure them; ``no`` removes them."""
    numbers = sorted(parse_list(match["list"]) or ())
    if match.negated or match.defaulted:
        for number in numbers:
            shell.config.root.remove(f"vlan {number}")
        return "% Default VLAN 1 cannot be deleted" if 1 in numbers else None
    for number in numbers:
        shell.config.open_vlan(number)
    shell.go("vlan", Blocks((f"vlan {number}" for number in numbers), match["list"]))
    return None


def interface(shell: EosShell, match: Match) -> str | None:
    """``interface NAME``: configure it, made if it is a virtual one; ``no`` removes a virtual one."""
    config = shell.config
    names = match["names"].split(",")
    present = [f"interface {name}" in config.root for name in names]
    if not all(there or config.may_create(name) for there, name in zip(present, names, strict=True)):
        raise InvalidInput(match.line.words[-1].start)
    if match.negated:
        return next(filter(None, (_remove(shell, name) for name in names)), None)
    ports = [config.open_interface(name) for name in names]
    if match.defaulted:
        for port in ports:
            port.lines.entries.clear()
        return None
    shell.go("if", Blocks((f"interface {name}" for name in names), _label(ports)))
    return None


def _label(ports: list[Interface]) -> str:
    """Give the prompt's name of one interface or of a range: ``Et1``, ``Et1-4``, ``Et1,Vl10``."""
    first, last = ports[0].name, ports[-1].name
    if len(ports) == 1:
        return first.short
    numbers = [port.name.number for port in ports]
    row = first.kind == last.kind and all(number.isdecimal() for number in numbers)
    if row and [int(number) for number in numbers] == list(range(int(first.number), int(last.number) + 1)):
        return f"{first.short}-{last.number}"
    return ",".join(port.name.short for port in ports)


def _remove(shell: EosShell, name: str) -> str | None:
    if full_name(name).kind not in VIRTUAL and "." not in name:
        return "% Removal of physical interfaces is not permitted"
    for member in shell.config.members(name):
        for entry in list(member.lines.under("channel-group")):
            member.lines.remove(entry.key)
    shell.config.root.remove(f"interface {name}")
    return None


def access_list(shell: EosShell, match: Match) -> None:
    """``ip access-list NAME``, ``ipv6 access-list NAME``: write a list; ``no`` removes it."""
    family = match.key.split()[0]
    if match.negated or match.defaulted:
        shell.config.root.remove(f"{family} access-list {match['name']}")
        return
    # the list that is being written so far is put down first, as it may be this one
    shell.go("config")
    shell.go("acl6" if family == "ipv6" else "acl", Draft(shell.config, family, match["name"]))


def protect(typed: str) -> str:
    """Give what the configuration keeps of a typed password, which may be hashed already.

    Raises:
        IncompleteCommand: when a kind of password is named and no password.
    """
    kind, _, text = typed.partition(" ")
    if kind in ("sha512", "0", "5", "7") and not text:
        raise IncompleteCommand
    if kind in ("sha512", "5", "7"):
        return f"{kind} {text}"
    return f"sha512 {sha512(text if kind == '0' else typed)}"


def enable_password(shell: EosShell, match: Match) -> None:
    """``enable password [0|sha512] WORD``."""
    root = shell.config.root
    root.remove(match.key)
    if not (match.negated or match.defaulted):
        root.set(match.key, protect(match["how"]), _rank(_PASSWORD))


def username(shell: EosShell, match: Match) -> None:
    """``username NAME [privilege N] [role NAME] {nopassword | secret [0|sha512] WORD}``."""
    root = shell.config.root
    if match.negated or match.defaulted:
        root.remove(match.key)
        return
    words = match["how"].split()
    kept = _user_words(root.value(match.key).split()) | _user_words(words)
    if not kept:
        raise InvalidInput(len(match.line.raw) - len(match["how"]))
    if "secret" in words:
        kept.pop("nopassword", None)
    order = ("privilege", "role", "nopassword", "secret")
    shown = " ".join(f"{word} {kept[word]}".rstrip() for word in order if word in kept)
    root.set(match.key, shown, _rank(_USER))


def _user_words(words: list[str]) -> dict[str, str]:
    kept: dict[str, str] = {}
    at = 0
    while at < len(words):
        if words[at] == "nopassword":
            kept["nopassword"] = ""
            at += 1
        elif words[at] == "secret":
            kept["secret"] = protect(" ".join(words[at + 1 :]))
            break
        elif words[at] in ("privilege", "role") and at + 1 < len(words):
            kept[words[at]] = words[at + 1]
            at += 2
        else:
            return {}
    return kept


def banner(shell: EosShell, match: Match) -> str | None:
    """``banner login``: the lines that follow, up to ``EOF``."""
    root = shell.config.root
    if match.negated or match.defaulted:
        root.remove(match.key)
        return None
    lines: list[str] = []

    def take(line: str) -> bool:
        if line.strip() == "EOF":
            text = "\n".join(lines)
            root.set(match.key, text, BANNERS, shown=f"{match.key}\n{text}\nEOF")
            return True
        lines.append(line)
        return False

    shell.gather(take)
    return "Enter TEXT message. Type 'EOF' on its own line to end."


def _rank(syntax: str) -> int:
    return HEAD + GAP * next(place for place, row in enumerate(tables.HEAD) if row.syntax == syntax)


_SPECIAL: dict[str, Handler] = {_PASSWORD: enable_password, _USER: username}


def global_commands() -> list[Command]:
    """Give all commands of global configuration."""
    return [
        Command("vlan <list:vlans>", vlan),
        Command("interface [range] <names:interfaces>", interface),
        Command("{ip|ipv6} access-list <name:word>", access_list),
        Command("banner {login|motd}", banner),
        *commands(tables.HEAD, HEAD, "head", _SPECIAL),
        *commands(tables.INSTANCES, INSTANCES, "instances"),
        *commands(tables.ROUTES, ROUTES, "routes"),
        *commands(routing.ROUTING, ROUTING, "routing"),
        *commands(tables.TAIL, TAIL, "tail"),
    ]
