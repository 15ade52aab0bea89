"""Answers that nobody thought of: they are read, or a WsmanError says that they cannot be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanso.wsman.answers import raise_fault, read_instance, read_output, read_page
from sanso.wsman.client import Client
from sanso.wsman.errors import WsmanError
from sanso.wsman.sealing import framed, unframed
from tests.wsman.conftest import Lab, Says, endpoint

GOLDEN = [file.read_bytes() for file in sorted((Path(__file__).parent / "golden" / "answers").iterdir())]


@st.composite
def changed(draw: st.DrawFn, whole: bytes) -> bytes:
    """Bytes with some pieces left out, doubled or replaced."""
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(whole)))
        end = draw(st.integers(start, min(len(whole), start + 40)))
        piece = whole[start:end]
        new = draw(
            st.sampled_from([b"", piece * 2, b"<", b">", b"&#0;", b"\xff", b"-1", b"1" * 30]) | st.binary(max_size=8)
        )
        whole = whole[:start] + new + whole[end:]
    return whole


def trouble(read: Callable[[bytes], object], answer: bytes) -> WsmanError | None:
    """What reading ends in; anything but a WsmanError is the test's."""
    try:
        read(answer)
    except WsmanError as error:
        return error
    return None


@given(st.sampled_from(GOLDEN).flatmap(changed))
@settings(max_examples=400, deadline=None)
def test_answers(answer: bytes) -> None:
    for read in (read_page, read_instance, lambda one: read_output(one, "Activate"), raise_fault):
        code = error.hresult if (error := trouble(read, answer)) else None
        assert code is None or 0 <= code <= 0xFFFFFFFF


class Plain:
    """Seals nothing, and so lets every byte through to where frames are read."""

    mechanism, largest = "SPNEGO", 0

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        return b"signature", data

    def open(self, signature: bytes, data: bytes) -> bytes:
        if signature != b"signature":
            raise WsmanError("answer", "another signature")
        return data


@given(st.binary(max_size=300), st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_what_is_framed_comes_out_again(one: bytes, two: bytes) -> None:
    """Several parts as well; whatever bytes are in them, boundaries and all."""
    for message in (one, one + b"--Encrypted Boundary\r\n--Encrypted Boundary--\r\n"):
        assert unframed(framed(message, Plain())[1], Plain()) == message
        end = len(b"--Encrypted Boundary--\r\n")
        assert unframed(framed(message, Plain())[1][:-end] + framed(two, Plain())[1], Plain()) == message + two


@given(changed(framed(b"<message/>", Plain())[1]))
@settings(max_examples=400, deadline=None)
def test_frames(body: bytes) -> None:
    error = trouble(lambda one: unframed(one, Plain()), body)
    assert error is None or error.cause == "answer"


@pytest.fixture(scope="module")
def somebody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Says, int]]:
    lab = Lab(tmp_path_factory.mktemp("lab"))
    says = Says(b"", "close")
    port = lab.run(says.start())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sanso.wsman.transport.MARGIN", 0.1)
        yield says, port
    lab.run(says.close())
    lab.run(asyncio.sleep(0))
    lab.close()


CHALLENGE = (
    b"HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Negotiate TlRMTVNTUAACAAAADAAMADgAAAAzgoriASNFZ4mrze8AAAAAAAAA"
    b"ACQAJABEAAAABgBwFwAAAA9TAGUAcgB2AGUAcgACAAwARABvAG0AYQBpAG4AAQAMAFMAZQByAHYAZQByAAAAAAA=\r\n"
    b"Content-Length: 0\r\n\r\n"
)


@given(changed(CHALLENGE), st.sampled_from(["stay", "close", "reset"]))
@settings(max_examples=60, deadline=None)
def test_whatever_comes_in_place_of_a_login(somebody: tuple[Says, int], answer: bytes, then: str) -> None:
    says, port = somebody
    says.answer, says.then = answer, then
    with pytest.raises(WsmanError), Client(endpoint(port, timeout=0.1)) as client:
        client.query("SELECT Name FROM Win32_Service")
