"""Frames of sealed messages, as MS-WSMV 2.2.9.1 has them and as services are known to write them."""

from __future__ import annotations

import pytest

from sanso.wsman.sealing import framed, unframed

ABOUT = b"Content-Type: application/HTTP-SPNEGO-session-encrypted"
ORIGINAL = b"OriginalContent: type=application/soap+xml;charset=UTF-8;Length=5"
OCTETS = b"Content-Type: application/octet-stream"
BOUNDARY = 'boundary="Encrypted Boundary"'
SEALED = b"\x04\0\0\0sign" + b"HELLO"


class Upper:
    """Seals by writing in capitals."""

    mechanism, largest = "SPNEGO", 0

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        return b"sign", data.upper()

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data behind a signature."""
        assert signature == b"sign"
        return data.lower()


def frame(before: bytes, about: bytes = ABOUT, end: bytes = b"--Encrypted Boundary--\r\n") -> bytes:
    """A frame whose header fields have something before them."""
    head = [b"--Encrypted Boundary", before + about, before + ORIGINAL, b"--Encrypted Boundary", before + OCTETS, b""]
    return b"\r\n".join(head) + SEALED + end


def test_what_is_sent_has_nothing_before_its_fields() -> None:
    content_type, body = framed(b"hello", Upper())
    assert content_type == 'multipart/encrypted;protocol="application/HTTP-SPNEGO-session-encrypted";' + BOUNDARY
    assert body == frame(b"")


@pytest.mark.parametrize(
    "answer",
    [
        frame(b"\t"),  # Windows
        frame(b"", end=b"--Encrypted Boundary--\r\n\r\n"),  # OMI, NTLM or any other by Negotiate
        frame(b"", ABOUT.replace(b"SPNEGO", b"Kerberos"), b"--Encrypted Boundary--\r\n\r\n"),  # OMI, Kerberos
    ],
)
def test_what_services_write_is_read(answer: bytes) -> None:
    assert unframed(answer, Upper()) == b"hello"
