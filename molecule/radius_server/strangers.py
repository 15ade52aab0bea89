"""Make what terminals show: ``strangers.py AUTHORITIES FOLDER PASSPHRASE``; good certificates unpacked, and bad ones.

Written by hand with ``cryptography``, so that nothing that is under test takes part.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def pem(key: ec.EllipticCurvePrivateKey, *certificates: x509.Certificate) -> bytes:
    """Key and certificates in one text."""
    secret = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret + b"".join(one.public_bytes(Encoding.PEM) for one in certificates)


def certificate(
    subject: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuer: x509.Name,
    signer: ec.EllipticCurvePrivateKey,
    first: datetime = NOW - DAY,
    last: datetime = NOW + DAY,
) -> x509.Certificate:
    """A certificate of a terminal, signed by whomever."""
    builder = x509.CertificateBuilder(issuer, subject, key.public_key(), x509.random_serial_number(), first, last)
    builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH]), critical=False)
    return builder.sign(signer, hashes.SHA384())


def main(authorities: Path, folder: Path, passphrase: bytes) -> None:
    """Write one file for each terminal."""
    folder.mkdir(mode=0o700, exist_ok=True)

    def signer(unit: str) -> tuple[x509.Name, ec.EllipticCurvePrivateKey]:
        own = x509.load_pem_x509_certificate((authorities / unit / "authority.pem").read_bytes())
        key = load_pem_private_key((authorities / unit / "authority.key").read_bytes(), passphrase)
        assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101
        return own.subject, key

    for name, unit in {
        "lg-hall-1": "lgwan",
        "lg-lost": "lgwan",
        "in-hall-1": "internet",
        "ko-kita-1": "school",
    }.items():
        key, own, above = pkcs12.load_key_and_certificates(
            (authorities / unit / f"{name}.p12").read_bytes(), passphrase
        )
        (folder / f"{name}.pem").write_bytes(pem(key, own, *above))  # type: ignore[arg-type]  # they are there
    server = authorities / "servers" / "radius_1"
    (folder / "server.pem").write_bytes(
        server.with_suffix(".key").read_bytes() + server.with_suffix(".pem").read_bytes()
    )

    subject = x509.load_pem_x509_certificate((folder / "lg-hall-1.pem").read_bytes()).subject
    key = ec.generate_private_key(ec.SECP384R1())
    lgwan, lgwan_key = signer("lgwan")
    internet, internet_key = signer("internet")
    terminal_key = load_pem_private_key((folder / "lg-hall-1.pem").read_bytes(), None)
    assert isinstance(terminal_key, ec.EllipticCurvePrivateKey)  # noqa: S101
    other = x509.Name(
        [*list(subject)[:2], x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "lgwan_staff"), *list(subject)[3:]]
    )
    bad = {
        "expired": certificate(subject, key, lgwan, lgwan_key, NOW - 2 * DAY, NOW - DAY),
        "future": certificate(subject, key, lgwan, lgwan_key, NOW + DAY, NOW + 2 * DAY),
        "impostor": certificate(subject, key, lgwan, key),  # the authority's name, another key
        "unknown": certificate(subject, key, x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "nobody")]), key),
        "renamed": certificate(subject, key, internet, internet_key),  # the segment's name, another layer's authority
        "other-segment": certificate(
            other, key, lgwan, lgwan_key
        ),  # the layer's, of a segment that is not on the air
    }
    terminal = x509.load_pem_x509_certificate((folder / "lg-hall-1.pem").read_bytes())
    issued = certificate(other, key, terminal.subject, terminal_key)  # a terminal plays the authority
    (folder / "by-terminal.pem").write_bytes(pem(key, issued, terminal))
    for name, one in bad.items():
        (folder / f"{name}.pem").write_bytes(pem(key, one))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3].encode())
