"""Kinds of word that EOS's syntaxes take beyond those every grammar knows."""

import ipaddress

from sanso.lab.eos.names import INTERFACES
from sanso.lab.eos.vlans import VLAN_LIST
from sanso.lab.words import Kind, Line, Taken, matching, single


def _with_mask(line: Line, index: int) -> tuple[int, str] | None:
    """Take ``A/LENGTH``, or an address and a mask that follows it."""
    word = line.words[index].text
    if "/" in word:
        return 1, word
    following = line.words[index + 1].text if index + 1 < len(line.words) else ""
    return (2, f"{word}/{following}") if following.count(".") == 3 else None


def _address(line: Line, index: int) -> Taken:
    found = _with_mask(line, index)
    try:
        return found and (found[0], str(ipaddress.IPv4Interface(found[1])))
    except ValueError:
        return None


def _network(line: Line, index: int) -> Taken:
    found = _with_mask(line, index)
    try:
        return found and (found[0], str(ipaddress.IPv4Network(found[1], strict=False)))
    except ValueError:
        return None


def _address6(text: str) -> str | None:
    try:
        return str(ipaddress.IPv6Interface(text)) if "/" in text else None
    except ValueError:
        return None


def _network6(text: str) -> str | None:
    try:
        return str(ipaddress.IPv6Network(text, strict=False)) if "/" in text else None
    except ValueError:
        return None


def _ipv6(text: str) -> str | None:
    try:
        return str(ipaddress.IPv6Address(text))
    except ValueError:
        return None


KINDS: dict[str, Kind] = {
    "interfaces": INTERFACES,
    "vlans": VLAN_LIST,
    "addr4": Kind(_address, "A.B.C.D/E"),
    "net4": Kind(_network, "A.B.C.D/E"),
    "addr6": single(_address6, "A:B:C:D:E:F:G:H/I"),
    "net6": single(_network6, "A:B:C:D:E:F:G:H/I"),
    "ipv6": single(_ipv6, "A:B:C:D:E:F:G:H"),
    "host": single(lambda text: _ipv6(text) or text, "Hostname or IP address"),
    "time": matching(r"\d{1,2}:\d{2}:\d{2}", "HH:MM:SS"),
    "file": matching(r"(flash|file|session|system):\S*|startup-config|running-config|clean-config", "URL"),
    "running": matching(r"run\w*-?\w*|system:/?running-config", "running-config"),
}
