"""Names in certificates: whose authority, whose terminal.

A terminal's layer is that of the authority that issued its certificate: no field of the certificate decides it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from cryptography import x509
from cryptography.x509.oid import NameOID

from sanso.city.segment import Layer
from sanso.messages import RefusedError

COUNTRY = "JP"
ROOT, SERVERS = "root", "servers"
_ORGANIZATION = re.compile(r"[A-Za-z0-9 .,'()-]{1,64}")
_ISSUER = re.compile(rf"/C={COUNTRY}/O=(?P<city>[^/]+)/OU=(?P<unit>[^/]+)/CN=(?P=unit) authority")


@dataclass(frozen=True)
class Subject:
    """Whom a certificate names: city, unit, common name."""

    city: str
    unit: str
    """The layer of an issuing authority, the segment of a terminal."""
    name: str

    def __post_init__(self) -> None:
        if not _ORGANIZATION.fullmatch(self.city):
            raise RefusedError("pki.organization", city=self.city)

    def distinguished(self) -> x509.Name:
        """As a certificate has it."""
        return x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, COUNTRY),
                x509.NameAttribute(NameOID.ORGANIZATION_NAME, self.city),
                x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, self.unit),
                x509.NameAttribute(NameOID.COMMON_NAME, self.name),
            ]
        )

    def __str__(self) -> str:
        """In one line, as OpenSSL and so FreeRADIUS write it (X509_NAME_oneline)."""
        return f"/C={COUNTRY}/O={self.city}/OU={self.unit}/CN={self.name}"


def authority(city: str, unit: str) -> Subject:
    """The authority of a layer, of the RADIUS servers (``servers``), or above all (``root``).

    Raises:
        RefusedError: the city's name has characters that are written in more than one way.
    """
    return Subject(city, unit, f"{unit} authority")


def layer_of_issuer(name: str) -> Layer | None:
    """The layer that an issuing authority is of, by its name in one line; None: it is no such authority."""
    found = _ISSUER.fullmatch(name)
    return Layer(found["unit"]) if found and found["unit"] in set(Layer) else None
