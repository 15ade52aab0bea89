"""Messages sealed by a security context, framed as multipart/encrypted (MS-WSMV 2.2.9.1)."""

from __future__ import annotations

import re
import struct
from typing import Protocol

from sanso.wsman.errors import WsmanError

MECHANISM = "application/HTTP-SPNEGO-session-encrypted"
CONTENT_TYPE = f'multipart/encrypted;protocol="{MECHANISM}";boundary="Encrypted Boundary"'
_BOUNDARY = b"--Encrypted Boundary"
_HEAD = re.compile(
    rb"--Encrypted Boundary\r\n(?P<about>[^\0]{1,500}?)--Encrypted Boundary\r\n"
    rb"[ \t]*Content-Type:[ \t]*application/octet-stream\r\n",
    re.IGNORECASE,
)
_LENGTH = re.compile(rb"OriginalContent:[^\r\n]*?;[ \t]*Length=(\d{1,9})\b", re.IGNORECASE)
_LONGEST_SIGNATURE = 1024


class Sealer(Protocol):
    """What a security context does with messages; the signature is apart from the data."""

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        ...

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data; raises :class:`WsmanError` where the signature does not fit."""
        ...


def is_sealed(content_type: str) -> bool:
    """Whether an answer says that it is sealed."""
    return content_type.lstrip().lower().startswith(("multipart/encrypted", "multipart/x-multi-encrypted"))


def framed(message: bytes, sealer: Sealer) -> bytes:
    """A message, sealed and framed."""
    signature, data = sealer.seal(message)
    about = f"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length={len(message)}\r\n".encode()
    return b"".join(
        [
            _BOUNDARY + b"\r\n",
            f"\tContent-Type: {MECHANISM}\r\n".encode() + about,
            _BOUNDARY + b"\r\n\tContent-Type: application/octet-stream\r\n",
            struct.pack("<I", len(signature)) + signature + data,
            _BOUNDARY + b"--\r\n",
        ]
    )


def unframed(body: bytes, sealer: Sealer) -> bytes:
    """The message in a frame, or in several, one after the other.

    Where a part ends is told by its length, and never looked for: sealed bytes may be anything.

    Raises:
        WsmanError: it is not framed, cut off, not sealed for this connection, or of another length than it says.
    """
    found, at = [], 0
    while head := _HEAD.match(body, at):
        message, at = _part(body, head, sealer)
        found.append(message)
        if body.startswith(_BOUNDARY + b"--", at):
            return b"".join(found)
    raise _broken("no frame" if not found else "no end of the frame")


def _part(body: bytes, head: re.Match[bytes], sealer: Sealer) -> tuple[bytes, int]:
    """One message, and where its part ends."""
    length = _LENGTH.search(head["about"])
    if length is None:
        raise _broken("no length")
    start = head.end()
    (size,) = struct.unpack("<I", body[start : start + 4].ljust(4, b"\0"))
    end = start + 4 + size + int(length[1])
    if not 0 < size <= _LONGEST_SIGNATURE or end > len(body):
        raise _broken("cut off")
    sealed = body[start + 4 : end]
    return sealer.open(sealed[:size], sealed[size:]), end


def _broken(detail: str) -> WsmanError:
    return WsmanError("answer", f"a sealed answer: {detail}")
