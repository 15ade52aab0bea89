"""Pages of HTML that need nothing else, and print on A4: one layout and one style for all of them."""

from sanso.report.paper.render import render

__all__ = ["render"]
