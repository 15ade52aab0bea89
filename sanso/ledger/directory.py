"""Computer objects of Active Directory, or of another LDAP directory, by ldap3; always over verified TLS."""

from __future__ import annotations

import ssl
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from ldap3 import AUTO_BIND_NONE, NONE, SUBTREE, Connection, Server, Tls
from ldap3.core.exceptions import LDAPException, LDAPInvalidDnError, LDAPInvalidFilterError
from ldap3.utils.dn import parse_dn

from sanso.ledger.place import Entry
from sanso.ledger.read import Found
from sanso.ledger.sheet import Findings
from sanso.ledger.spec import Directory
from sanso.ledger.terminal import Terminal, host_name, key
from sanso.messages.source import Location

_ATTRIBUTES = ["cn", "name", "dNSHostName", "operatingSystem", "userAccountControl", "lastLogonTimestamp"]
_PAGED = "1.2.840.113556.1.4.319"
"""Simple paged results (RFC 2696)."""
_DISABLED = 0x2
"""ADS_UF_ACCOUNTDISABLE (MS-ADTS 2.2.16)."""
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
"""lastLogonTimestamp counts units of 100 ns from here (MS-ADTS 2.2.1)."""

Rdns = tuple[tuple[str, str], ...]
Marks = dict[str, list[tuple[Rdns, str]]]


class _RefusedError(Exception):
    """A server that was reached said no, or something that cannot be relied on: the next one need not be asked."""

    def __init__(self, variant: str, **args: Any) -> None:
        super().__init__(variant)
        self.variant, self.args_said = variant, args


def read_directory(spec: Directory, folder: Path, named: Location | None, today: date, findings: Findings) -> Found:
    """Terminals of a directory, from the first server that answers."""
    marks = _marks(spec, named, findings)
    if marks is None:
        return Found()
    problems = []
    for url in spec.servers:
        try:
            return _found(url, _entries(url, spec, folder), spec, marks, today, findings)
        except _RefusedError as error:
            findings.error("LEDGER-10", named, error.variant, server=url, **error.args_said)
            return Found()
        except (LDAPException, OSError, ssl.SSLError) as error:
            problems.append(f"{url}: {error}")
    distrusted = any(word in one.casefold() for one in problems for word in ("certificate", "match"))
    variant = "certificate" if distrusted else "unreachable"
    findings.error("LEDGER-10", named, variant, problem="; ".join(problems))
    return Found()


def _entries(url: str, spec: Directory, folder: Path) -> list[Mapping[str, Any]]:
    """All entries that the filter finds; all or nothing."""
    tls = Tls(validate=ssl.CERT_REQUIRED, ca_certs_file=str(folder / spec.ca_file) if spec.ca_file else None)
    server = Server(url, tls=tls, get_info=NONE, connect_timeout=spec.timeout)
    connection = Connection(
        server,
        user=spec.user,
        password=spec.password,
        auto_bind=AUTO_BIND_NONE,
        auto_referrals=False,
        read_only=True,
        receive_timeout=spec.timeout,
    )
    if spec.user and not spec.password:
        raise _RefusedError("password", user=spec.user)
    with_tls = url.startswith("ldaps:")
    try:
        connection.open(read_server_info=False)
        if not with_tls and not connection.start_tls(read_server_info=False):
            raise _RefusedError("starttls", problem=_said(connection))
        if not connection.bind(read_server_info=False):
            raise _RefusedError("bind", user=spec.user or "-", problem=_said(connection))
        return list(_pages(connection, spec))
    finally:
        with suppress(LDAPException):  # a connection that broke cannot say good-bye
            connection.unbind()


