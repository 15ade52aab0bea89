"""What an inventory source says of ledgers and directories, checked for its shape."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints, ValidationError

from sanso.city.element import Element, Identifier, Words
from sanso.city.errors import CityError
from sanso.city.segment import Layer
from sanso.city.shape import shape_findings
from sanso.messages import Finding, Severity
from sanso.messages.source import Location, Path

TerminalField = Literal[
    "name", "address", "mac", "site", "layer", "number", "section", "os", "office", "status", "note"
]
LoanField = Literal["name", "to", "section", "out", "until", "returned"]
Server = Annotated[str, StringConstraints(pattern=r"^ldaps?://[^/\s]+/?$")]


class Ledger(Element):
    """A spreadsheet or a file of separated values."""

    file: Words = Field(description="CSV or xlsx; seen from the inventory source.")
    sheets: list[Words] = Field(default_factory=list, description="Sheets to read; absent: those in sight.")
    header: int | None = Field(default=None, ge=1, description="Row of the headers; absent: it is looked for.")
    encoding: Words | None = Field(
        default=None, description="Of a CSV file; absent: UTF-8, else Windows-31J (cp932)."
    )


class Terminals(Ledger):
    """An asset ledger: a terminal in each row."""

    columns: dict[TerminalField, Words] = Field(default_factory=dict, description="What it calls its columns.")
    site: Identifier | None = Field(default=None, description="Site of rows that say none.")
    layer: Layer | None = Field(default=None, description="Layer of rows that say none.")


class Loans(Ledger):
    """A ledger of loans: in each row, a tablet that was lent once."""

    columns: dict[LoanField, Words] = Field(default_factory=dict, description="What it calls its columns.")


class Directory(Element):
    """Computer objects of Active Directory, or of another LDAP directory."""

    servers: list[Server] = Field(min_length=1, description="ldaps://… or ldap://… (StartTLS), tried in turn.")
    base: Words = Field(description="Where to look, as a distinguished name.")
    user: Words | None = Field(default=None, description="Who asks: distinguished name, or user@domain.")
    password: str | None = Field(default=None, description="The user's password, from vault.")
    ca_file: Words | None = Field(default=None, description="Certificates to trust; absent: the system's.")
    filter: Words = Field(default="(objectClass=computer)", description="What counts as a terminal.")
    page: int = Field(default=500, ge=1, le=1000, description="Entries to ask for at once.")
    timeout: int = Field(default=30, ge=1, description="Seconds to wait for an answer.")
    stale_days: int = Field(default=90, ge=1, description="Not seen for so long: marked as stale.")
    sites: dict[Words, Identifier] = Field(default_factory=dict, description="Part of the name, such as OU=…: site.")
    layers: dict[Words, Layer] = Field(default_factory=dict, description="Part of the name, such as OU=…: layer.")


class Sources(Element):
    """All that terminals are read from; of each kind, the one that is trusted most comes first."""

    ledgers: list[Terminals] = Field(default_factory=list, description="Asset ledgers.")
    directories: list[Directory] = Field(default_factory=list, description="Directories.")
    directories_first: bool = Field(default=False, description="Whether directories are trusted more than ledgers.")
    loans: list[Loans] = Field(default_factory=list, description="Ledgers of loans.")
    sites: dict[Words, Identifier] = Field(default_factory=dict, description="What ledgers call a site: its id.")
    layers: dict[Words, Layer] = Field(default_factory=dict, description="What ledgers call a layer: its name.")
    city: str | None = Field(default=None, description="Folder of the city's inventory; absent: the source's own.")


_OWN_WORDS = {"missing": "missing", "unknown": "unknown", "service": "server"}
"""Variants of MODEL-01 whose words are about the city → what they are here."""


class SourcesError(CityError):
    """The inventory source does not have the shape that it must have."""


def read_sources(data: Mapping[str, Any], find: Callable[[Path], Location | None]) -> Sources:
    """Sources from plain data.

    Raises:
        SourcesError: with a finding for each thing wrong.
    """
    try:
        sources = Sources.model_validate(data)
    except ValidationError as error:
        findings = [
            replace(one, rule="LEDGER-01", variant=_OWN_WORDS[one.variant]) if one.variant in _OWN_WORDS else one
            for one in shape_findings(error, data, find, Sources)
        ]
        raise SourcesError(findings) from error
    sources.place(())
    return sources


def reject_unknown(names: Iterable[str], known: list[str], find: Callable[[Path], Location | None]) -> None:
    """Refuse keys of an inventory source that nothing reads.

    Raises:
        SourcesError: with a finding for each.
    """
    findings = []
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            told = {"where": name, "known": ", ".join(known), "found": name, "near": (near or known)[0]}
            findings.append(Finding("LEDGER-01", Severity.ERROR, (name,), find((name,)), told, "unknown"))
    if findings:
        raise SourcesError(findings)
