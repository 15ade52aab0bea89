"""Terminals of a city from what it has: asset ledgers (CSV, xlsx), Active Directory, ledgers of loans."""

from sanso.ledger.fleet import Fleet, read_fleet
from sanso.ledger.spec import Sources, SourcesError, read_sources

__all__ = ["Fleet", "Sources", "SourcesError", "read_fleet", "read_sources"]
