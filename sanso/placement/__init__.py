"""Where machines may be: the room of hosts, and the way from a host that is to be empty."""

from sanso.placement.evacuation import TRIES, Evacuation, Stuck, plan_evacuation, survives
from sanso.placement.room import Lack, Placed, Room, Rooms, fits, free, homes

__all__ = [
    "TRIES",
    "Evacuation",
    "Lack",
    "Placed",
    "Room",
    "Rooms",
    "Stuck",
    "fits",
    "free",
    "homes",
    "plan_evacuation",
    "survives",
]
