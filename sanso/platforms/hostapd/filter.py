"""The filter of nftables on the bridges: nobody on the air reaches the machine, and caps of each terminal; and back.

hostapd cannot cap, and a queue of ``tc`` would cap all terminals of a BSS together; so frames above a terminal's rate
are dropped, by its MAC address.  Terminals of one WLAN on two radios are kept from each other here, those on one
radio by hostapd (``ap_isolate``).  Source: nft(8), "limit" and "set" of chapter "statements".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from sanso.platforms.hostapd.bss import Bss
from sanso.platforms.hostapd.files import FILTER, Unread
from sanso.platforms.hostapd.hardware import vlan_name

TABLE = "table bridge sanso_access_point"
OCTETS = 125
"""In a kbit."""
_HEAD = f"{TABLE}\ndelete {TABLE}\n{TABLE} {{\n"
_INPUT = "\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n"
_FORWARD = "\tchain forward {\n\t\ttype filter hook forward priority filter; policy accept;\n"
_SET = "\tset {name} {{\n\t\ttype ether_addr\n\t\tsize 65535\n\t\tflags dynamic,timeout\n\t\ttimeout 1h\n\t}}\n"
_RATE = "limit rate over {rate} bytes/second burst {rate} bytes"
_CAP = f"\t\t{{at}} {{{{ {{names}} }}}} update @{{set}} {{{{ ether {{side}} {_RATE} }}}} drop\n"
_APART = "\t\tiifname {{ {names} }} oifname {{ {names} }} drop\n"
_CLOSED = "\t\tiifname {{ {names} }} ether type != 0x888e drop\n"  # EAPOL is for hostapd


@dataclass
class Filter:
    """What a filter does."""

    closed: frozenset[str] = frozenset()
    """Interfaces that nobody reaches the machine by."""
    apart: set[frozenset[str]] = field(default_factory=set)
    """Interfaces whose terminals are kept from each other."""
    down: dict[frozenset[str], int] = field(default_factory=dict)
    up: dict[frozenset[str], int] = field(default_factory=dict)
    """Interfaces → kbit/s of each terminal."""
    unread: list[Unread] = field(default_factory=list)


def filter_text(stations: Sequence[Bss]) -> str:
    """Text of the filter; loading it replaces the one before at once."""
    caps = list(_caps(stations))
    sets = "".join(_SET.format(name=name) for name, *_ in caps)
    vlans = sorted({vlan for bss in stations for vlan in bss.vlans})
    doors = [*map(vlan_name, vlans), *(name for bss in stations for name in bss.interfaces)]
    closed = _CLOSED.format(names=_quoted(doors)) if doors else ""
    apart = "".join(_APART.format(names=_quoted(names)) for names in _apart(stations))
    limits = "".join(
        _CAP.format(
            at="oifname" if down else "iifname",
            names=_quoted(names),
            set=name,
            side="daddr" if down else "saddr",
            rate=kbps * OCTETS,
        )
        for name, down, names, kbps in caps
    )
    return f"{_HEAD}{sets}{_INPUT}{closed}\t}}\n{_FORWARD}{apart}{limits}\t}}\n}}\n"


def _apart(stations: Sequence[Bss]) -> Iterator[list[str]]:
    """Interfaces of each WLAN whose terminals are kept from each other."""
    names = dict.fromkeys(bss.wlan.ssid for bss in stations if bss.wlan.isolated)
    return ([name for bss in stations if bss.wlan.ssid == ssid for name in bss.interfaces] for ssid in names)


def _caps(stations: Iterable[Bss]) -> Iterator[tuple[str, bool, list[str], int]]:
    """Name of the set, whether it is towards terminals, interfaces, kbit/s."""
    for bss in stations:
        if bss.policy.down_kbps is not None:
            yield f"{bss.interface}_down", True, list(bss.interfaces), bss.policy.down_kbps
        if bss.policy.up_kbps is not None:
            yield f"{bss.interface}_up", False, list(bss.interfaces), bss.policy.up_kbps


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


_NAMES = r"\{ (?P<names>[^{}]+) \}"
_LINES = {
    "closed": re.compile(rf"\t\tiifname {_NAMES} ether type != 0x888e drop"),
    "apart": re.compile(rf"\t\tiifname {_NAMES} oifname \{{ (?P=names) \}} drop"),
    "down": re.compile(
        rf"\t\toifname {_NAMES} update @[\w.-]+ \{{ ether daddr limit rate over (?P<rate>\d+) bytes/second"
        r" burst (?P=rate) bytes \} drop"
    ),
    "up": re.compile(
        rf"\t\tiifname {_NAMES} update @[\w.-]+ \{{ ether saddr limit rate over (?P<rate>\d+) bytes/second"
        r" burst (?P=rate) bytes \} drop"
    ),
}
_FRAME = [line for part in (_HEAD, _INPUT, "\t}\n", _FORWARD, "\t}\n}\n") for line in part.splitlines()]
_SETS = re.compile(re.escape(_SET.format(name="NAME")).replace("NAME", r"[\w.-]+"))


def read_filter(text: str) -> Filter:
    """Read a filter; one that has any other line, or lacks one, is not understood and counts for nothing."""
    found = Filter()
    frame: list[str] = []
    for line in _SETS.sub("", text).splitlines():
        kind, match = next(
            ((kind, match) for kind, form in _LINES.items() if (match := form.fullmatch(line))), ("", None)
        )
        if match is None:
            frame.append(line)
            continue
        names = frozenset(re.findall(r'"([^"]+)"', match["names"]))
        if kind == "closed":
            found.closed |= names
        elif kind == "apart":
            found.apart.add(names)
        else:
            getattr(found, kind)[names] = int(match["rate"]) // OCTETS
    if frame != _FRAME:
        strange = next((line for line in frame if line not in _FRAME), "")
        number = text.splitlines().index(strange) + 1 if strange else 0
        return Filter(unread=[Unread(FILTER, number, strange.strip() or TABLE)])
    return found
