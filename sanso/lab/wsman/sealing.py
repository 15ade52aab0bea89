"""Messages sealed by SPNEGO: multipart/encrypted, as MS-WSMV 2.2.9.1 frames them."""

from __future__ import annotations

import re
import struct
from typing import Protocol

BOUNDARY = b"--Encrypted Boundary"
MECHANISM = "application/HTTP-SPNEGO-session-encrypted"
CONTENT_TYPE = f'multipart/encrypted;protocol="{MECHANISM}";boundary="Encrypted Boundary"'
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
    return content_type.lower().startswith("multipart/encrypted")


def framed(message: bytes, sealer: Sealer) -> bytes:
    """A message, sealed and framed."""
    signature, data = sealer.seal(message)
    return b"".join(
        [
            BOUNDARY + b"\r\n",
            f"\tContent-Type: {MECHANISM}\r\n".encode(),
            f"\tOriginalContent: type=application/soap+xml;charset=UTF-8;Length={len(message)}\r\n".encode(),
            BOUNDARY + b"\r\n",
            b"\t" + _OCTETS,
            struct.pack("<I", len(signature)) + signature + data,
            BOUNDARY + b"--\r\n",
        ]
    )


def unframed(body: bytes, sealer: Sealer) -> bytes:
    """The message in a frame.

    Raises:
        SealError: it is not framed, not sealed for this connection, or of another length than it says.
    """
    length = _LENGTH.search(body)
    start = body.find(_OCTETS)
    end = body.rfind(BOUNDARY + b"--")
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
