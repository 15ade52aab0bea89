"""From running facts to intended ones: what differs, and the ordered commands that mend it."""

from sanso.change.assess import Assessment, assess
from sanso.change.compare import Difference
from sanso.change.guard import Removal
from sanso.change.plan import Step, commands, plan

__all__ = ["Assessment", "Difference", "Removal", "Step", "assess", "commands", "plan"]
