"""Licences on terminals as people read them: lines, a table by site, CSV, a page."""

from sanso.report.licences.files import write_licences
from sanso.report.licences.table import table
from sanso.report.licences.words import difference_lines, message

__all__ = ["difference_lines", "message", "table", "write_licences"]
