"""Sessions with Arista EOS through netmiko.

A change is a configuration session: nothing reaches the running configuration before ``commit timer``, which takes
all of it at once and undoes it unless it is confirmed.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from uuid import uuid4

from netmiko.arista import AristaSSH

from sanso.devices.session import Session
from sanso.devices.target import Target
from sanso.devices.terminal import Terminal
from sanso.network.surroundings import Gateway, Surroundings
from sanso.platforms.eos import DIALECT
from sanso.platforms.eos.neighbours import TABLES
from sanso.platforms.industry.surroundings import Lookout

LOOKOUT = Lookout(DIALECT, TABLES)


class EosTerminal(Terminal, AristaSSH):
    """EOS command line."""

    setup_commands = ("terminal length 0", "terminal width 511")


class EosSession(Session):
    """Read and change one EOS device."""

    connection = EosTerminal
    device_type = "arista_eos"
    refusals = re.compile(r"^\s*%|^! (?:Commit failed|Error)")

    def __init__(self, target: Target) -> None:
        super().__init__(target)
        self._name = f"sanso-{uuid4().hex[:8]}"

    def read(self) -> str:
        """Running configuration."""
        return self.show("show running-config")

    def begin(self, minutes: int) -> None:
        """Open a configuration session."""
        self._timer = f"{minutes // 60:02}:{minutes % 60:02}:00"
        self.run([f"configure session {self._name}"])

    def finish(self) -> None:
        """Commit the session under the timer."""
        self.run([f"commit timer {self._timer}"])

    def cancel(self) -> None:
        """Throw the configuration session away, or undo its commit while the timer runs."""
        self.terminal.run(["end", f"configure session {self._name} abort"])

    @property
    def mark(self) -> str:
        """Name of the configuration session: it outlives the login that opened it."""
        return self._name

    def adopt(self, mark: str) -> None:
        """Take over the configuration session of another login."""
        self._name = mark

    def confirm(self) -> None:
        """Commit for good."""
        self.run([f"configure session {self._name} commit"])

    def save(self) -> None:
        """Write the running configuration to the startup configuration."""
        self.run(["write memory"])

    def gateways(self, text: str) -> frozenset[Gateway]:
        """Next hops of static routes, and the default gateway."""
        return LOOKOUT.gateways(text)

    def look_around(self, gateways: Collection[Gateway]) -> Surroundings:
        """Neighbours of LLDP, and the gateways that answer a ping."""
        return LOOKOUT.look(self.ask, gateways)


SESSION = EosSession
