"""Where a terminal is reached over WS-Management, and as whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from sanso.wsman.dialect import Dialect

Transport = Literal["ntlm", "kerberos", "credssp", "certificate", "basic"]
PORTS = {"http": 5985, "https": 5986}
"""Ports of WinRM 2.0 and later."""


@dataclass(frozen=True)
class Endpoint:
    """A WinRM listener; secrets stay out of ``repr`` and so out of every message.

    Over http messages are always encrypted, which ``basic`` and ``certificate`` cannot do: they need https.
    """

    host: str
    scheme: Literal["http", "https"] = "http"
    port: int = 0
    """0 is the scheme's usual one."""
    transport: Transport = "ntlm"
    username: str = ""
    password: str = field(default="", repr=False)
    service_host: str = ""
    """The host in the name of the terminal's Kerberos service, HTTP/…; empty is ``host``."""
    ca_file: str = ""
    """CA certificates to trust over https; empty trusts those of the system."""
    certificate: str = ""
    """Client certificate (PEM file), for ``certificate``."""
    key: str = field(default="", repr=False)
    """Its key (PEM file)."""
    dialect: Dialect | None = None
    """How the service names its classes; None: as Windows, and otherwise if the first answer is not a Windows's."""
    connect_timeout: float = 5.0
    """Seconds until a terminal that does not answer is taken to be off."""
    timeout: float = 20.0
    """Seconds that a terminal may work on a question."""
    method_timeout: float = 60.0
    """Seconds that it may work on a method: to activate, it asks others (Windows grants 60 s, MaxTimeoutms)."""

    def __post_init__(self) -> None:
        """Refuse what would send a password or a product key in clear.

        Raises:
            ValueError: the transport needs https.
        """
        if self.scheme == "http" and self.transport in {"basic", "certificate"}:
            raise ValueError(f"{self.host}: transport {self.transport} needs https; over http use ntlm or kerberos")

    @property
    def url(self) -> str:
        """The address of the listener."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port or PORTS[self.scheme]}/wsman"
