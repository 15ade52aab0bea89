"""Lists of VLAN numbers as switches read them."""

from collections.abc import Iterable

FIRST, LAST = 1, 4094


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


def format_list(numbers: Iterable[int], shortest: int) -> str:
    """Print numbers; runs of at least ``shortest`` neighbours as a range, others with commas."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    parts = []
    for low, high in runs:
        whole = high > low and high - low + 1 >= shortest
        parts.append(f"{low}-{high}" if whole else ",".join(map(str, range(low, high + 1))))
    return ",".join(parts)
