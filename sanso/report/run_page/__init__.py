"""The report of a run as one page of HTML, for whoever approves, audits or mends."""

from sanso.report.run_page.page import page
from sanso.report.run_page.past import past_page

__all__ = ["page", "past_page"]
