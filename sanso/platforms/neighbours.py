"""What devices heard of their neighbours, from the text of ``show lldp`` and ``show cdp``, by ntc-templates.

The templates pass by what they do not know, so the neighbours that a text has are counted here too: where fewer were
read, the text was not read.  Neighbours that do not tell their name are left out; the devices of a city all do.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path

from textfsm import TextFSM, TextFSMError

from sanso.network.snapshot import Neighbour

PACKAGE = "sanso.platforms"
_OFF = re.compile(r"\b(?:LLDP|CDP) is not enabled", re.IGNORECASE)
_REFUSED = re.compile(r"^\s*%", re.MULTILINE)
_TOTAL = re.compile(r"^\s*Total (?:cdp )?entries displayed *: *(\d+)", re.MULTILINE)
_SERIAL = re.compile(r"\(.*$")
"""Some devices put their serial number behind their name."""


class NeighboursError(ValueError):
    """A text that tells of neighbours and was not read; the message says what was expected and found."""


class TellsNothingError(NeighboursError):
    """The protocol is switched off at the device."""


@dataclass(frozen=True)
class NeighbourTable:
    """How one network OS answers to one protocol."""

    command: str
    template: str
    """File of ntc-templates."""
    port: str
    """Column of the neighbour's port."""
    entry: re.Pattern[str]
    """Matches once for each neighbour that tells its name."""
    alive: re.Pattern[str]
    """Matches any answer that is whole, one without neighbours too."""

    def read(self, text: str) -> tuple[Neighbour, ...]:
        """Neighbours in the order of the text, each once.

        Raises:
            NeighboursError: the text is none of this table's, or not all of it could be read.
            TellsNothingError: the device says that it does not listen.
        """
        if _OFF.search(text):
            raise TellsNothingError(text.strip().partition("\n")[0])
        if _REFUSED.search(text) or not self.alive.search(text):
            raise NeighboursError(f"an answer to {self.command}: {text.strip().partition(chr(10))[0]!r}")
        try:
            rows = _parser(self.template).ParseTextToDicts(text)
        except TextFSMError as error:
            raise NeighboursError(str(error)) from error
        named = [row for row in rows if row["NEIGHBOR_NAME"] and row["LOCAL_INTERFACE"] and row[self.port]]
        self._count(text, len(rows), len(named))
        found = (
            Neighbour(row["LOCAL_INTERFACE"], _SERIAL.sub("", row["NEIGHBOR_NAME"]), row[self.port].strip())
            for row in named
        )
        return tuple(dict.fromkeys(found))

    def _count(self, text: str, rows: int, named: int) -> None:
        entries, total = len(self.entry.findall(text)), _TOTAL.search(text)
        if named != entries:
            raise NeighboursError(f"{entries} neighbours, {named} could be read")
        if total is not None and int(total[1]) != rows:
            raise NeighboursError(f"{total[1]} neighbours, {rows} could be read")


def neighbour_tables(platform: str) -> Mapping[str, NeighbourTable]:
    """Protocol (``lldp``, ``cdp``) → table; none for a network OS that has no ``neighbours.py``."""
    if not Path(__file__).parent.joinpath(platform, "neighbours.py").exists():
        return {}
    tables: Mapping[str, NeighbourTable] = importlib.import_module(f"{PACKAGE}.{platform}.neighbours").TABLES
    return tables


@cache
def _template(name: str) -> str:
    return files("ntc_templates").joinpath("templates", name).read_text(encoding="utf-8")


def _parser(name: str) -> TextFSM:
    """A parser of a template; it keeps rows, so that each text needs its own."""
    return TextFSM(StringIO(_template(name)))
