"""What a virtualization host is, beside what it should be."""

from sanso.change.virtual.assess import Assessed, assess
from sanso.change.virtual.compare import Compared, compare

__all__ = ["Assessed", "Compared", "assess", "compare"]
