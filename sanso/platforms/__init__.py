"""Network operating systems: one folder each, found by its name."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from sanso.platforms.platform import ParseError, Platform, Replay, ReplayError, Touch
from sanso.platforms.reading import UnknownPlatformError, detect_platform, read_snapshot
from sanso.platforms.wireless import WirelessPlatform, WirelessReplay

__all__ = [
    "ParseError",
    "Platform",
    "Replay",
    "ReplayError",
    "Touch",
    "UnknownPlatformError",
    "WirelessPlatform",
    "WirelessReplay",
    "controller_names",
    "detect_platform",
    "load_controller",
    "load_platform",
    "platform_names",
    "read_snapshot",
]


def platform_names() -> list[str]:
    """Names of the network OSs of switches: the folders that can open a session, without those of controllers."""
    sessions = {file.parent.name for file in Path(__file__).parent.glob("*/session.py")}
    return sorted(sessions - set(controller_names()))


def controller_names() -> list[str]:
    """Names of the network OSs of wireless controllers."""
    return sorted(file.parent.name for file in Path(__file__).parent.glob("*/controller.py"))


@cache
def load_platform(name: str) -> Platform:
    """The network OS of switches in ``sanso/platforms/<name>``.

    Raises:
        UnknownPlatformError: there is no such folder, or it is a controller's.
    """
    _check(name, platform_names())
    platform: Platform = importlib.import_module(f"{__name__}.{name}").PLATFORM
    return platform


@cache
def load_controller(name: str) -> WirelessPlatform:
    """The network OS of wireless controllers in ``sanso/platforms/<name>``.

    Raises:
        UnknownPlatformError: there is no such folder, or it is a switch's.
    """
    _check(name, controller_names())
    controller: WirelessPlatform = importlib.import_module(f"{__name__}.{name}.controller").CONTROLLER
    return controller


def _check(name: str, known: list[str]) -> None:
    if name not in known:
        raise UnknownPlatformError(f"no platform {name!r}; there are: {', '.join(known)}")
