"""The report of a run as one page of HTML, for whoever approves, audits or mends."""

from sanso.report.run_page.page import page

__all__ = ["page"]
