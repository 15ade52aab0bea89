"""From the city to what each device should be: neutral facts, which a platform writes as configuration text."""

from sanso.render.intent import Intent, intend_city
from sanso.render.snapshots import intended_snapshots, snapshot_of
from sanso.render.wireless import WirelessIntent, intend_controllers, intend_wireless

__all__ = [
    "Intent",
    "WirelessIntent",
    "intend_city",
    "intend_controllers",
    "intend_wireless",
    "intended_snapshots",
    "snapshot_of",
]
