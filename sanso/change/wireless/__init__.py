"""Changes of wireless controllers: what differs, what would go, and the order in which it is mended."""

from sanso.change.wireless.compare import differences
from sanso.change.wireless.guard import removal
from sanso.change.wireless.plan import plan
from sanso.change.wireless.scope import effective, sides

__all__ = ["differences", "effective", "plan", "removal", "sides"]
