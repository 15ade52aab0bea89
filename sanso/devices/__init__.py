"""Sessions with devices: one job per device, many at once."""

from sanso.devices.errors import DeviceError
from sanso.devices.fleet import ask_fleet, read_fleet, run_fleet
from sanso.devices.gate import Gate, Known
from sanso.devices.job import Job, Options, Outcome, Status
from sanso.devices.pace import Pace
from sanso.devices.room import Room
from sanso.devices.target import KnownHosts, Target

__all__ = [
    "DeviceError",
    "Gate",
    "Job",
    "Known",
    "KnownHosts",
    "Options",
    "Outcome",
    "Pace",
    "Room",
    "Status",
    "Target",
    "ask_fleet",
    "read_fleet",
    "run_fleet",
]