def _pages(connection: Connection, spec: Directory) -> Iterator[Mapping[str, Any]]:
    cookie: bytes | None = None
    while True:
        try:
            connection.search(
                spec.base, spec.filter, SUBTREE, attributes=_ATTRIBUTES, paged_size=spec.page, paged_cookie=cookie
            )
        except (LDAPInvalidFilterError, LDAPInvalidDnError) as error:
            variant = "search" if isinstance(error, LDAPInvalidFilterError) else "base"
            raise _RefusedError(variant, base=spec.base, problem=str(error)) from error
        if connection.result["description"] != "success":
            variant = "base" if connection.result["description"] == "noSuchObject" else "search"
            raise _RefusedError(variant, base=spec.base, problem=_said(connection))
        yield from (entry for entry in connection.response or [] if entry["type"] == "searchResEntry")
        control = connection.result.get("controls", {}).get(_PAGED)
        cookie = control["value"]["cookie"] if control else None
        if not cookie:
            return


def _said(connection: Connection) -> str:
    result = connection.result
    return " ".join(filter(None, (result["description"], result["message"])))


def _found(
    url: str, entries: list[Mapping[str, Any]], spec: Directory, marks: Marks, today: date, findings: Findings
) -> Found:
    found = Found()
    if not entries:
        findings.warning("LEDGER-10", Entry(url, 1, 1, spec.base), "nothing", filter=spec.filter)
    for entry in entries:
        place = Entry(url, 1, 1, entry["dn"])
        if int(_first(entry, "userAccountControl") or 0) & _DISABLED:
            found.retired[key(_name(entry) or "")] = place
            continue
        faults = Findings()
        name = host_name(_name(entry), place, faults)
        findings.add(faults.all)
        if name is None:
            continue
        terminal = Terminal(name, dns=_first(entry, "dNSHostName"), places=[place])
        if system := _first(entry, "operatingSystem"):
            terminal.words["os"] = system
        rdns = _rdns(entry["dn"])
        terminal.site, terminal.layer = _nearest(rdns, marks["site"]), _nearest(rdns, marks["layer"])
        terminal.seen = _day(_first(entry, "lastLogonTimestamp"))
        terminal.stale = terminal.seen is not None and (today - terminal.seen).days > spec.stale_days
        found.terminals.append(terminal)
    return found


def _marks(spec: Directory, named: Location | None, findings: Findings) -> Marks | None:
    """What parts of names mean, by site and layer; None where one is not a part of a name."""
    marks: Marks = {"site": [], "layer": []}
    faults = Findings()
    for what, parts in (("site", spec.sites.items()), ("layer", spec.layers.items())):
        for part, meaning in parts:
            try:
                marks[what].append((_rdns(part), str(meaning)))
            except LDAPInvalidDnError:
                faults.error("LEDGER-10", named, "mark", part=part)
    findings.add(faults.all)
    return None if faults.all else marks


def _name(entry: Mapping[str, Any]) -> str | None:
    return _first(entry, "name") or _first(entry, "cn") or _first(entry, "dNSHostName")


def _first(entry: Mapping[str, Any], attribute: str) -> str | None:
    values = entry["raw_attributes"].get(attribute) or [b""]
    return values[0].decode("utf-8", "replace") or None


def _rdns(dn: str) -> Rdns:
    """Parts of a distinguished name from the entry upwards, without case."""
    return tuple((kind.casefold(), value.casefold()) for kind, value, _ in parse_dn(dn, escape=False))


def _nearest(dn: Rdns, marks: list[tuple[Rdns, str]]) -> str | None:
    """Meaning of the part of a name that begins nearest to the entry; of two at the same place, of the longer."""
    hits = [
        (start, -len(part), meaning)
        for part, meaning in marks
        for start in range(len(dn) - len(part) + 1)
        if dn[start : start + len(part)] == part
    ]
    return min(hits)[2] if hits else None


def _day(filetime: str | None) -> date | None:
    """Day of a file time; None where there was no logon."""
    if filetime is None or not filetime.isdigit() or int(filetime) == 0:
        return None
    return (_EPOCH + timedelta(microseconds=int(filetime) // 10)).date()
