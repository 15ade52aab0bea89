"""Kinds of word that only a wireless controller takes."""

from sanso.lab.words import Kind, matching, single

_LONGEST = 32
"""Characters of a profile's or tag's name, octets of an SSID (IEEE 802.11)."""
_BROADCAST = {
    "24": range(1, 15),
    "5": (*range(36, 65, 4), *range(100, 145, 4), *range(149, 174, 4)),
    "6": range(1, 234, 4),
}


def _quoted(typed: str) -> str | None:
    """Give a name as it is printed: in quotes where it has blanks."""
    bare = typed.removeprefix('"').removesuffix('"')
    if not bare or bare != bare.strip() or len(bare.encode()) > _LONGEST:
        return None
    return f'"{bare}"' if " " in bare else bare


def _mac(typed: str) -> str | None:
    digits = typed.lower().replace(".", "").replace(":", "")
    return mac_text(digits) if len(digits) == 12 and all(digit in "0123456789abcdef" for digit in digits) else None


def mac_text(address: str) -> str:
    """Print a MAC address as IOS does: ``0253.414e.0001``."""
    digits = address.replace(":", "")
    return ".".join(digits[at : at + 4] for at in range(0, 12, 4))


def _channel(band: str) -> Kind:
    return single(lambda typed: typed if typed in map(str, _BROADCAST[band]) else None, "Channel number")


def _power(typed: str) -> str | None:
    digits = typed.removeprefix("-")
    return str(int(typed)) if digits.isdecimal() and -10 <= int(typed) <= 30 else None


WIRELESS_KINDS: dict[str, Kind] = {
    "name": single(_quoted, "WORD"),
    "mac": single(_mac, "H.H.H"),
    "clock": matching(r"([01]\d|2[0-3]):[0-5]\d:[0-5]\d", "HH:MM:SS"),
    "channel24": _channel("24"),
    "channel5": _channel("5"),
    "channel6": _channel("6"),
    "dbm": single(_power, "<-10-30>  dBm"),
    "rate": matching(r"RATE_(1|2|5_5|6|9|11|12|18|24|36|48|54)M", "RATE_12M"),
}
