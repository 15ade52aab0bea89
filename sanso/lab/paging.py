"""Output a screen at a time."""

MORE = " --More-- "
_WIPE = "\b" * 10 + " " * 10 + "\b" * 10


class Pager:
    """Hands out a text's lines by the screen; keys say how to go on."""

    def __init__(self, text: str, height: int) -> None:
        self._lines = text.split("\n")
        self._screen = max(1, height - 1)
        self._at = 0

    @property
    def done(self) -> bool:
        """Whether all was shown."""
        return self._at >= len(self._lines)

    def start(self) -> str:
        """Give the first screen."""
        return self._next(self._screen)

    def key(self, key: str) -> str:
        """Give what a key brings: space a screen, Enter a line, anything else the end."""
        if key == " ":
            return _WIPE + self._next(self._screen)
        if key in "\r\n":
            return _WIPE + self._next(1)
        self._at = len(self._lines)
        return _WIPE

    def _next(self, count: int) -> str:
        lines = self._lines[self._at : self._at + count]
        self._at += len(lines)
        return "".join(line + "\r\n" for line in lines) + ("" if self.done else MORE)
