"""What terminals reach for a licence: KMS hosts, the DNS record of one, the vendor's own activation, the domain."""

from __future__ import annotations

from dataclasses import dataclass, field

KMS_PORT = 1688


@dataclass
class KmsHost:
    """A KMS host; it serves nobody before enough clients have asked."""

    count: int = 50
    port: int = KMS_PORT
    reachable: bool = True
    served: int = 0


@dataclass
class World:
    """All of it; every terminal of a lab shares one."""

    kms: dict[str, KmsHost] = field(default_factory=dict)
    srv: str = ""
    """KMS host that the DNS record ``_vlmcs._tcp`` names; empty: there is no such record."""
    breakout: bool = True
    """Whether terminals get to the vendor's activation service."""
    mak_left: int = 50_000
    forest: bool = True
    """Whether the domain holds an activation object."""

    def kms_code(self, machine: str, port: int) -> int:
        """HRESULT of asking a KMS host, 0 for a licence; an empty machine is looked up by DNS."""
        name = machine or self.srv
        if not name:
            return 0x8007232B
        host = self.kms.get(name.lower())
        if host is None or not host.reachable or host.port != (port or KMS_PORT):
            return 0xC004F074
        host.count += 1
        if host.count < 25:
            return 0xC004F038
        host.served += 1
        return 0

    def mak_code(self) -> int:
        """HRESULT of activating a MAK with the vendor, 0 for a licence."""
        if not self.breakout:
            return 0x8007232A
        if self.mak_left < 1:
            return 0xC004C020
        self.mak_left -= 1
        return 0
