"""Where a device is reached and how; made from Ansible's connection variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from paramiko.hostkeys import HostKeys
from paramiko.pkey import PKey


@dataclass(frozen=True)
class Target:
    """An SSH endpoint; secrets stay out of ``repr`` and so out of every message."""

    hostname: str
    platform: str
    address: str
    port: int = 22
    username: str = ""
    password: str = field(default="", repr=False)
    secret: str = field(default="", repr=False)
    """For ``enable``, where login does not give the privilege by itself."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False, hash=False)
    """Secrets of the configuration, by what stands for them in commands until they are sent."""
    key_file: str | None = None
    host_keys: tuple[PKey, ...] = field(default=(), repr=False)
    """Keys the device may show; none means that every key is refused."""
    timeout: float = 30.0
    """Seconds to wait for a connection and for each answer."""


class KnownHosts:
    """Host keys of a ``known_hosts`` file, read once for a whole fleet."""

    def __init__(self, file: Path) -> None:
        self._keys = HostKeys(str(file)) if file.is_file() else HostKeys()

    def keys(self, address: str, port: int) -> tuple[PKey, ...]:
        """Keys known for an endpoint, as OpenSSH writes it: ``[address]:port`` unless the port is 22."""
        name = address if port == 22 else f"[{address}]:{port}"
        found = self._keys.lookup(name)
        return tuple(found.values()) if found is not None else ()
