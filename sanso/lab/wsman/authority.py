"""The lab's own certificate authority: certificates of terminals that listen over https, and one for the operator."""

from __future__ import annotations

import datetime
import ipaddress
import os
from pathlib import Path
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_YEARS = datetime.timedelta(days=3650)


class Pair(NamedTuple):
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path


class Authority:
    """Makes certificates in a folder, each once; clients trust ``ca.pem``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = self._pair("ca")
        if not self._there(self.own):
            self._issue(self.own, "Emulated city CA", None, ca=True)

    def terminal(self, name: str, address: str) -> Pair:
        """The certificate of a terminal: for its name and its address."""
        names = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address(address))]
        return self._made(name, x509.SubjectAlternativeName(names), ExtendedKeyUsageOID.SERVER_AUTH)

    def client(self) -> Pair:
        """The certificate with which the operator logs in (``client.pem``, ``client.key``)."""
        return self._made("client", None, ExtendedKeyUsageOID.CLIENT_AUTH)

    def _made(self, name: str, names: x509.SubjectAlternativeName | None, use: x509.ObjectIdentifier) -> Pair:
        pair = self._pair(name)
        if not self._there(pair):
            self._issue(pair, name, names, use=use)
        return pair

    def _pair(self, name: str) -> Pair:
        return Pair(self.folder / f"{name}.pem", self.folder / f"{name}.key")

    def _there(self, pair: Pair) -> bool:
        return pair.certificate.exists() and pair.key.exists()

    def _issue(
        self,
        pair: Pair,
        name: str,
        names: x509.SubjectAlternativeName | None,
        *,
        ca: bool = False,
        use: x509.ObjectIdentifier | None = None,
    ) -> None:
        private = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        issuer, signer = (subject, private) if ca else self._signer()
        now = datetime.datetime.now(datetime.UTC)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(issuer)
            .public_key(private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=1))
            .not_valid_after(now + _YEARS)
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(private.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        )
        if ca:
            builder = builder.add_extension(_SIGNS, critical=True)
        if names is not None:
            builder = builder.add_extension(names, critical=False)
        if use is not None:
            builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
        _write(pair, builder.sign(signer, SHA256()), private)

    def _signer(self) -> tuple[x509.Name, ec.EllipticCurvePrivateKey]:
        certificate = x509.load_pem_x509_certificate(self.own.certificate.read_bytes())
        key = load_pem_private_key(self.own.key.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError(f"{self.own.key} holds another kind of key")
        return certificate.subject, key


_SIGNS = x509.KeyUsage(
    digital_signature=False,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=True,
    crl_sign=True,
    encipher_only=False,
    decipher_only=False,
)


def _write(pair: Pair, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey) -> None:
    descriptor = os.open(pair.key, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    pair.certificate.write_bytes(certificate.public_bytes(Encoding.PEM))
