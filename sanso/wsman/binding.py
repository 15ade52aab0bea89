"""What ties a login to the TLS connection that it is made on, so that nobody can pass it on (RFC 5929, 4)."""

from __future__ import annotations

from cryptography import x509
from cryptography.hazmat.primitives.hashes import MD5, SHA1, SHA256, Hash
from spnego.channel_bindings import GssChannelBindings


def bindings(certificate: bytes) -> GssChannelBindings:
    """Those of a server's certificate (DER): ``tls-server-end-point``."""
    algorithm = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    if algorithm is None or isinstance(algorithm, MD5 | SHA1):
        algorithm = SHA256()
    digest = Hash(algorithm)
    digest.update(certificate)
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest.finalize())
