"""A netmiko connection that waits for the device's prompt instead of polling for it.

netmiko knows how to log in to a hundred kinds of device and is kept for that.  Its reading, though, sleeps and looks
again, and its configuration sets wait for each line's echo.  Here a block of commands goes out in one write, and
reading blocks on the channel until as many prompts came back as commands were sent; each command's own answer is
then cut out between two prompts, so that an error is still told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from netmiko.base_connection import BaseConnection
from paramiko import Channel, RejectPolicy, SSHClient, Transport
from paramiko.ssh_exception import (
    AuthenticationException,
    BadHostKeyException,
    NoValidConnectionsError,
    SSHException,
)

from sanso.devices.errors import DeviceError
from sanso.devices.secrets import Secrets, has_secret
from sanso.devices.target import Target

_FIRST_PROMPT = re.compile(r"(?:^|[\r\n])(?P<name>[\w.-]+)(?:\([^)\r\n]*\))?(?P<level>[>#])\s*$")
_PASSWORD = re.compile(r"[Pp]assword:\s*$")
_ABBREVIATED = 16
"""Devices cut long host names in their configuration prompts; so many characters always stay."""


class _Client(SSHClient):
    """Prefers ciphers that authenticate by themselves: paramiko compares MACs byte by byte, in Python."""

    def connect(self, *args: Any, **options: Any) -> None:
        super().connect(*args, **{**options, "transport_factory": _transport})


def _transport(*args: Any, **options: Any) -> Transport:
    transport = Transport(*args, **options)
    security = transport.get_security_options()
    security.ciphers = sorted(security.ciphers, key=lambda cipher: "gcm" not in cipher)
    return transport


class Terminal(BaseConnection):
    """Mixin before a netmiko class: blocks of commands in, one answer per command out."""

    setup_commands: tuple[str, ...] = ()
    """Sent after login: no paging, wide lines."""

    def __init__(self, target: Target, device_type: str, **options: Any) -> None:
        self._target = target
        self._secrets = Secrets(target.secrets)
        super().__init__(
            host=target.address,
            port=target.port,
            username=target.username,
            password=target.password,
            secret=target.secret,
            use_keys=target.key_file is not None,
            key_file=target.key_file,
            device_type=device_type,
            conn_timeout=target.timeout,
            auth_timeout=target.timeout,
            banner_timeout=target.timeout,
            **options,
        )

    def _build_ssh_client(self) -> SSHClient:
        """Accept the host keys of the inventory's known_hosts and no others."""
        client = _Client()
        name = self.host if self.port == 22 else f"[{self.host}]:{self.port}"
        for key in self._target.host_keys:
            client.get_host_keys().add(name, key.get_name(), key)
        client.set_missing_host_key_policy(RejectPolicy())
        return client

    def session_preparation(self) -> None:
        """Find the prompt, become privileged, switch paging off."""
        greeting = self._read_until(_FIRST_PROMPT)
        match = _FIRST_PROMPT.search(greeting)
        if match is None:
            raise DeviceError("timeout", f"no prompt after login: {greeting[-80:]!r}")
        name = re.escape(match["name"][:_ABBREVIATED])
        self._prompt = re.compile(rf"^{name}[^\r\n#>]*[#>] ?", re.MULTILINE)
        self._prompt_at_end = re.compile(rf"(?:^|[\r\n]){name}[^\r\n#>]*[#>]\s*$")
        if match["level"] == ">":
            self._enable()
        self.run(self.setup_commands)

    def _enable(self) -> None:
        self._write("enable\n")
        if _PASSWORD.search(self._read_until(re.compile(rf"{_PASSWORD.pattern}|[#>]\s*$"))):
            self._write(f"{self._target.secret}\n")
            if not self._read_until(re.compile(rf"{_PASSWORD.pattern}|[#>]\s*$")).rstrip().endswith("#"):
                raise DeviceError("authentication", "the device refused the enable secret")

    def run(self, commands: Sequence[str]) -> list[str]:
        """Send commands in one write; return each one's answer.

        Secrets are put in the place of what stands for them, and taken out of the answers again.

        Raises:
            DeviceError: the device did not answer in time, or closed the session.
        """
        if not commands:
            return []
        self._write("".join(f"{self._secrets.revealed(command.strip())}\n" for command in commands))
        received, prompts = "", 0
        while prompts < len(commands):
            more = self._read_until(self._prompt_at_end)
            received, prompts = received + more, prompts + len(self._prompt.findall(more.replace("\r", "")))
        answers = zip(commands, self._split(received), strict=False)
        return [self._secrets.hidden(said) if has_secret(command) else said for command, said in answers]

    def _write(self, text: str) -> None:
        try:
            self.write_channel(text)
        except OSError as error:
            raise DeviceError("unreachable", "the device closed the session") from error

    def _split(self, received: str) -> list[str]:
        """Cut at the prompts; what stands before the first is the echo and answer of the first command."""
        parts = self._prompt.split(received.replace("\r", ""))
        return [part.partition("\n")[2] for part in parts]

    def _read_until(self, pattern: re.Pattern[str]) -> str:
        """Block until the end of what came in matches."""
        channel = cast("Channel", self.remote_conn)
        channel.settimeout(self._target.timeout)
        received: list[str] = []
        tail = ""
        while True:
            try:
                data = channel.recv(65535)
            except TimeoutError as error:
                detail = (
                    f"no answer within {self._target.timeout:g} s; last words: {self._secrets.hidden(tail)[-80:]!r}"
                )
                raise DeviceError("timeout", detail) from error
            if not data:
                raise DeviceError("unreachable", "the device closed the session")
            text = data.decode("utf-8", errors="replace")
            received.append(text)
            tail = (tail + text)[-200:]
            if pattern.search(tail):
                return "".join(received)

    def close(self) -> None:
        """End the session without asking the device to log us out: one round trip less."""
        self.paramiko_cleanup()

    def disconnect(self) -> None:
        """End a login that fails half-way: netmiko would ask the device, and wait ten seconds more."""
        self.close()


def connect(connection: type[Terminal], target: Target, device_type: str) -> Terminal:
    """Log in, telling apart what can fail.

    Raises:
        DeviceError: with fault ``unreachable``, ``authentication``, ``host_key`` or ``timeout``.
    """
    try:
        return connection(target, device_type)
    except DeviceError:
        raise
    except (SSHException, OSError) as error:
        raise _explained(_origin(error), target) from error


def _explained(error: BaseException, target: Target) -> DeviceError:
    where = f"{target.address}:{target.port}"
    if isinstance(error, BadHostKeyException) or "no acceptable host key" in str(error):
        return DeviceError("host_key", f"{where} shows another host key than known_hosts")
    if isinstance(error, AuthenticationException):
        return DeviceError("authentication", f"{where} refused user {target.username!r}")
    if isinstance(error, SSHException) and (not target.host_keys or "known_hosts" in str(error)):
        return DeviceError("host_key", f"{where} has no host key in known_hosts")
    return DeviceError("unreachable", f"{where}: {_first_line(error)}")


def _origin(error: BaseException) -> BaseException:
    """What was raised first: netmiko tells every failure to connect as a timeout of its own."""
    inner = error.__cause__ or error.__context__
    return error if inner is None else _origin(inner)


def _first_line(error: BaseException) -> str:
    if isinstance(error, NoValidConnectionsError):  # paramiko's sum of one failure for each address
        error = next(iter(error.errors.values()))
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error).strip().partition("\n")[0] or type(error).__name__
