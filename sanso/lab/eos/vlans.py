"""Lists of VLAN numbers as EOS reads and prints them."""

from collections.abc import Iterable

from sanso.lab import vlanlist
from sanso.lab.vlanlist import FIRST, LAST, parse_list
from sanso.lab.words import Kind, Line, Taken

ALL = frozenset(range(FIRST, LAST + 1))


def format_list(numbers: Iterable[int]) -> str:
    """Print numbers as EOS does, every run of neighbours as a range."""
    return vlanlist.format_list(numbers, shortest=2)


def _take(line: Line, index: int) -> Taken:
    numbers = parse_list(line.words[index].text)
    return None if numbers is None else (1, format_list(numbers))


VLAN_LIST = Kind(_take, "VLAN ID or range of them")
