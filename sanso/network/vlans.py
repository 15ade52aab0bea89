"""Lists of VLAN ids as people and devices write them."""

from __future__ import annotations

from collections.abc import Iterable


def write_vlans(vlans: Iterable[int], run: int = 2) -> str:
    """Write ``10,20-22``; so many ids as ``run`` and more in a row become a range."""
    rows: list[list[int]] = []
    for vlan in sorted(vlans):
        if rows and vlan == rows[-1][1] + 1:
            rows[-1][1] = vlan
        else:
            rows.append([vlan, vlan])
    return ",".join(_row(first, last, run) for first, last in rows)


def _row(first: int, last: int, run: int) -> str:
    if last - first + 1 >= run and last > first:
        return f"{first}-{last}"
    return ",".join(str(vlan) for vlan in range(first, last + 1))
