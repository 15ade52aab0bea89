"""Bring the city's authorities to what is wanted: issue, renew, revoke, and publish revocation lists in time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from cryptography import x509

from sanso.messages import RefusedError
from sanso.pki.issue import (
    Signer,
    authority_certificate,
    crl_number,
    new_key,
    own_key,
    revocation_list,
    server_certificate,
    signing_key,
    terminal_certificate,
)
from sanso.pki.names import ROOT, SERVERS, Subject, authority
from sanso.pki.revocation import common_name, declared_void, revocations
from sanso.pki.store import Store
from sanso.pki.wanted import Wanted

LEAST = 16
"""Characters of a passphrase."""
Kind = Literal["authority", "server", "terminal", "crl"]
Why = Literal["new", "renewed", "moved", "revoked"]


class Change(NamedTuple):
    """Something that was, or in check mode would be, made anew."""

    kind: Kind
    unit: str
    name: str
    why: Why


@dataclass(frozen=True)
class Passphrases:
    """What keys are encrypted with: those of authorities, and those that terminals import."""

    authority: bytes
    export: bytes


def keep(wanted: Wanted, folder: Path, secrets: Passphrases, now: datetime, *, write: bool) -> list[Change]:
    """Bring a folder to what is wanted.

    Args:
        wanted: what shall be there.
        folder: see :mod:`sanso.pki.store`.
        secrets: passphrases.
        now: the time, with its zone.
        write: False: only say what would be made.

    Raises:
        RefusedError: a key's passphrase is another, or too many terminals would be revoked.
    """
    root = _Authority(wanted, ROOT, folder, secrets, now, write=write, above=None)
    units = [SERVERS, *map(str, wanted.terminals)]
    _check(wanted, secrets, now)
    below = {unit: _Authority(wanted, unit, folder, secrets, now, write=write, above=root) for unit in units}
    changes = [*root.itself(), *(change for one in below.values() for change in one.itself())]
    changes += below[SERVERS].servers()
    for layer, subjects in wanted.terminals.items():
        changes += below[str(layer)].terminals(subjects)
    changes += root.crl([one.subject for one in below.values()])
    changes += below[SERVERS].crl([Subject(wanted.city, SERVERS, dns) for dns in wanted.servers.values()])
    for layer, subjects in wanted.terminals.items():
        changes += below[str(layer)].crl(subjects)
    return changes


def _check(wanted: Wanted, secrets: Passphrases, now: datetime) -> None:
    for name, secret in vars(secrets).items():
        if len(secret) < LEAST:
            raise RefusedError("pki.short", which=f"{name} passphrase", found=len(secret), least=LEAST)
    for one in wanted.revoked:
        if one.until.tzinfo is None or one.until > now:
            raise RefusedError("pki.until", name=one.name, until=one.until.isoformat())


class _Authority:
    """One authority and what it issues."""

    def __init__(
        self,
        wanted: Wanted,
        unit: str,
        folder: Path,
        secrets: Passphrases,
        now: datetime,
        *,
        write: bool,
        above: _Authority | None,
    ) -> None:
        self.wanted, self.unit, self.now, self.write, self.above = wanted, unit, now, write, above
        self.export = secrets.export
        self.store = Store(folder / unit, secrets.authority)

    @cached_property
    def signer(self) -> Signer:
        """The authority with its key, once it is there."""
        certificate = self.store.authority
        if certificate is None:
            raise RefusedError("pki.missing", file=self.store.folder / "authority.pem")
        url = f"{self.wanted.crl_url}/{self.unit}.crl" if self.wanted.crl_url else ""
        return Signer(certificate, self.store.key(), url)

    @property
    def subject(self) -> Subject:
        """Its own name."""
        return authority(self.wanted.city, self.unit)

    def itself(self) -> Iterator[Change]:
        """Make the authority; give its key a new certificate before what it issues would outlast it."""
        certificate, days = self.store.authority, self.wanted.days
        void = certificate is not None and declared_void(self.wanted, certificate) is not None
        if certificate is not None and not void and self._lasts(certificate, days.terminal + days.renewal):
            return
        yield Change("authority", self.unit, self.unit, "revoked" if void else "renewed" if certificate else "new")
        if self.write:
            key = new_key() if certificate is None or void else self.store.key()
            until = self.now + timedelta(days=days.authority * (1 if self.above else 2))
            signer = self.above.signer if self.above else None
            made = authority_certificate(self.subject.distinguished(), key, until, self.now, signer)
            self.store.write_authority(made, key)
            if self.above:
                self.above.store.record(made)
            self.__dict__.pop("signer", None)

    def servers(self) -> Iterator[Change]:
        """Certificates of RADIUS servers."""
        issued = self._current()
        for node, dns in self.wanted.servers.items():
            subject = Subject(self.wanted.city, SERVERS, dns)
            if why := self._why(subject, issued, f"{node}.key"):
                yield Change("server", self.unit, node, why)
                if self.write:
                    key, until = new_key(), self.now + timedelta(days=self.wanted.days.server)
                    made = server_certificate(subject.distinguished(), dns, key, until, self.now, self.signer)
                    self.store.write_server(node, made, key, self.signer.certificate)

    def terminals(self, subjects: Iterable[Subject]) -> Iterator[Change]:
        """Certificates of a layer's terminals."""
        issued = self._current()
        for subject in subjects:
            if why := self._why(subject, issued, f"{subject.name}.p12"):
                yield Change("terminal", self.unit, subject.name, why)
                if self.write:
                    self._issue_terminal(subject)

    def _issue_terminal(self, subject: Subject) -> None:
        key, until = new_key(), self.now + timedelta(days=self.wanted.days.terminal)
        made = terminal_certificate(subject.distinguished(), subject.name, key, until, self.now, self.signer)
        chain = [self.signer.certificate, *([self.above.signer.certificate] if self.above else [])]
        self.store.write_terminal(subject.name, made, key, chain, self.export)

    def crl(self, subjects: Collection[Subject]) -> Iterator[Change]:
        """The revocation list: when somebody is revoked, and before half its time has passed."""
        old, half = self.store.crl, timedelta(days=self.wanted.days.crl) / 2
        revoked = revocations(self.wanted, self.unit, self.store.issued(), old, subjects, self.now)
        fresh = old is not None and old.next_update_utc is not None and old.next_update_utc - self.now > half
        if fresh and not revoked.names and self._is_own(old):
            return
        names = ", ".join(sorted(revoked.names))
        yield Change("crl", self.unit, names, "revoked" if names else "renewed" if old is not None else "new")
        if self.write:
            until = self.now + timedelta(days=self.wanted.days.crl)
            self.store.write_crl(revocation_list(revoked.entries, crl_number(old) + 1, until, self.now, self.signer))

    def _current(self) -> dict[str, x509.Certificate]:
        """The newest certificate of each name."""
        issued = sorted(self.store.issued(), key=lambda one: one.not_valid_before_utc)
        return {common_name(one): one for one in issued}

    def _why(self, subject: Subject, issued: dict[str, x509.Certificate], file: str) -> Why | None:
        """Why a certificate is due; None: it is not."""
        certificate = issued.get(subject.name)
        if certificate is None or not self.store.has(file):
            return "new"
        if certificate.subject != subject.distinguished():
            return "moved"
        if declared_void(self.wanted, certificate) is not None:
            return "revoked"
        lasts = self._lasts(certificate, self.wanted.days.renewal) and self._is_own(certificate)
        return None if lasts else "renewed"

    def _lasts(self, certificate: x509.Certificate, days: int) -> bool:
        return certificate.not_valid_after_utc - self.now > timedelta(days=days)

    def _is_own(self, signed: x509.Certificate | x509.CertificateRevocationList | None) -> bool:
        """Whether it was signed with the key that the authority has now."""
        certificate = self.store.authority
        return certificate is not None and signed is not None and signing_key(signed) == own_key(certificate)
