"""Faults of the devices of a lab in the background, told to it while it runs; its end mends them all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import cast

from sanso.lab.device import Device
from sanso.lab.notify import notify
from sanso.lab.server import LabError
from sanso.lab.trouble import LASTING, SUDDEN, Kind, Lasting, Moment

FAULTS: Mapping[str, str] = dict([("none", "nothing is wrong"), *SUDDEN.items(), *LASTING.items()])
"""Fault → what it is, in words."""
_FILE = "device-fault.json"


def parse_moment(text: str) -> Moment:
    """Read a moment as people write it: ``command:12``, ``octet:5000`` or ``second:3``.

    Raises:
        ValueError: it is none of these.
    """
    match text.split(":"):
        case ["command", number] if number.isdecimal():
            return Moment(commands=int(number))
        case ["octet", number] if number.isdecimal():
            return Moment(octets=int(number))
        case ["second", number] if number.isdecimal():
            return Moment(seconds=int(number))
    raise ValueError(f"{text!r} is no moment; expected command:12, octet:5000 or second:3")


def set_fault(state: Path, name: str, fault: str, moment: Moment | None, pid: int | None) -> str:
    """Give a device a fault, or ``none``, in the place of what was wrong with it.

    Args:
        state: the lab's state directory.
        name: the device.
        fault: one of :data:`FAULTS`.
        moment: when it comes; None: at once, or with the next command where it happens once.
        pid: process of the lab; None where it does not run.

    Raises:
        LabError: the lab does not run, or does not take the fault.
    """
    if pid is None:
        raise LabError("the lab does not run, and so there is no device that could fail")
    file = state / _FILE
    file.write_text(json.dumps({"device": name, "fault": fault, "moment": moment and asdict(moment)}), "utf-8")
    notify(pid, lambda: not file.exists())
    return f"{name}: {fault}"


def take_fault(state: Path, devices: Mapping[str, Device]) -> None:
    """Give a device of this process the fault that was written for it, if one was."""
    file = state / _FILE
    if not file.exists():
        return
    told = json.loads(file.read_text("utf-8"))
    troubles = devices[told["device"]].troubles
    troubles.mend()
    fault, moment = told["fault"], told["moment"]
    if fault in LASTING and moment is None:
        troubles.last(cast("Lasting", fault))
    elif fault != "none":
        troubles.strike(cast("Kind", fault), Moment(**moment) if moment else Moment(commands=1))
    file.unlink()
