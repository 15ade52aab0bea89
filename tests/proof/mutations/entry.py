"""A line of an access list in its parts, to be changed at random."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_network

Words = tuple[str, ...]
_PORTS = {"eq": 2, "gt": 2, "lt": 2, "neq": 2, "range": 3}


@dataclass(frozen=True)
class Entry:
    """``10 permit tcp SOURCE [ports] TARGET [rest]``; ``rest`` is ports, types and states."""

    head: Words
    action: str
    protocol: str
    source: Words
    source_ports: Words
    target: Words
    rest: Words
    wildcards: bool

    def __str__(self) -> str:
        parts = (self.head, (self.action, self.protocol), self.source, self.source_ports, self.target, self.rest)
        return " " + " ".join(word for part in parts for word in part)


def read_entry(line: str, *, wildcards: bool) -> Entry:
    """Take a rendered line apart."""
    words = line.split()
    at = 2 if words[0] == "sequence" else 1
    head, (action, protocol), left = tuple(words[:at]), words[at : at + 2], words[at + 2 :]
    source, left = _address(left, wildcards)
    count = _PORTS.get(left[0], 0)
    ports, left = tuple(left[:count]), left[count:]
    target, left = _address(left, wildcards)
    return Entry(head, action, protocol, source, ports, target, tuple(left), wildcards)


def _address(words: list[str], wildcards: bool) -> tuple[Words, list[str]]:
    count = 1 if words[0] == "any" else 2 if words[0] == "host" or wildcards else 1
    return tuple(words[:count]), words[count:]


Change = Callable[[Entry, int], "Entry | None"]
"""An entry and a number at random → another entry; None takes the line away."""


def _wider(words: Words, number: int, *, wildcards: bool) -> Words:
    """Another length of a prefix."""
    if words[0] == "any":
        return words
    text = words[1] if words[0] == "host" else f"{words[0]}/{words[1]}" if wildcards else words[0]
    network = ip_network(text)  # a wildcard reads as a mask of hosts
    network = ip_network((int(network.network_address), number % (network.max_prefixlen + 1)), strict=False)
    return tuple(network.with_hostmask.split("/")) if wildcards else (str(network),)


CHANGES: Mapping[str, Change] = {
    "delete": lambda *_: None,
    "turn": lambda entry, _: replace(entry, action="deny" if entry.action == "permit" else "permit"),
    "source any": lambda entry, _: replace(entry, source=("any",)),
    "target any": lambda entry, _: replace(entry, target=("any",)),
    "source length": lambda entry, n: replace(entry, source=_wider(entry.source, n, wildcards=entry.wildcards)),
    "target length": lambda entry, n: replace(entry, target=_wider(entry.target, n, wildcards=entry.wildcards)),
    "swap": lambda entry, _: replace(entry, source=entry.target, target=entry.source),
    "no source ports": lambda entry, _: replace(entry, source_ports=()),
    "no rest": lambda entry, _: replace(entry, rest=()),
    "rest shorter": lambda entry, _: replace(entry, rest=entry.rest[:-1] if "established" in entry.rest else ()),
    "any protocol": lambda entry, _: replace(entry, protocol="ip", source_ports=(), rest=()),
    "another port": lambda entry, n: replace(entry, protocol="tcp", source_ports=(), rest=("eq", str(n % 65535 + 1))),
    "ports from": lambda entry, n: replace(entry, protocol="udp", source_ports=("gt", str(n % 65534)), rest=()),
    "state only": lambda entry, _: replace(entry, protocol="tcp", source_ports=(), rest=("established",)),
}
