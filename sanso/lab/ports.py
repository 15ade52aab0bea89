"""Which process listens on a TCP port, as Linux tells it in ``/proc``."""

import contextlib
import ipaddress
from pathlib import Path

_LISTEN = "0A"


def holder(address: str, port: int) -> str | None:
    """Name the process that keeps others from ``address:port``, or ``None`` where it cannot be seen."""
    inodes = _listening(address, port)
    if not inodes:
        return None
    for process in Path("/proc").iterdir():
        if not process.name.isdecimal():
            continue
        # one that is gone meanwhile, or another user's, cannot be read
        with contextlib.suppress(OSError):
            if any(_target(link) in inodes for link in (process / "fd").iterdir()):
                return f"process {process.name} ({_title(process)})"
    return None


def _target(link: Path) -> str:
    try:
        return str(link.readlink())
    except OSError:
        return ""


def _listening(address: str, port: int) -> set[str]:
    wanted = {int(ipaddress.IPv4Address(address)), 0}
    inodes = set()
    try:
        rows = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    except OSError:
        return set()
    for row in rows:
        columns = row.split()
        host, _, number = columns[1].partition(":")
        # the kernel prints the address in the machine's byte order, little-endian here
        bound = int.from_bytes(bytes.fromhex(host), "little")
        if columns[3] == _LISTEN and int(number, 16) == port and bound in wanted:
            inodes.add(f"socket:[{columns[9]}]")
    return inodes


def _title(process: Path) -> str:
    arguments = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    return " ".join(arguments).strip()[:80] or "?"
