"""The city's parameter sheet (パラメータシート): a workbook that an integrator hands over, made from the model."""

from __future__ import annotations

from collections.abc import Iterable

from sanso.city.model import City
from sanso.report.parameters import overview, switches, traffic, virtual, wireless
from sanso.report.parameters.sheet import Names, Sheet
from sanso.report.parameters.terminals import Terminal, terminal_sheet
from sanso.report.parameters.workbook import workbook

__all__ = ["Terminal", "parameter_sheet", "sheets"]


def parameter_sheet(city: City, terminals: Iterable[Terminal] = ()) -> bytes:
    """The workbook (xlsx); the same city gives the same bytes."""
    return workbook(sheets(city, terminals))


def sheets(city: City, terminals: Iterable[Terminal] = ()) -> list[Sheet]:
    """All sheets, the cover with its list of the others first; those without a row are left out."""
    names = Names(city)
    parts = (overview, switches, traffic, wireless, virtual)
    made = [sheet for part in parts for sheet in part.sheets(city, names)]
    filled = [sheet for sheet in (*made, terminal_sheet(terminals, names)) if sheet.rows]
    return [overview.cover(city, names, filled), *filled]
