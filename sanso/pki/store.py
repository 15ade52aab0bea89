"""The folder of the city's authorities.

::

    root/authority.pem authority.key crl.pem
    servers/…           the same; NODE.pem (with its authority's certificate) and NODE.key for each RADIUS server
    LAYER/…             the same; NAME.p12 for each terminal
    UNIT/issued/SERIAL.pem   every certificate that an authority ever issued

Keys of authorities are encrypted; what holds a private key is the owner's alone (0600).
"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)

from sanso.messages import RefusedError
from sanso.pki.issue import Key


class Store:
    """Reads and writes the folder of one authority."""

    def __init__(self, folder: Path, passphrase: bytes) -> None:
        self.folder = folder
        self._passphrase = passphrase

    @property
    def authority(self) -> x509.Certificate | None:
        """The authority's own certificate."""
        text = _read(self.folder / "authority.pem")
        return x509.load_pem_x509_certificate(text) if text else None

    @property
    def crl(self) -> x509.CertificateRevocationList | None:
        """Its revocation list."""
        text = _read(self.folder / "crl.pem")
        return x509.load_pem_x509_crl(text) if text else None

    def key(self) -> Key:
        """The authority's private key.

        Raises:
            RefusedError: the passphrase is another.
        """
        path = self.folder / "authority.key"
        try:
            key = load_pem_private_key(path.read_bytes(), self._passphrase)
        except ValueError:
            raise RefusedError("pki.passphrase", file=path) from None
        if not isinstance(key, Key):
            raise RefusedError("pki.key", file=path)
        return key

    def issued(self) -> list[x509.Certificate]:
        """Every certificate that the authority issued."""
        return [x509.load_pem_x509_certificate(file.read_bytes()) for file in (self.folder / "issued").glob("*.pem")]

    def has(self, name: str) -> bool:
        """Whether a file of the authority's folder is there."""
        return (self.folder / name).is_file()

    def write_authority(self, certificate: x509.Certificate, key: Key) -> None:
        """Keep the authority itself."""
        secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(self._passphrase))
        self._write("authority.key", secret, 0o600)
        self._write("authority.pem", certificate.public_bytes(Encoding.PEM), 0o644)

    def write_crl(self, crl: x509.CertificateRevocationList) -> None:
        """Keep the revocation list."""
        self._write("crl.pem", crl.public_bytes(Encoding.PEM), 0o644)

    def write_server(self, name: str, certificate: x509.Certificate, key: Key, chain: x509.Certificate) -> None:
        """Keep a server's certificate, with the authority's behind it, and its key."""
        self._write(f"{name}.key", key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()), 0o600)
        both = certificate.public_bytes(Encoding.PEM) + chain.public_bytes(Encoding.PEM)
        self._write(f"{name}.pem", both, 0o644)
        self.record(certificate)

    def write_terminal(
        self, name: str, certificate: x509.Certificate, key: Key, chain: list[x509.Certificate], passphrase: bytes
    ) -> None:
        """Keep what a terminal imports: key, certificate and those above it, as PKCS #12."""
        encryption = BestAvailableEncryption(passphrase)
        self._write(
            f"{name}.p12",
            pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, chain, encryption),
            0o600,
        )
        self.record(certificate)

    def record(self, certificate: x509.Certificate) -> None:
        """Keep a certificate that the authority issued."""
        self._write(f"issued/{certificate.serial_number:040x}.pem", certificate.public_bytes(Encoding.PEM), 0o644)

    def _write(self, name: str, content: bytes, mode: int) -> None:
        """Write a file whole or not at all, never readable by more than shall."""
        path = self.folder / name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = path.with_name(f".{path.name}.new")
        new.unlink(missing_ok=True)
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""
