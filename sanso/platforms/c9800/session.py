"""Sessions with Catalyst 9800 controllers: those of IOS XE."""

from __future__ import annotations

from sanso.platforms.ios.session import IosSession


class C9800Session(IosSession):
    """Read and change one controller."""

    device_type = "cisco_xe"

    def read(self) -> str:
        """Running configuration."""
        return self.show("show running-config")


SESSION = C9800Session
