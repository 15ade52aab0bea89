"""Messages sealed by SPNEGO or CredSSP: multipart/encrypted, as MS-WSMV 2.2.9.1 frames them."""

from __future__ import annotations

import re
import struct
from typing import Protocol

BOUNDARY = b"--Encrypted Boundary"
LARGEST_RECORD = 16 * 1024
"""Bytes of a message in one part, where they are sealed by CredSSP."""
_LENGTH = re.compile(rb"OriginalContent:[^\r\n]*;\s*Length=(\d+)", re.IGNORECASE)
_OCTETS = b"Content-Type: application/octet-stream\r\n"


class SealError(ValueError):
    """A message that was not sealed for this connection, or is not framed as one."""


class Sealer(Protocol):
    """What a security context does with messages: the signature is apart from the data."""

    def seal(self, data: bytes) -> tuple[bytes, bytes]:
        """Signature and sealed data."""
        ...

    def open(self, signature: bytes, data: bytes) -> bytes:
        """The data; raises :class:`SealError` where the signature does not fit."""
        ...


def is_sealed(content_type: str) -> bool:
    """Whether a message says that it is sealed."""
    return content_type.lower().startswith(("multipart/encrypted", "multipart/x-multi-encrypted"))


def framed(message: bytes, sealer: Sealer, *, credssp: bool = False) -> tuple[str, bytes]:
    """Content type and body of a message, sealed and framed."""
    mechanism = f"application/HTTP-{'CredSSP' if credssp else 'SPNEGO'}-session-encrypted"
    pieces = [message[at : at + LARGEST_RECORD] for at in range(0, len(message), LARGEST_RECORD)]
    if not credssp or not pieces:
        pieces = [message]
    body = b"".join(_part(piece, sealer, mechanism) for piece in pieces) + BOUNDARY + b"--\r\n"
    kind = "multipart/encrypted" if len(pieces) == 1 else "multipart/x-multi-encrypted"
    return f'{kind};protocol="{mechanism}";boundary="Encrypted Boundary"', body


def _part(piece: bytes, sealer: Sealer, mechanism: str) -> bytes:
    signature, data = sealer.seal(piece)
    return b"".join(
        [
            BOUNDARY + b"\r\n",
            f"\tContent-Type: {mechanism}\r\n".encode(),
            f"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length={len(piece)}\r\n".encode(),
            BOUNDARY + b"\r\n",
            b"\t" + _OCTETS,
            struct.pack("<I", len(signature)) + signature + data,
        ]
    )


def unframed(body: bytes, sealer: Sealer, *, credssp: bool = False) -> bytes:
    """The message in a frame; with CredSSP it may stand in several parts.

    Raises:
        SealError: it is not framed, not sealed for this connection, or of another length than it says.
    """
    if not credssp:
        return _opened(body, body.rfind(BOUNDARY + b"--"), sealer)
    found = []
    while not body.startswith(BOUNDARY + b"--"):
        end = _end_of_records(body)
        found.append(_opened(body, end, sealer))
        body = body[end:]
    return b"".join(found)


def _end_of_records(body: bytes) -> int:
    """Where the sealed data of the first part end: they are records of TLS, which tell their own length."""
    at = body.find(_OCTETS)
    if at < 0:
        raise SealError("no frame")
    at += len(_OCTETS) + 4
    while 0x14 <= (body[at] if at < len(body) else 0) <= 0x17:
        at += 5 + int.from_bytes(body[at + 3 : at + 5])
    return at


def _opened(body: bytes, end: int, sealer: Sealer) -> bytes:
    """The message in the first part, whose sealed data end there."""
    length = _LENGTH.search(body)
    start = body.find(_OCTETS)
    if length is None or start < 0 or end < start:
        raise SealError("no frame")
    sealed = body[start + len(_OCTETS) : end]
    if len(sealed) < 4:
        raise SealError("no signature")
    (size,) = struct.unpack("<I", sealed[:4])
    message = sealer.open(sealed[4 : 4 + size], sealed[4 + size :])
    if len(message) != int(length[1]):
        raise SealError(f"{length[1].decode()} bytes announced, {len(message)} found")
    return message
