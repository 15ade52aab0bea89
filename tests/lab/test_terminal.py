"""The typing side: lines and keys out of bytes, with the echo a device gives."""

import pytest

from sanso.lab.paging import Pager
from sanso.lab.terminal import Key, LineEditor


class Typing:
    """An editor, what it echoed, and what came of it."""

    def __init__(self) -> None:
        self.echoed = ""
        self.editor = LineEditor(self._write)

    def _write(self, text: str) -> None:
        self.echoed += text

    def type(self, data: bytes, echo: bool = True) -> list[str | Key]:
        self.editor.feed(data)
        results = []
        while (result := self.editor.step(echo)) is not None:
            results.append(result)
        return results


@pytest.fixture
def typing() -> Typing:
    return Typing()


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_lines_end_in_any_way(typing: Typing, end: bytes) -> None:
    assert typing.type(b"one" + end + b"two" + end + b"thr") == ["one", "two"]
    assert typing.type(b"ee" + end) == ["three"]


def test_a_block_is_worked_through_line_by_line(typing: Typing) -> None:
    typing.editor.feed(b"first\nsecond\n")
    assert typing.editor.step(True) == "first"
    assert typing.echoed == "first\r\n"
    assert typing.editor.step(True) == "second"
    assert typing.echoed == "first\r\nsecond\r\n"


def test_letters_of_all_tongues(typing: Typing) -> None:
    assert typing.type("description 保育所　東\n".encode()) == ["description 保育所　東"]
    half = "層\n".encode()
    assert typing.type(half[:2]) == []
    assert typing.type(half[2:]) == ["層"]


def test_a_password_is_not_echoed_nor_remembered(typing: Typing) -> None:
    assert typing.type(b"secret?\n", echo=False) == ["secret?"]
    assert typing.echoed == "\r\n"
    assert typing.type(b"\x1b[A\n") == [""]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (b"shoe\x7fw\n", "show"),
        (b"show run\x17vlan\n", "show vlan"),
        (b"nonsense\x15show\n", "show"),
        (b"\x7f\x7fshow\n", "show"),
    ],
)
def test_typing_is_mended(typing: Typing, typed: bytes, line: str) -> None:
    assert typing.type(typed) == [line]


def test_lines_are_recalled(typing: Typing) -> None:
    typing.type(b"one\ntwo\n")
    assert typing.type(b"\x1b[A\x1b[A\n") == ["one"]
    assert typing.type(b"\x1bOA\x1b[A\x1b[B!\n") == ["one!"]


@pytest.mark.parametrize(
    ("typed", "key"),
    [(b"?", Key.HELP), (b"\t", Key.TAB), (b"\x03", Key.INTERRUPT), (b"\x1a", Key.END), (b"\x04", Key.EOF)],
)
def test_keys_act_at_once(typing: Typing, typed: bytes, key: Key) -> None:
    assert typing.type(typed) == [key]


def test_a_screen_at_a_time() -> None:
    pager = Pager("\n".join("abcdef"), height=3)
    assert pager.start() == "a\r\nb\r\n --More-- "
    assert pager.key("\r").endswith("c\r\n --More-- ")
    assert pager.key(" ").endswith("d\r\ne\r\n --More-- ")
    assert not pager.done
    assert pager.key("q").endswith("\b")
    assert pager.done
