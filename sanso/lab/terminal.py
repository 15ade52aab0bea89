"""The typing side of a terminal: bytes in, edited lines out, with the echo a device gives."""

import codecs
import re
from collections.abc import Callable
from enum import Enum, auto


class Key(Enum):
    """Keys that act without a line end."""

    INTERRUPT = auto()
    END = auto()
    HELP = auto()
    TAB = auto()
    EOF = auto()


#: characters that do more than stand in the line
_ACTING = re.compile(r"[\x00-\x1f\x7f-\x9f?]")
_ERASE = "\b \b"
_CONTROL = {"\x03": Key.INTERRUPT, "\x1a": Key.END, "\t": Key.TAB}


class LineEditor:
    """Collects typed characters into a line.

    :meth:`feed` only takes bytes in; :meth:`step` works through them until a line or a key is ready and
    returns it, so that each command is answered before what was typed after it is echoed.
    """

    def __init__(self, write: Callable[[str], None], history: int = 50) -> None:
        self.write = write
        self.line = ""
        self.pending = ""
        self.history: list[str] = []
        self._history_size = history
        self._recall = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._after_return = False
        self._escape = ""

    def feed(self, data: bytes) -> None:
        """Take in what was typed."""
        self.pending += self._decoder.decode(data)

    def take_key(self) -> str:
        """Take one waiting character, for a pager."""
        key, self.pending = self.pending[:1], self.pending[1:]
        return key

    def step(self, echo: bool) -> str | Key | None:
        """Work on until a line (its text) or a key is ready; ``None`` when all that was typed is used up."""
        pending, at = self.pending, 0
        while at < len(pending):
            found = None if self._escape else _ACTING.search(pending, at)
            end = at if self._escape else found.start() if found else len(pending)
            self._insert(pending[at:end], echo)
            at = end + 1
            result = self._control(pending[end], echo) if end < len(pending) else None
            if result is not None:
                self.pending = pending[at:]
                return result
        self.pending = ""
        return None

    def reset(self) -> str:
        """Begin a new line and give the old one."""
        line, self.line = self.line, ""
        self._recall = len(self.history)
        return line

    def _insert(self, text: str, echo: bool) -> None:
        if text:
            self.line += text
            self._after_return = False
            if echo:
                self.write(text)

    def _control(self, char: str, echo: bool) -> str | Key | None:
        after_return, self._after_return = self._after_return, char == "\r"
        if self._escape:
            self._escape_sequence(char, echo)
        elif char == "\n" and after_return:
            return None
        elif char in "\r\n":
            self.write("\r\n")
            line = self.reset()
            if echo and line.strip():
                self.history = [*self.history[-self._history_size + 1 :], line]
                self._recall = len(self.history)
            return line
        elif char == "\x1b":
            self._escape = char
        elif char == "?":
            if echo:
                return Key.HELP
            self._insert(char, echo)
        elif char == "\x04" and not self.line:
            return Key.EOF
        elif char in _CONTROL:
            return _CONTROL[char]
        else:
            self._edit(char, echo)
        return None

    def _edit(self, char: str, echo: bool) -> None:
        if char in "\b\x7f":
            self._erase(1, echo)
        elif char == "\x15":
            self._erase(len(self.line), echo)
        elif char == "\x17":
            kept = self.line.rstrip()
            self._erase(len(self.line) - (kept.rfind(" ") + 1), echo)

    def _erase(self, count: int, echo: bool) -> None:
        count = min(count, len(self.line))
        self.line = self.line[: len(self.line) - count]
        if echo:
            self.write(_ERASE * count)

    def _escape_sequence(self, char: str, echo: bool) -> None:
        self._escape += char
        if len(self._escape) == 2 and char in "[O":
            return
        if self._escape[-1] in "AB" and echo:
            self._step_history(-1 if self._escape[-1] == "A" else 1)
        if char.isalpha() or char == "~" or len(self._escape) > 8:
            self._escape = ""

    def _step_history(self, by: int) -> None:
        self._recall = max(0, min(len(self.history), self._recall + by))
        self._erase(len(self.line), True)
        recalled = self.history[self._recall] if self._recall < len(self.history) else ""
        self.line = recalled
        self.write(recalled)
