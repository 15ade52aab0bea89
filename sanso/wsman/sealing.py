"""Messages sealed by a security context, framed as multipart/encrypted (MS-WSMV 2.2.9.1)."""

from __future__ import annotations

import re
import struct
from typing import Protocol

from sanso.wsman.errors import WsmanError

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

    @property
    def mechanism(self) -> str:
        """``SPNEGO``, where sealed data are as long as the data; or ``CredSSP``, where they are records of TLS."""
        ...

    @property
    def largest(self) -> int:
        """Bytes that may be sealed at once; 0 where there is no limit."""
        ...

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        ...

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data; raises :class:`WsmanError` where the signature does not fit."""
        ...


def is_sealed(content_type: str) -> bool:
    """Whether an answer says that it is sealed."""
    return content_type.lstrip().lower().startswith(("multipart/encrypted", "multipart/x-multi-encrypted"))


def framed(message: bytes, sealer: Sealer) -> tuple[str, bytes]:
    """Content type and body of a message, sealed; in several parts where it is too long for one."""
    size = sealer.largest or len(message) or 1
    parts = [message[at : at + size] for at in range(0, len(message), size)] or [b""]
    kind = "encrypted" if len(parts) == 1 else "x-multi-encrypted"
    protocol = f"application/HTTP-{sealer.mechanism}-session-encrypted"
    content_type = f'multipart/{kind};protocol="{protocol}";boundary="Encrypted Boundary"'
    body = b"".join(_framed_part(part, sealer, protocol) for part in parts)
    return content_type, body + _BOUNDARY + b"--\r\n"


def _framed_part(part: bytes, sealer: Sealer, protocol: str) -> bytes:
    """A message, or a part of it, sealed.

    Header fields begin their line: Windows puts a tab before them, but what begins with one only goes on with the
    line before it (RFC 5322, 2.2.3), and OMI ends the connection.
    """
    signature, data = sealer.seal(part)
    about = f"OriginalContent: type=application/soap+xml;charset=UTF-8;Length={len(part)}\r\n".encode()
    return b"".join(
        [
            _BOUNDARY + b"\r\n",
            f"Content-Type: {protocol}\r\n".encode() + about,
            _BOUNDARY + b"\r\nContent-Type: application/octet-stream\r\n",
            struct.pack("<I", len(signature)) + signature + data,
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
    start = head.end() + 4
    (size,) = struct.unpack("<I", body[head.end() : start].ljust(4, b"\0"))
    of_records = sealer.mechanism == "CredSSP"
    end = _end_of_records(body, start) if of_records else start + size + int(length[1])
    if not 0 < size <= _LONGEST_SIGNATURE or end > len(body):
        raise _broken("cut off")
    message = sealer.open(body[start : start + size], body[start + size : end])
    if len(message) != int(length[1]):
        raise _broken(f"{length[1].decode()} bytes announced, {len(message)} found")
    return message, end


def _end_of_records(body: bytes, at: int) -> int:
    """Where records of TLS end: each tells its own length (RFC 8446, 5.1), and none begins as a boundary does."""
    while at < len(body) and not body.startswith(_BOUNDARY, at):
        at += 5 + int.from_bytes(body[at + 3 : at + 5])
    return at


def _broken(detail: str) -> WsmanError:
    return WsmanError("answer", f"a sealed answer: {detail}")
