"""A wireless controller: an IOS XE device with WLANs, profiles, tags and access points."""

from sanso.lab.c9800.chassis import PORTS
from sanso.lab.c9800.factory import BORN_WITH, factory_text
from sanso.lab.c9800.modes import all_modes
from sanso.lab.ios.device import IosDevice
from sanso.lab.ios.model import IosConfig
from sanso.lab.ios.shell import FULL, USER, IosShell


class WirelessController(IosDevice):
    """A controller like a Catalyst 9800-L with IOS XE 17.9."""

    def empty_config(self) -> IosConfig:
        """Give a configuration that says nothing."""
        return IosConfig(self.spec.name, self.spec.interfaces or PORTS, version="17.9")

    def factory_config(self) -> str:
        """Give the configuration a new controller has after its first set-up."""
        return factory_text(self.spec)

    def load(self, text: str) -> None:
        """Replace the running configuration, line by line as a boot reads it."""
        super().load(BORN_WITH + text)

    def shell(self, privileged: bool = False, privilege: int | None = None) -> IosShell:
        """Open a session; unless told otherwise an unprivileged one starts at ``>``."""
        level = privilege if privilege is not None else FULL if privileged else USER
        return IosShell(self, level, all_modes())
