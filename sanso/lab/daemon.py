"""A lab in the background: started, found again and stopped by its state directory."""

import asyncio
import contextlib
import fcntl
import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from sanso.lab import terminals
from sanso.lab.device import RUNNING, STARTUP
from sanso.lab.faults import take_fault
from sanso.lab.server import Lab, LabError
from sanso.lab.spec import DeviceSpec, Timing, load_specs
from sanso.lab.terminals import Endpoints

_LOCK = "lab.lock"
_READY = "lab.ready"
_LOG = "lab.log"

#: seconds after which a lab that neither listens nor ended is given up
_PATIENCE = 120.0


def running_pid(state: Path) -> int | None:
    """Give the process of the lab that holds ``state``, or ``None`` when none does."""
    try:
        with (state / _LOCK).open("r+", encoding="ascii") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return int(file.read() or 0) or None
    except FileNotFoundError:
        pass
    return None


def start(state: Path, specs_file: Path, timing: Timing) -> str:
    """Start a lab in the background and wait until every port listens; a running one is left as it is.

    A running lab with another list of devices or terminals is stopped and started with the new one.

    Raises:
        LabError: when it does not come up; the message holds its last words.
    """
    specs, endpoints = load_specs(specs_file), Endpoints(state, specs_file)
    state.mkdir(parents=True, exist_ok=True)
    said = summary(specs, endpoints)
    if pid := running_pid(state):
        if _ready_mark(state) == _ready(specs, endpoints, timing):
            return f"lab is already running: {said} (process {pid})"
        stop(state)
    (state / _READY).unlink(missing_ok=True)
    with (state / _LOG).open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-m", "sanso.lab", "serve", "--state", str(state), "--specs", str(specs_file)]
            + [f"--{name.replace('_', '-')}={value}" for name, value in vars(timing).items()],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    deadline = time.monotonic() + _PATIENCE
    while _ready_mark(state) is None:
        if child.poll() is not None:
            words = (state / _LOG).read_text(encoding="utf-8", errors="replace").strip()
            raise LabError(words.removeprefix("error: "))
        if time.monotonic() > deadline:
            child.terminate()
            raise LabError(f"the lab did not come up in {_PATIENCE:.0f} s; see {state / _LOG}")
        time.sleep(0.02)
    return f"lab started: {said} (process {child.pid})"


def stop(state: Path) -> str:
    """Stop the lab and wait until it has put its state on disk."""
    pid = running_pid(state)
    if pid is None:
        return "lab is not running"
    os.kill(pid, signal.SIGTERM)
    while running_pid(state) == pid:
        time.sleep(0.02)
    return "lab stopped"


def status(state: Path) -> str:
    """Say whether the lab runs."""
    pid = running_pid(state)
    if pid is None:
        return "lab is not running"
    _, _, said = (_ready_mark(state) or "").partition(" ")
    return f"lab is running: {said} (process {pid})" if said else f"lab is starting (process {pid})"


def device_homes(state: Path) -> dict[str, Path]:
    """Folders of a lab's devices, by their names."""
    return {home.name: home for home in sorted((state / "devices").glob("*"))}


def forget(state: Path, names: Sequence[str]) -> str:
    """Drop what devices and terminals were told, all of them or the named; their keys stay.

    Raises:
        LabError: for a name the state directory does not hold.
    """
    homes = device_homes(state)
    endpoints = terminals.names(state)
    if missing := sorted(set(names) - set(homes) - set(endpoints)):
        raise LabError(f"no such device: {', '.join(missing)}")
    chosen = [name for name in names or homes if name in homes]
    again = [name for name in names or endpoints if name in endpoints]
    terminals.forget(state, again)
    for name in chosen:
        for file in homes[name].iterdir():
            if file.name in (STARTUP, RUNNING) or file.suffix == ".dat":
                file.unlink()
    counts = [f"{len(found)} {what}" for found, what in ((chosen, "devices"), (again, "terminals")) if found]
    return f"{', '.join(counts) or 'no devices'} are as they left the factory"


def serve(state: Path, specs_file: Path, timing: Timing) -> None:
    """Run a lab in this process until it is told to stop (SIGTERM, SIGINT).

    Raises:
        LabError: when another lab holds the state directory, or a port is taken.
    """
    specs, endpoints = load_specs(specs_file), Endpoints(state, specs_file)
    with _held(state):
        asyncio.run(_serve(specs, endpoints, state, timing))


async def _serve(specs: Sequence[DeviceSpec], endpoints: Endpoints, state: Path, timing: Timing) -> None:
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ended.set)
    lab = Lab()
    await lab.start(specs, state, timing)
    await endpoints.start()

    def take_faults() -> None:
        take_fault(state, lab.devices)
        endpoints.take_faults()

    loop.add_signal_handler(signal.SIGHUP, take_faults)
    (state / _READY).write_text(_ready(specs, endpoints, timing), encoding="ascii")
    await ended.wait()
    (state / _READY).unlink(missing_ok=True)
    await endpoints.stop()
    await lab.stop()


@contextlib.contextmanager
def _held(state: Path) -> Iterator[None]:
    """Hold the state directory; the kernel lets go of it when the process ends, however it ends."""
    state.mkdir(parents=True, exist_ok=True)
    with (state / _LOCK).open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            raise LabError(f"{state} is in use by another lab (process {file.read()})") from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield
        file.truncate(0)


def _ready_mark(state: Path) -> str | None:
    try:
        return (state / _READY).read_text(encoding="ascii") or None
    except FileNotFoundError:
        return None


def _ready(specs: Sequence[DeviceSpec], endpoints: Endpoints, timing: Timing) -> str:
    """What a lab that is up writes: a fingerprint of all that it was told, and how much it serves."""
    told = repr((specs, timing)) + endpoints.text
    return f"{hashlib.sha256(told.encode()).hexdigest()} {summary(specs, endpoints)}"


def summary(specs: Sequence[DeviceSpec], endpoints: Endpoints) -> str:
    """Count devices by platform, and terminals."""
    platforms = sorted({spec.platform for spec in specs})
    counts = [f"{sum(spec.platform == one for spec in specs)} {one}" for one in platforms]
    also = f", {len(endpoints.names)} terminals" if endpoints.names else ""
    return f"{len(specs)} devices ({', '.join(counts)}){also}"
