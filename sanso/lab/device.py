"""A device without its network: what it is running, what it boots from, who may log in."""

import asyncio
import hmac
import importlib
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from sanso.lab.clock import Clock, ManualClock
from sanso.lab.shell import Shell
from sanso.lab.spec import DeviceSpec, SpecError
from sanso.lab.state import MemoryStore, Store
from sanso.lab.trouble import StoreFullError, Troubles

STARTUP = "startup-config"
RUNNING = "running-config"

#: the privilege of one who may do everything
FULL = 15

#: how long a changed running configuration waits for further changes before it goes to disk, in seconds
SETTLE = 0.3


class Service(Protocol):
    """Something that listens, as asyncio's servers do."""

    def close(self) -> None:
        """Stop listening."""

    async def wait_closed(self) -> None:
        """Wait until it is closed."""


class Device(ABC):
    """One emulated device.

    A platform gives the text of its configuration, how a text is loaded, and its shell.  This class keeps the
    texts in ``store``, whose names are ``startup-config`` and ``running-config``.
    """

    def __init__(self, spec: DeviceSpec, clock: Clock, store: Store) -> None:
        self.spec = spec
        self.clock = clock
        self.store = store
        self.booted_at = clock.now()
        self.reload_reason = "power-on"
        self.sessions: dict[Shell, Callable[[], None]] = {}
        self.troubles = Troubles()
        self.watchers: list[Callable[[], None]] = []
        """Called whenever the running configuration may have changed."""
        self._unsaved = False

    @abstractmethod
    def running_config(self) -> str:
        """Give the running configuration as the device prints it."""

    @abstractmethod
    def load(self, text: str) -> None:
        """Replace the running configuration by ``text``, as a boot does; lines it does not know are dropped."""

    @abstractmethod
    def factory_config(self) -> str:
        """Give what the device boots with when nothing was saved and the spec says nothing."""

    @abstractmethod
    def shell(self, privileged: bool = False, privilege: int | None = None) -> Shell:
        """Open a session; ``privilege`` (0-15), where given, wins over ``privileged``."""

    def authenticate(self, username: str, password: str) -> int | None:
        """Give the privilege a login gets, or ``None`` when it is refused."""
        known = hmac.compare_digest(username.encode(), self.spec.username.encode())
        right = hmac.compare_digest(password.encode(), self.spec.password.encode())
        return FULL if known and right else None

    def login_privilege(self, username: str) -> int | None:
        """Give the privilege of one who proved another way (a public key) to be ``username``."""
        return FULL if username == self.spec.username else None

    def saved_text(self) -> str:
        """Give the text from which :meth:`power_on` brings the running configuration back."""
        return self.running_config()

    def startup_config(self) -> str | None:
        """Give the saved configuration, or ``None`` when nothing was ever saved."""
        return self.store.read(STARTUP)

    def boot_config(self) -> str:
        """Give the text a boot reads: the saved one, else the spec's, else the factory's."""
        return self.startup_config() or self.spec.startup or self.factory_config()

    def power_on(self) -> None:
        """Come up as the process was parked: with the running configuration it held, else from a boot."""
        running = self.store.read(RUNNING)
        self.load(self.boot_config() if running is None else running)

    def reload(self, reason: str = "Reload Command") -> None:
        """Boot from the saved configuration; sessions end and what was not saved is lost."""
        self.hang_up()
        self.store.delete(RUNNING)
        self.booted_at = self.clock.now()
        self.reload_reason = reason
        self.load(self.boot_config())

    def factory_reset(self) -> None:
        """Forget everything and boot from the spec's or the factory's text."""
        self.store.delete(STARTUP)
        self.reload("factory-reset")

    def save(self) -> None:
        """Make the running configuration the one it boots from.

        Raises:
            StoreFullError: there is no room for it.
        """
        if "full" in self.troubles.lasting:
            raise StoreFullError
        self.store.write(STARTUP, self.saved_text())

    def changed(self) -> None:
        """Note that the running configuration changed: it goes to the store soon."""
        for told in self.watchers:
            told()
        if not self._unsaved:
            self._unsaved = True
            self.clock.call_later(SETTLE, self.flush)

    def flush(self) -> None:
        """Write a changed running configuration to the store now."""
        if self._unsaved:
            self._unsaved = False
            self.store.write(RUNNING, self.saved_text())

    def hang_up(self) -> None:
        """End all sessions."""
        for end in list(self.sessions.values()):
            end()
        self.sessions.clear()

    async def listen(self, state_dir: Path) -> Sequence[Service]:  # noqa: ARG002 - for those that override it
        """Start what the platform serves beside SSH; most serve nothing."""
        await asyncio.sleep(0)
        return ()


class Maker(Protocol):
    """The function ``create`` that each platform's package has."""

    def __call__(self, spec: DeviceSpec, clock: Clock, store: Store) -> Device:
        """Make the device, not yet powered on."""


def make_device(spec: DeviceSpec, clock: Clock | None = None, store: Store | None = None) -> Device:
    """Make a device of the spec's platform and power it on.

    Without a clock its timers wait for ``ManualClock.advance``; without a store it keeps its texts in memory.

    Raises:
        SpecError: when no package below ``sanso.lab`` has the platform's name.
    """
    name = f"sanso.lab.{spec.platform}"
    try:
        package = importlib.import_module(name)
        create: Maker = package.create
    except (ModuleNotFoundError, AttributeError) as error:
        if isinstance(error, ModuleNotFoundError) and error.name != name:
            raise
        raise SpecError(f"device {spec.name!r}: no emulation of platform {spec.platform!r}") from None
    device = create(spec, clock or ManualClock(), store or MemoryStore())
    device.power_on()
    return device
