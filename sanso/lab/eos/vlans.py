"""Lists of VLAN numbers as EOS reads and prints them."""

from collections.abc import Iterable

from sanso.lab.words import Kind, Line, Taken

FIRST, LAST = 1, 4094
ALL = frozenset(range(FIRST, LAST + 1))


def parse_list(text: str) -> frozenset[int] | None:
    """Read ``10,20-22``; ``None`` when it is no such list or a number is out of bounds."""
    numbers: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.partition("-")
        if not first.isdecimal() or (dash and not last.isdecimal()):
            return None
        low, high = int(first), int(last or first)
        if not FIRST <= low <= high <= LAST:
            return None
        numbers.update(range(low, high + 1))
    return frozenset(numbers)


def format_list(numbers: Iterable[int]) -> str:
    """Print numbers as EOS does, every run of neighbours as a range."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ",".join(str(low) if low == high else f"{low}-{high}" for low, high in runs)


def _take(line: Line, index: int) -> Taken:
    numbers = parse_list(line.words[index].text)
    return None if numbers is None else (1, format_list(numbers))


VLAN_LIST = Kind(_take, "VLAN ID or range of them")
