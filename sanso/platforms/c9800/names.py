"""Names that the project gives to things on a controller; they mark what is its own."""

from __future__ import annotations

from hashlib import sha256

from sanso.network.wireless import Band

OWN = "SANSO-"
LONGEST = 32
"""Characters that every kind of name on a controller may have."""
RADIO_BAND: dict[Band, str] = {"2.4ghz": "24ghz", "5ghz": "5ghz", "6ghz": "6ghz"}
"""What a controller calls a band."""


def own(name: str, suffix: str = "") -> str:
    """The project's own name for what belongs to a thing: its name, cut where it is too long and then told apart."""
    room = LONGEST - len(OWN) - len(suffix)
    if len(name) > room:
        mark = sha256(name.encode()).hexdigest()[:6]
        name = f"{name[: room - len(mark) - 1]}-{mark}"
    return f"{OWN}{name}{suffix}"


def server_name(name: str) -> str:
    """Name of a RADIUS server, whatever its length: it is read back."""
    return f"{OWN}{name}"


def profile_name(plan: str, band: Band) -> str:
    """Name of the RF profile of one band of a radio plan."""
    return own(plan, f"-{RADIO_BAND[band][:-3]}")


def calendar_name(policy: str, index: int) -> str:
    """Name of one of the calendar profiles of a policy profile, counted from 1."""
    return own(policy, f"-{index}")


def police_name(policy: str, direction: str) -> str:
    """Name of the policy map that caps a policy profile's terminals; ``up`` is from a terminal."""
    return own(policy, f"-{direction}")
