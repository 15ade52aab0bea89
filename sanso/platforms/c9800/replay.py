"""What a configuration becomes with each command that this platform's methods give.

A command that is not among those is refused with ``ReplayError``: it is then not known what the controller holds.
"""

from __future__ import annotations

import re

from sanso.network.wireless import PLACEHOLDER
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import WORD, Line, begins, shown, undo
from sanso.platforms.c9800.security import DEFAULT, KNOBS
from sanso.platforms.platform import ReplayError

_BLOCKS = re.compile(
    r"radius server \S+|aaa group server radius \S+|parameter-map type webauth \S+|policy-map \S+"
    r"|wireless profile (?:policy|flex) \S+|wireless profile calender-profile name \S+"
    r"|wireless tag (?:policy|site|rf) \S+|ap dot11 \w+ rf-profile \S+|ap [0-9a-f.]{14}"
    rf"|wlan {WORD} \d+ .+"
)
_LINES = re.compile(r"aaa authentication dot1x \S+ group \S+")
_WLAN = re.compile(rf"wlan (?P<name>{WORD})")
_ONE = (
    "24ghz-rf-policy", "5ghz-rf-policy", "6ghz-rf-policy", "action", "address ipv4", "address ipv6",
    "channel chan-width", "conform-action", "exceed-action", "flex-profile", "key", "native-vlan-id", "peer-blocking",
    "police", "policy-tag", "recurrance", "redirect for-login", "redirect portal ipv4", "rf-tag",
    "security dot1x authentication-list", "security pmf", "security web-auth parameter-map",
    "security wpa psk set-key", "service-policy client input", "service-policy client output", "server-private",
    "site-tag", "start",
    "tx-power max", "type", "vlan", "vlan-id",
)  # fmt: skip
"""Settings of which a block has one: another value takes the place of the first."""
_MANY = ("calender-profile name", "class", "day", "radio policy dot11", "server name", "vlan-name", "wlan")
_QUOTED = re.compile(r'(?<= )"[^"?]*"(?= |$)')
_UNTYPED = re.compile(r'["?]')
"""A question mark asks for help, and a quotation mark ends a name."""
_SECRET = re.compile(r"key <|security wpa psk set-key ")
_CHANNEL = re.compile(r"channel (?:add|remove) (?P<number>\d+)")
_ON = frozenset({*KNOBS[DEFAULT], "central association", "central dhcp", "central switching", "local-site"}) | {
    "security ft adaptive"
}
"""Settings that are on where nothing is said; what is shown is that they are not."""
_OFF = frozenset({"aaa-override", "security web-auth", *(knob for knobs in KNOBS.values() for knob in knobs)}) - _ON


class Replay:
    """A configuration in configuration mode.

    Raises:
        ParseError: the text is no whole running configuration.
    """

    def __init__(self, text: str) -> None:
        self._top = Config(text).lines
        self._stack: list[Line] = []

    @property
    def text(self) -> str:
        """The whole configuration as it now is."""
        return "\n".join([*shown(self._top), ""])

    def block(self, head: str) -> str:
        """One block alone, by the line that enters or removes it."""
        name = head.removeprefix("no ")
        return "\n".join([*shown(line for line in self._top if line.text == name), "end", ""])

    def send(self, command: str) -> None:
        """Take a command; its indentation says how deep it stands.

        Raises:
            ReplayError: what the command does is not known.
        """
        depth, typed = len(command) - len(command.lstrip()), command.strip()
        if _UNTYPED.search(_QUOTED.sub("", typed)) or (PLACEHOLDER.search(typed) and not _SECRET.match(typed)):
            raise ReplayError(f"{typed!r} cannot be typed")
        if typed == "exit":
            del self._stack[depth - 1 :]
        elif depth > len(self._stack):
            raise ReplayError(f"{typed!r} stands below no line that is known here")
        else:
            del self._stack[depth:]
            self._inside(self._stack[-1], typed) if depth else self._at_top(typed)

    # ----- at the top -----------------------------------------------------------------------------------------

    def _at_top(self, command: str) -> None:
        positive = command.removeprefix("no ")
        if (found := _WLAN.fullmatch(positive)) is not None:
            self._wlan(found["name"], gone=command != positive)
        elif _BLOCKS.fullmatch(positive) or _LINES.fullmatch(positive):
            held = [line for line in self._top if line.text == positive]
            if command != positive:
                self._remove(held)
            else:
                self._stack.append(held[0] if held else self._add(positive))
        elif any(line.text == positive for line in self._top) and command != positive:
            self._remove([line for line in self._top if line.text == positive])
        else:
            raise ReplayError(f"{command!r} is no command that is known here")

    def _wlan(self, name: str, *, gone: bool) -> None:
        held = [line for line in self._top if line.text.startswith(f"wlan {name} ")]
        if not held:
            raise ReplayError(f"the configuration has no WLAN {name}")
        if gone:
            self._remove(held)
        else:
            self._stack.append(held[0])

    def _add(self, text: str) -> Line:
        line = Line(text)
        self._top.insert(next(at for at, one in enumerate(self._top) if one.text == "end"), line)
        return line

    def _remove(self, gone: list[Line]) -> None:
        self._top[:] = [line for line in self._top if not any(line is one for one in gone)]

    # ----- below ----------------------------------------------------------------------------------------------

    def _inside(self, block: Line, command: str) -> None:
        positive = command.removeprefix("no ")
        start = next((one for one in _ONE if begins(positive, one)), None)
        if positive == "shutdown":
            _put(block, {"shutdown", "no shutdown"}, command)
        elif positive in _ON | _OFF:
            _put(block, {positive, f"no {positive}"}, command if (command == positive) != (positive in _ON) else None)
        elif (channel := _CHANNEL.fullmatch(command)) is not None:
            _put(block, {f"channel {verb} {channel['number']}" for verb in ("add", "remove")}, command)
        elif start is not None:
            gone = {line.text for line in block.children if begins(line.text, start)}
            self._enter(_put(block, gone, command if command == positive else None))
        elif any(line.text == undo(command) for line in block.children):
            _put(block, {undo(command)}, None)
        elif any(begins(positive, one) for one in _MANY):
            self._enter(_put(block, {positive} - {command}, command if command == positive else None))
        else:
            raise ReplayError(f"{command!r} in {block.text!r} is no command that is known here")

    def _enter(self, line: Line | None) -> None:
        if line is not None:
            self._stack.append(line)


def _put(block: Line, gone: set[str], text: str | None) -> Line | None:
    """Take lines away, and put one in their place; a line that is there stays, with what is below it."""
    held = next((line for line in block.children if line.text == text), None)
    block.children[:] = [line for line in block.children if line is held or line.text not in gone]
    if text is None or held is not None:
        return held if text is not None else None
    block.children.append(Line(text))
    return block.children[-1]
