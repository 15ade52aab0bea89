"""Emulated devices for tests: an SSH server on loopback, in a thread of the test's own process."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sanso.devices import KnownHosts, Target
from sanso.lab.clock import Clock
from sanso.lab.device import Device
from sanso.lab.server import Lab
from sanso.lab.spec import DeviceSpec, Timing

ADDRESS = "127.0.0.1"


class EmulatedDevices:
    """A running lab, seen from a test."""

    def __init__(self, lab: Lab, loop: asyncio.AbstractEventLoop, state: Path) -> None:
        self.devices = lab.devices
        self.state = state
        self._loop = loop

    def __getitem__(self, name: str) -> Device:
        return self.devices[name]

    def target(self, name: str, **changes: Any) -> Target:
        """Where and how a client reaches a device."""
        spec = self.devices[name].spec
        known = KnownHosts(self.state / "known_hosts").keys(spec.address, spec.port)
        fields = {
            "hostname": name,
            "platform": spec.platform,
            "address": spec.address,
            "port": spec.port,
            "username": spec.username,
            "password": spec.password,
            "secret": spec.secret,
            "host_keys": known,
            "timeout": 10.0,
        }
        return Target(**{**fields, **changes})

    def call(self, work: Callable[[], Any]) -> Any:
        """Do something to the devices in their own thread."""
        done: asyncio.Future[Any] | Any = asyncio.run_coroutine_threadsafe(_later(work), self._loop)
        return done.result(timeout=30)


async def _later(work: Callable[[], Any]) -> Any:
    await asyncio.sleep(0)
    return work()


def free_port() -> int:
    """A TCP port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((ADDRESS, 0))
        return int(probe.getsockname()[1])


@contextmanager
def emulated(
    specs: Sequence[DeviceSpec], state: Path, timing: Timing | None = None, clock: Clock | None = None
) -> Iterator[EmulatedDevices]:
    """Run devices while the block lasts; without a clock their timers run by themselves."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    lab = Lab()

    def wait(work: Any) -> None:
        asyncio.run_coroutine_threadsafe(work, loop).result(timeout=60)

    try:
        wait(lab.start(specs, state, timing, clock))
        yield EmulatedDevices(lab, loop, state)
        wait(lab.stop())
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=10)
        loop.close()
