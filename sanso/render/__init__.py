"""From the city to what each device should be: neutral facts, which a platform writes as configuration text."""

from sanso.render.intent import Intent, intend_city
from sanso.render.snapshots import intended_snapshots, snapshot_of
from sanso.render.virtual import HostIntent, intend_hosts
from sanso.render.wireless import WirelessIntent, intend_controllers, intend_wireless

__all__ = [
    "HostIntent",
    "Intent",
    "WirelessIntent",
    "intend_city",
    "intend_controllers",
    "intend_hosts",
    "intend_wireless",
    "intended_snapshots",
    "snapshot_of",
]
