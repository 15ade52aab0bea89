"""Network operating systems: one folder each, found by its name."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from sanso.platforms.platform import ParseError, Platform, Replay, ReplayError, Touch
from sanso.platforms.reading import UnknownPlatformError, detect_platform, read_snapshot

__all__ = [
    "ParseError",
    "Platform",
    "Replay",
    "ReplayError",
    "Touch",
    "UnknownPlatformError",
    "detect_platform",
    "load_platform",
    "platform_names",
    "read_snapshot",
]


def platform_names() -> list[str]:
    """Names of the network OSs that there are: the folders that can open a session."""
    return sorted(file.parent.name for file in Path(__file__).parent.glob("*/session.py"))


@cache
def load_platform(name: str) -> Platform:
    """The network OS of ``sanso/platforms/<name>``.

    Raises:
        UnknownPlatformError: there is no such folder.
    """
    known = platform_names()
    if name not in known:
        raise UnknownPlatformError(f"no platform {name!r}; there are: {', '.join(known)}")
    platform: Platform = importlib.import_module(f"{__name__}.{name}").PLATFORM
    return platform
