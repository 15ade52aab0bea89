"""From the city to what each device should be: neutral facts, which a platform writes as configuration text."""

from sanso.render.intent import Intent, intend_city
from sanso.render.snapshots import intended_snapshots, snapshot_of

__all__ = ["Intent", "intend_city", "intended_snapshots", "snapshot_of"]
