"""What ties a login to the TLS connection that it is made on, so that nobody can pass it on (RFC 5929, 4)."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.hashes import MD5, SHA1, SHA256, Hash
from requests import PreparedRequest
from requests.adapters import HTTPAdapter
from spnego.channel_bindings import GssChannelBindings


def bindings(certificate: bytes) -> GssChannelBindings:
    """Those of a server's certificate (DER): ``tls-server-end-point``."""
    algorithm = x509.load_der_x509_certificate(certificate).signature_hash_algorithm
    if algorithm is None or isinstance(algorithm, MD5 | SHA1):
        algorithm = SHA256()
    digest = Hash(algorithm)
    digest.update(certificate)
    return GssChannelBindings(application_data=b"tls-server-end-point:" + digest.finalize())


class BindingAdapter(HTTPAdapter):
    """Connects before anything is asked: OMI never answers a request that does not log in."""

    def certificate(self, request: PreparedRequest, verify: str | bool, timeout: float) -> bytes:
        """The server's (DER); the connection is left to the request, which has so many seconds to be opened."""
        pool = self.get_connection_with_tls_context(request, verify)
        connection: Any = pool._get_conn()
        connection.timeout = timeout
        connection.connect()
        certificate: bytes = connection.sock.getpeercert(binary_form=True)
        pool._put_conn(connection)
        return certificate
