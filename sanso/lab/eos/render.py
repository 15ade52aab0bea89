"""Configurations as text, in the order and form of EOS."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sanso.lab.eos.chassis import MODEL, VERSION
from sanso.lab.eos.vlans import format_list

if TYPE_CHECKING:
    from sanso.lab.eos.config import EosConfig
    from sanso.lab.tree import Entry

STEP = "   "

_SECRET = re.compile(r"(secret|password|key)( (?:sha512|7|8a|0))? \S+$")


def titled(config: EosConfig, command: str, body: list[str]) -> str:
    """Give a configuration's lines under the header ``show`` puts above them."""
    return "\n".join([f"! Command: {command}", f"! device: {config.hostname} ({MODEL}, EOS-{VERSION})", "!", *body])


def body(config: EosConfig) -> list[str]:
    """Give the lines of a configuration."""
    lines: list[str] = []
    before = ""
    for block in _blocks(config):
        group = _group(block)
        if lines and (len(block) > 1 or group != before):
            lines.append("!")
        lines.extend(block)
        before = group
    return [*lines, "!", "end"]


def _group(block: list[str]) -> str:
    """Give what lines must share to stand together without a bar between them."""
    if len(block) > 1 or block[0].startswith(("vlan ", "interface ")):
        return "\n".join(block)
    words = block[0].removeprefix("no ").split()
    return " ".join(words[:2] if words[0] in ("ip", "ipv6") else words[:1])


def _blocks(config: EosConfig) -> Iterator[list[str]]:
    """Give each top line with what stands below it; neighbouring VLANs without anything of their own share a line."""
    plain: list[int] = []
    for entry in config.root.ordered():
        number = _plain_vlan(entry)
        if number:
            plain.append(number)
            continue
        if plain:
            yield [f"vlan {format_list(plain)}"]
            plain = []
        yield list(block_lines(entry))
    if plain:
        yield [f"vlan {format_list(plain)}"]


def _plain_vlan(entry: Entry) -> int | None:
    word, _, number = entry.key.partition(" ")
    empty = entry.section is not None and not entry.section.entries
    return int(number) if word == "vlan" and empty and number.isdecimal() else None


def block_lines(entry: Entry, indent: str = "") -> Iterator[str]:
    """Give a line with all below it; a block within a block has a bar before it."""
    yield from (indent + entry.text).split("\n")
    if entry.section is None:
        return
    for below in entry.section.ordered():
        if below.section is not None:
            yield f"{indent}{STEP}!"
        yield from block_lines(below, indent + STEP)


def section(lines: list[str], pattern: str) -> list[str]:
    """Give whole blocks of which a line matches, as ``show running-config section`` does."""
    wanted = re.compile(pattern, re.IGNORECASE)
    kept: list[str] = []
    for block in blocks_of(lines):
        if any(wanted.search(line) for line in block):
            kept.extend(block)
    return kept


def blocks_of(lines: list[str]) -> list[list[str]]:
    """Part lines into top lines with what stands below each; bars are dropped."""
    blocks: list[list[str]] = []
    for line in lines:
        if line.startswith("!"):
            continue
        if line.startswith(" ") and blocks:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return blocks


def sanitized(lines: list[str]) -> list[str]:
    """Give lines without their secrets."""
    return [_SECRET.sub(r"\1\2 <removed>", line) for line in lines]


def differences(old: list[str], new: list[str], old_name: str, new_name: str) -> str:
    """Give a unified diff, empty when nothing differs."""
    return "\n".join(difflib.unified_diff(old, new, old_name, new_name, lineterm=""))
