"""A real KDC (MIT Kerberos) of a realm of its own: everything in one folder, on a port of loopback that was free."""

from __future__ import annotations

import os
import shutil
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest

REALM = "CITY.EXAMPLE"
USER, PASSWORD = f"ops@{REALM}", "pw-of-ops"
_PROGRAMS = {
    "kdb5_util": "krb5-kdc",
    "krb5kdc": "krb5-kdc",
    "kadmin.local": "krb5-admin-server",
    "kinit": "krb5-user",
}
"""Program → the Debian package that brings it."""
_FOUND = {name: shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") for name in _PROGRAMS}
MISSING = sorted({_PROGRAMS[name] for name, path in _FOUND.items() if path is None})
"""Packages that have to be installed first."""
_MODULES = all(find_spec(name) for name in ("gssapi", "krb5"))
needs_kerberos = pytest.mark.skipif(
    bool(MISSING) or not _MODULES,
    reason=f"without {', '.join(MISSING)}" if MISSING else "without gssapi and krb5: make kerberos",
)
_CONFIG = """\
[libdefaults]
    default_realm = {realm}
    dns_lookup_realm = false
    dns_lookup_kdc = false
    dns_canonicalize_hostname = false
    udp_preference_limit = 1
[realms]
    {realm} = {{
        kdc = 127.0.0.1:{port}
    }}
    SILENT.EXAMPLE = {{
        kdc = 127.0.0.1:1
    }}
[domain_realm]
    localhost = {realm}
    .city.example = {realm}
[kdcdefaults]
    kdc_listen = ""
    kdc_tcp_listen = 127.0.0.1:{port}
[dbmodules]
    {realm} = {{
        db_library = db2
        database_name = {folder}/principal
    }}
[logging]
    kdc = FILE:{folder}/kdc.log
"""
_REALM_CONFIG = """\
[realms]
    {realm} = {{
        key_stash_file = {folder}/stash
        acl_file = {folder}/kadm5.acl
        max_life = 10h
    }}
"""


class Kdc:
    """A realm; ``variables`` are those of the environment by which a process uses it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name, text in (("krb5.conf", _CONFIG), ("kdc.conf", _REALM_CONFIG)):
            told = text.format(realm=REALM, port=self.port, folder=folder)
            (folder / name).write_text(told, encoding="ascii")
        self.tickets = folder / "tickets"
        self.variables = {
            "KRB5_CONFIG": str(folder / "krb5.conf"),
            "KRB5_KDC_PROFILE": str(folder / "kdc.conf"),
            "KRB5_KTNAME": f"FILE:{folder}/keytab",
            "KRB5CCNAME": f"FILE:{self.tickets}",
            "KRB5RCACHENAME": f"file2:{folder}/replays",
        }
        self._run("kdb5_util", "create", "-s", "-r", REALM, "-P", "master-key")
        self.admin(f"addprinc -pw {PASSWORD} {USER}")

    @contextmanager
    def running(self) -> Iterator[Kdc]:
        """The KDC, while the block runs."""
        process = subprocess.Popen(
            [str(_FOUND["krb5kdc"]), "-n", "-P", str(self.folder / "pid")],
            env={**os.environ, **self.variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
            yield self
        finally:
            process.terminate()
            process.wait(10)

    def admin(self, command: str) -> None:
        """Do what an administrator of the realm does."""
        self._run("kadmin.local", "-q", command)

    def service(self, host: str) -> None:
        """Give a host its service HTTP, and its key into the file of keys."""
        self.admin(f"addprinc -randkey HTTP/{host}")
        self.admin(f"ktadd -k {self.folder}/keytab HTTP/{host}")

    def kinit(self, *arguments: str) -> None:
        """Get a ticket, as a person does."""
        self._run("kinit", *arguments, USER, typed=PASSWORD)

    def set_clock(self, seconds: int) -> None:
        """Let who uses the tickets think so: the file tells by how much the KDC's clock is ahead of the own one."""
        data = self.tickets.read_bytes()
        magic, length = struct.unpack(">HH", data[:4])
        assert magic == 0x0504
        tag = struct.pack(">HHii", 1, 8, seconds, 0)
        self.tickets.write_bytes(struct.pack(">HH", magic, len(tag)) + tag + data[4 + length :])

    def _run(self, program: str, *arguments: str, typed: str = "") -> None:
        done = subprocess.run(
            [str(_FOUND[program]), *arguments],
            env={**os.environ, **self.variables},
            input=typed + "\n",
            text=True,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, f"{program}: {done.stdout}{done.stderr}"

    def _wait(self) -> None:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except ConnectionRefusedError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError((self.folder / "kdc.log").read_text(encoding="utf-8"))
