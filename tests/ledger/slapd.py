"""OpenLDAP's slapd as a process of the test's own, with the classes of Active Directory's computers."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_connection

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.emulated import free_port

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/libexec:/usr/bin:/usr/local/libexec")
SCHEMA = Path("/etc/ldap/schema")
USER, PASSWORD = "cn=reader,dc=city,dc=example", "only for tests"
"""Who may read, within the limits that the server sets."""
CONFIG = """\
{includes}
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/pid
argsfile {folder}/args
TLSCACertificateFile {folder}/ca.pem
TLSCertificateFile {folder}/server.pem
TLSCertificateKeyFile {folder}/server.key
database mdb
suffix "dc=city,dc=example"
directory {folder}/data
{limits}
access to attrs=userPassword by anonymous auth
access to * by dn.exact="{user}" read
"""
TREE = """\
dn: dc=city,dc=example
objectClass: domain
dc: city

dn: OU=Clients,dc=city,dc=example
objectClass: organizationalUnit
ou: Clients

dn: {user}
objectClass: person
cn: reader
sn: reader
userPassword: {password}
"""


@dataclass(frozen=True)
class Slapd:
    """A server that listens, with and without TLS from the start."""

    ldaps: str
    ldap: str
    ca: Path


def computer(name: str, ou: str, *, control: int = 4096, logon: int | None = None) -> str:
    """An entry as Active Directory has it; ``ou`` lists its organisational units, the innermost first."""
    dn = ",".join([f"CN={name}", *(f"OU={one}" for one in ou.split("/")), "OU=Clients,dc=city,dc=example"])
    lines = [
        f"dn: {dn}",
        "objectClass: top",
        "objectClass: computer",
        f"cn: {name}",
        f"sn: {name}",
        "instanceType: 4",
        "nTSecurityDescriptor: x",
        "objectCategory: cn=computer",
        f"dNSHostName: {name.lower()}.city.example",
        "operatingSystem: Windows 11 Enterprise",
        f"userAccountControl: {control}",
    ]
    return "\n".join([*lines, *([f"lastLogonTimestamp: {logon}"] if logon is not None else [])]) + "\n"


def unit(path: str) -> str:
    """An organisational unit, its path the innermost first."""
    dn = ",".join(f"OU={one}" for one in path.split("/"))
    name = path.partition("/")[0]
    return f"dn: {dn},OU=Clients,dc=city,dc=example\nobjectClass: organizationalUnit\nou: {name}\n"


@contextmanager
def running(folder: Path, entries: list[str], limits: str = "", name: str = "localhost") -> Iterator[Slapd]:
    """Slapd on loopback with these entries; ``name`` is what its certificate is for."""
    if SLAPD is None or not (SCHEMA / "msuser.schema").exists():
        pytest.skip("slapd with its schemas is not installed (Debian: apt-get install slapd)")
    (folder / "data").mkdir(parents=True)
    certificates(folder, name)
    includes = "\n".join(
        f"include {SCHEMA}/{one}.schema" for one in ("core", "cosine", "inetorgperson", "nis", "msuser")
    )
    told = {"includes": includes, "folder": folder, "user": USER, "password": PASSWORD, "limits": limits}
    (folder / "slapd.conf").write_text(CONFIG.format(**told), encoding="utf-8")
    (folder / "tree.ldif").write_text("\n".join([TREE.format(**told), *entries]), encoding="utf-8")
    add = [SLAPD, "-T", "add", "-f", folder / "slapd.conf", "-l", folder / "tree.ldif"]
    done = subprocess.run(add, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    tls, plain = free_port(), free_port()
    urls = f"ldaps://127.0.0.1:{tls} ldap://127.0.0.1:{plain}"
    process = subprocess.Popen(
        [SLAPD, "-d", "0", "-f", folder / "slapd.conf", "-h", urls],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for port in (tls, plain):
            wait(port, process)
        yield Slapd(f"ldaps://localhost:{tls}", f"ldap://localhost:{plain}", folder / "ca.pem")
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server takes connections."""
    until = time.monotonic() + 20
    while True:
        assert process.poll() is None, "slapd ended"
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, "slapd does not listen"
            time.sleep(0.05)
        else:
            return


def certificates(folder: Path, name: str) -> None:
    """An authority, and a certificate of it for a name."""
    now = datetime.now(UTC)
    keys = [ec.generate_private_key(ec.SECP256R1()) for _ in range(2)]
    issuer, subject = (x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, one)]) for one in ("test CA", name))
    for who, key, own in ((issuer, keys[0], True), (subject, keys[1], False)):
        builder = (
            x509.CertificateBuilder()
            .subject_name(who)
            .issuer_name(issuer)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.BasicConstraints(ca=own, path_length=None), critical=True)
        )
        if not own:
            builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        made = builder.sign(keys[0], hashes.SHA256())
        (folder / ("ca.pem" if own else "server.pem")).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / "server.key").write_bytes(
        keys[1].private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
