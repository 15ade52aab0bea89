"""A session on an IOS switch."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sanso.lab.ios.secrets import verify
from sanso.lab.shell import Mode, Shell

if TYPE_CHECKING:
    from sanso.lab.ios.device import IosDevice
    from sanso.lab.ios.model import Interface
    from sanso.lab.tree import Section

USER, FULL = 1, 15

#: IOS cuts a long host name in the prompts of configuration
_PROMPT_NAME = 20

#: where kept lines go that belong to no block
TOP: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def all_modes() -> dict[str, Mode]:
    """Give the modes, built when the first session needs them."""
    # the tables name handlers, and those the shell
    from sanso.lab.ios.modes import build

    return build()


class IosShell(Shell):
    """A session.

    What a mode works on (``target``) is names, never objects: a rollback puts new objects in their place.
    Modes of interfaces work on a list of interface names, modes of blocks on a list of paths into the settings.
    """

    device: IosDevice

    def __init__(self, device: IosDevice, privilege: int, modes: dict[str, Mode] | None = None) -> None:
        self.modes = modes or all_modes()
        super().__init__(device, self.modes["exec"], privilege)
        self._tries = 0

    @property
    def hostname(self) -> str:
        """The configured host name."""
        return self.device.config.hostname

    @property
    def prompt(self) -> str:
        """What the device shows when it waits for a line."""
        if self.question is not None or self._gather is not None:
            return super().prompt
        if self.mode.config:
            return f"{self.hostname[:_PROMPT_NAME]}{self.mode.suffix}"
        return f"{self.hostname}{'#' if self.privilege >= FULL else '>'}"

    def greeting(self) -> str:
        """Give the banners a login shows."""
        banners = self.device.config.banners
        shown = [banners[kind].strip("\n") for kind in ("motd", "exec") if kind in banners]
        return "\n" + "".join(f"{text}\n" for text in shown)

    def run(self, raw: str, mode: Mode | None = None) -> str:
        """Run a command line; in configuration it is a change of the device."""
        configuring = (mode or self.mode).config
        output = super().run(raw, mode)
        self.device.touched(self, configuring)
        return output

    def go(self, name: str, target: Any = None) -> None:
        """Enter a mode by its name."""
        self.enter(self.modes[name], target)

    @property
    def interfaces(self) -> list[Interface]:
        """The interfaces being configured."""
        return [self.device.config.interface(name) for name in self.target]

    @property
    def ports(self) -> list[Interface]:
        """The interfaces being configured, with the members of those that are Port-channels."""
        found = []
        for port in self.interfaces:
            found += [port, *self.device.config.members(str(port.name))]
        return found

    def lines(self) -> Iterable[Section]:
        """Give the lines the session works on in this mode."""
        if self.mode.name in ("if", "svi", "if-range", "svi-range"):
            return [port.lines for port in self.interfaces]
        paths: list[tuple[str, ...]] = self.target or [TOP]
        found = []
        for path in paths:
            section = self.device.config.settings
            for key in path:
                section = section.open(key)
            found.append(section)
        return found

    def paths_below(self, key: str) -> list[tuple[str, ...]]:
        """Give the paths of a block that a line of this mode opens."""
        return [(*path, key) for path in self.target or [TOP]]

    def enable(self, level: int) -> str | None:
        """Ask for the enable password unless it is not needed."""
        if self.privilege >= level:
            self.privilege = level
            return None
        if self.device.enable_secret is None:
            return "% Error in authentication."
        self._tries = 0
        self.ask("Password: ", lambda typed: self._check(typed, level), echo=False)
        return None

    def _check(self, typed: str, level: int) -> str | None:
        kept = self.device.enable_secret
        if kept is not None and verify(typed, kept):
            self.privilege = level
            return None
        self._tries += 1
        if self._tries >= 3:
            return "% Bad secrets\n"
        self.ask("Password: ", lambda again: self._check(again, level), echo=False)
        return None
