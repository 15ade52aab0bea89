"""Valid cities to change in memory."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sanso.city import City, load_city
from tests.errors.cases import DISASTER, WIRELESS, write_changed


def _load(changes: Path) -> City:
    with TemporaryDirectory() as folder:
        write_changed(changes, Path(folder))
        return load_city(Path(folder))


@cache
def wireless_city() -> City:
    """The base city of the golden tests with access points."""
    return _load(WIRELESS)


@cache
def disaster_city() -> City:
    """That one in a disaster, with all that a WLAN and an access point may have."""
    return _load(DISASTER)
