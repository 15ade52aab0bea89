"""Certificates as 802.1X asks for them (RFC 5280, RFC 5216, RFC 9190; Microsoft's requirements for EAP-TLS).

Keys are of curve P-384, which WPA3-Enterprise's 192-bit mode asks for and Windows, Android and iOS take.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID

Key = ec.EllipticCurvePrivateKey
SKEW = timedelta(minutes=10)
"""So much may the clock of who checks be behind."""


@dataclass(frozen=True)
class Signer:
    """An authority that signs."""

    certificate: x509.Certificate
    key: Key
    crl_url: str = ""
    """Where its revocation list is; empty: nowhere."""


def new_key() -> Key:
    """A private key."""
    return ec.generate_private_key(ec.SECP384R1())


def issued_at(certificate: x509.Certificate) -> datetime:
    """When a certificate was made."""
    return certificate.not_valid_before_utc + SKEW


def own_key(certificate: x509.Certificate) -> bytes:
    """What identifies the key of a certificate."""
    return certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value.digest


def signing_key(signed: x509.Certificate | x509.CertificateRevocationList) -> bytes | None:
    """What identifies the key that something was signed with."""
    return signed.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value.key_identifier


def crl_number(crl: x509.CertificateRevocationList | None) -> int:
    """The number of a revocation list; 0 where there is none."""
    return 0 if crl is None else crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number


def authority_certificate(
    name: x509.Name, key: Key, until: datetime, now: datetime, signer: Signer | None
) -> x509.Certificate:
    """Certificate of an authority: of the root, which signs itself, or of one below it, which has none below."""
    builder = _builder(name, key, until, now, signer)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0 if signer else 1), critical=True)
    builder = builder.add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
    return builder.sign(signer.key if signer else key, hashes.SHA384())


def terminal_certificate(
    name: x509.Name, dns: str, key: Key, until: datetime, now: datetime, signer: Signer
) -> x509.Certificate:
    """Certificate that a terminal shows."""
    return _leaf(name, dns, key, until, now, signer, ExtendedKeyUsageOID.CLIENT_AUTH)


def server_certificate(
    name: x509.Name, dns: str, key: Key, until: datetime, now: datetime, signer: Signer
) -> x509.Certificate:
    """Certificate that a RADIUS server shows; terminals check its DNS name."""
    return _leaf(name, dns, key, until, now, signer, ExtendedKeyUsageOID.SERVER_AUTH)


def revocation_list(
    revoked: Iterable[x509.RevokedCertificate], number: int, until: datetime, now: datetime, signer: Signer
) -> x509.CertificateRevocationList:
    """The list of an authority."""
    builder = x509.CertificateRevocationListBuilder().issuer_name(signer.certificate.subject)
    builder = builder.last_update(now - SKEW).next_update(until)
    builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    builder = builder.add_extension(_authority_key(signer), critical=False)
    for one in revoked:
        builder = builder.add_revoked_certificate(one)
    return builder.sign(signer.key, hashes.SHA384())


def _leaf(
    name: x509.Name, dns: str, key: Key, until: datetime, now: datetime, signer: Signer, use: x509.ObjectIdentifier
) -> x509.Certificate:
    builder = _builder(name, key, until, now, signer)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(digital_signature=True), critical=True)
    builder = builder.add_extension(x509.ExtendedKeyUsage([use]), critical=False)
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(dns)]), critical=False)
    return builder.sign(signer.key, hashes.SHA384())


def _builder(
    name: x509.Name, key: Key, until: datetime, now: datetime, signer: Signer | None
) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder(
        issuer_name=signer.certificate.subject if signer else name,
        subject_name=name,
        public_key=key.public_key(),
        serial_number=x509.random_serial_number(),
        not_valid_before=now - SKEW,
        not_valid_after=min(until, signer.certificate.not_valid_after_utc) if signer else until,
    )
    own = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = builder.add_extension(own, critical=False)
    if signer is not None:
        builder = builder.add_extension(_authority_key(signer), critical=False)
        if signer.crl_url:
            place = x509.DistributionPoint([x509.UniformResourceIdentifier(signer.crl_url)], None, None, None)
            builder = builder.add_extension(x509.CRLDistributionPoints([place]), critical=False)
    return builder


def _authority_key(signer: Signer) -> x509.AuthorityKeyIdentifier:
    return x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.key.public_key())


def _usage(*, digital_signature: bool = False, key_cert_sign: bool = False, crl_sign: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=digital_signature,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=key_cert_sign,
        crl_sign=crl_sign,
        encipher_only=False,
        decipher_only=False,
    )
