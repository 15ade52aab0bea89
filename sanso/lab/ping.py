"""What an emulated device's ``ping`` says.

A device knows its own ports and no others: whoever may be in a subnet of one that is up is taken to be there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from ipaddress import ip_address, ip_interface

_REPEAT = re.compile(r"\brepeat (\d+)")
USUAL = 5
"""Packets of a ping that does not say how many."""


def is_there(host: str, addresses: Iterable[str], silent: Collection[str]) -> bool:
    """Whether a host answers.

    Args:
        host: its address; one that is a name does not answer.
        addresses: those of the interfaces that are up, with lengths or masks; ``dhcp`` and the like are passed by.
        silent: who does not answer.
    """
    try:
        wanted = ip_address(host)
    except ValueError:
        return False
    if str(wanted) in silent:
        return False
    return any(wanted in ip_interface(address).network for address in addresses if "/" in address)


def packets(options: str) -> int:
    """How many are sent."""
    found = _REPEAT.search(options)
    return int(found[1]) if found else USUAL
