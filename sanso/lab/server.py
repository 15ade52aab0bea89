"""Many devices over SSH in one process, on one asyncio loop."""

import asyncio
import errno
import resource
from collections.abc import Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import asyncssh

from sanso.lab.clock import Clock, LoopClock
from sanso.lab.device import Device, Service, make_device
from sanso.lab.ports import holder
from sanso.lab.session import CliSession
from sanso.lab.spec import DeviceSpec, Timing, check_specs
from sanso.lab.state import DirectoryStore

#: cheap to compute, and every client in use has at least one of them
_KEX = ("curve25519-sha256", "curve25519-sha256@libssh.org", "ecdh-sha2-nistp256")

_KEY = "ssh_host_ed25519_key"
_KEY_TYPE = "ssh-ed25519"


class LabError(RuntimeError):
    """The lab cannot run; the message says why."""


class _Login(asyncssh.SSHServer):
    """One connection to one device."""

    def __init__(self, device: Device, timing: Timing) -> None:
        self._device = device
        self._timing = timing
        self._privilege: int | None = None
        self._conn: asyncssh.SSHServerConnection

    def connection_made(self, conn: asyncssh.SSHServerConnection) -> None:
        self._conn = conn
        if "away" in self._device.troubles.lasting:
            conn.abort()

    async def begin_auth(self, username: str) -> bool:  # noqa: ARG002 - asyncssh's signature
        if self._timing.login > 0:
            await asyncio.sleep(self._timing.login)
        return True

    def password_auth_supported(self) -> bool:
        return True

    def validate_password(self, username: str, password: str) -> bool:
        if "password" in self._device.troubles.lasting:
            return False
        self._privilege = self._device.authenticate(username, password)
        return self._privilege is not None

    def session_requested(
        self,
    ) -> bool | tuple[asyncssh.SSHServerChannel[bytes], asyncssh.SSHServerSession[bytes]]:
        username = self._conn.get_extra_info("username")
        privilege = self._privilege
        if "busy" in self._device.troubles.lasting and self._device.sessions:
            return False
        if privilege is None:
            privilege = self._device.login_privilege(username)
        if privilege is None:
            return False
        shell = self._device.shell(privilege=privilege)
        shell.username = username
        shell.source = self._conn.get_extra_info("peername")[0]
        channel = self._conn.create_server_channel(encoding=None)
        return channel, CliSession(self._device, shell, self._timing)


class Lab:
    """Devices that listen.

    ``start`` binds every port or none; ``devices`` then gives each by its name.
    """

    def __init__(self) -> None:
        self.devices: dict[str, Device] = {}
        self._services: list[Service] = []
        self._connections: set[asyncssh.SSHServerConnection] = set()

    async def start(
        self,
        specs: Iterable[DeviceSpec],
        state_dir: Path,
        timing: Timing | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Power the devices on and listen; write ``state_dir/known_hosts``.

        Without a clock the devices' timers run by the loop's.

        Raises:
            LabError: when a port is taken, saying by which process where that can be seen.
            SpecError: when two specs clash or one names an unknown platform.
        """
        specs = list(specs)
        check_specs(specs)
        timing = timing or Timing()
        clock = clock or LoopClock(asyncio.get_running_loop(), timing.timer_scale)
        allow_open_files(8 * len(specs) + 256)
        known_hosts = []
        async with AsyncExitStack() as undo:
            undo.push_async_callback(self.stop)
            for spec in specs:
                home = state_dir / "devices" / spec.name
                home.mkdir(parents=True, exist_ok=True)
                device = make_device(spec, clock, DirectoryStore(home))
                self.devices[spec.name] = device
                key = _host_key(home / _KEY)
                known_hosts.append(f"[{spec.address}]:{spec.port} {_public(key)}\n")
                try:
                    self._services.append(await self._listen(device, key, state_dir, timing))
                    self._services.extend(await device.listen(home))
                except OSError as error:
                    raise _taken(spec, error) from None
            (state_dir / "known_hosts").write_text("".join(known_hosts), encoding="utf-8")
            undo.pop_all()

    async def stop(self) -> None:
        """Stop listening, end all sessions and put every running configuration on disk."""
        for service in self._services:
            service.close()
        for device in self.devices.values():
            device.hang_up()
        for connection in list(self._connections):
            connection.abort()
        await asyncio.gather(*(service.wait_closed() for service in self._services))
        self._services.clear()
        for device in self.devices.values():
            device.flush()
        self.devices.clear()

    async def _listen(
        self, device: Device, key: asyncssh.SSHKey, state_dir: Path, timing: Timing
    ) -> asyncssh.SSHAcceptor:
        authorized = state_dir / "authorized_keys"
        acceptor = await asyncssh.listen(
            device.spec.address,
            device.spec.port,
            server_factory=lambda: _Login(device, timing),
            server_host_keys=[key],
            authorized_client_keys=str(authorized) if authorized.exists() else None,
            acceptor=self._connections.add,
            config=None,
            line_editor=False,
            kex_algs=_KEX,
            compression_algs=["none"],
            allow_scp=False,
            agent_forwarding=False,
            x11_forwarding=False,
            gss_host=None,
        )
        strange = asyncssh.generate_private_key(_KEY_TYPE)

        def show_key() -> None:
            shown = strange if "key" in device.troubles.lasting else key
            acceptor.update(server_host_keys=[shown])

        def cut_off() -> None:
            if "away" in device.troubles.lasting:
                device.hang_up()

        device.troubles.watchers += [show_key, cut_off]
        return acceptor


def allow_open_files(wanted: int) -> None:
    """Raise this process's limit of open files as far as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = hard == resource.RLIM_INFINITY
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if unlimited else min(wanted, hard), hard))


def _host_key(path: Path) -> asyncssh.SSHKey:
    if path.exists():
        return asyncssh.read_private_key(path)
    key = asyncssh.generate_private_key(_KEY_TYPE)
    path.touch(mode=0o600)
    key.write_private_key(path)
    return key


def _public(key: asyncssh.SSHKey) -> str:
    kind, data = key.export_public_key("openssh").decode().split()[:2]
    return f"{kind} {data}"


def _taken(spec: DeviceSpec, error: OSError) -> LabError:
    places = [f"{spec.address}:{port}" for port in (spec.port, spec.eapi_port) if port is not None]
    if error.errno != errno.EADDRINUSE:
        return LabError(f"device {spec.name!r} cannot listen on {' or '.join(places)}: {error}")
    for place in places:
        address, _, port = place.rpartition(":")
        if process := holder(address, int(port)):
            return LabError(f"device {spec.name!r} cannot listen on {place}: the port is taken by {process}")
    return LabError(f"device {spec.name!r} cannot listen on {' or '.join(places)}: the port is taken")
