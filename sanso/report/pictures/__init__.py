"""Pictures of a network, as SVG files that stand alone."""

from sanso.report.pictures.picture import picture

__all__ = ["picture"]
