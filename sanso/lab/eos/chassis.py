"""What is printed on a switch: its model and numbers that follow from its name."""

import hashlib

MODEL = "cEOSLab"
VERSION = "4.32.2F"


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def serial(name: str) -> str:
    """Give the serial number of the switch of that name."""
    return _digest(name)[:32].upper()


def mac(name: str, place: int) -> str:
    """Give the MAC address of a switch's port number ``place``; 0 is the switch itself."""
    number = int(_digest(name)[:6], 16) * 0x400 + place & 0xFFFFFF
    digits = f"001c73{number:06x}"
    return ":".join(digits[at : at + 2] for at in range(0, 12, 2))
