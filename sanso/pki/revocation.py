"""Which certificates of an authority are void, and since when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509
from cryptography.x509.oid import NameOID

from sanso.messages import RefusedError
from sanso.pki.issue import issued_at
from sanso.pki.names import Subject
from sanso.pki.wanted import Reason, Wanted

FLOOR = 3
"""So many may be revoked at once whatever their share."""


@dataclass
class Revoked:
    """What a revocation list holds, and the names of those that are new on it."""

    entries: list[x509.RevokedCertificate] = field(default_factory=list)
    names: list[str] = field(default_factory=list)

    def add(self, certificate: x509.Certificate, reason: Reason, since: datetime) -> None:
        """Put a certificate on the list."""
        builder = x509.RevokedCertificateBuilder(certificate.serial_number, since)
        builder = builder.add_extension(x509.CRLReason(x509.ReasonFlags[reason]), critical=False)
        self.entries.append(builder.build())
        self.names.append(common_name(certificate))


def common_name(certificate: x509.Certificate) -> str:
    """The CN of a certificate's subject."""
    return str(certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value)


def revocations(
    wanted: Wanted,
    unit: str,
    issued: Iterable[x509.Certificate],
    old: x509.CertificateRevocationList | None,
    subjects: Collection[Subject],
    now: datetime,
) -> Revoked:
    """The list that is due: what was revoked stays so until it expires; what nobody names any more is added.

    Raises:
        RefusedError: too many are named no more.
    """
    wanted_names = {subject.distinguished(): subject.name for subject in subjects}
    valid = {one.serial_number: one for one in issued if one.not_valid_after_utc > now}
    found = Revoked([one for one in old or () if one.serial_number in valid])
    known = {one.serial_number for one in found.entries}
    dropped = 0
    for serial, certificate in sorted(valid.items()):
        if serial in known:
            continue
        if (declared := declared_void(wanted, certificate)) is not None:
            found.add(certificate, *declared)
        elif certificate.subject not in wanted_names:
            moved = common_name(certificate) in wanted_names.values()
            dropped += not moved
            found.add(certificate, "affiliation_changed" if moved else "cessation_of_operation", now)
    if dropped > max(FLOOR, wanted.removal_limit * len(valid)):
        names = ", ".join(sorted(found.names)[:5])
        raise RefusedError("pki.removal", unit=unit, count=dropped, all=len(valid), names=names)
    return found


def declared_void(wanted: Wanted, certificate: x509.Certificate) -> tuple[Reason, datetime] | None:
    """Why and since when a certificate is void by what was said of its name; None: it is not."""
    name, issued = common_name(certificate), issued_at(certificate)
    for one in wanted.revoked:
        if one.name == name and issued < one.until:
            return one.reason, one.until
    return None
