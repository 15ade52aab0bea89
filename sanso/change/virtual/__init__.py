"""What a virtualization host is, beside what it should be."""

from sanso.change.virtual.compare import Compared, compare

__all__ = ["Compared", "compare"]
