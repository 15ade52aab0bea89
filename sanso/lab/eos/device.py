"""An EOS switch: its configuration, its configuration sessions, how it boots, who may log in."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from sanso.lab.clock import Clock
from sanso.lab.device import Device, Service
from sanso.lab.eos import render
from sanso.lab.eos.candidate import Candidates
from sanso.lab.eos.config import EosConfig
from sanso.lab.eos.factory import factory_text
from sanso.lab.eos.secrets import verify
from sanso.lab.eos.shell import FULL, USER, EosShell
from sanso.lab.spec import DeviceSpec
from sanso.lab.state import Store


class EosDevice(Device):
    """A switch with EOS 4.32."""

    def __init__(self, spec: DeviceSpec, clock: Clock, store: Store) -> None:
        super().__init__(spec, clock, store)
        self.config = EosConfig(spec.interfaces)
        self.candidates = Candidates(self)
        #: files in flash, which a boot keeps but the end of the process does not
        self.flash: dict[str, str] = {}
        self.saved_at: float | None = None
        self._printed: tuple[EosConfig, str] | None = None

    def running_config(self) -> str:
        """Give the running configuration as ``show running-config`` prints it."""
        if self._printed is None or self._printed[0] is not self.config:
            body = render.body(self.config)
            self._printed = (self.config, render.titled(self.config, "show running-config", body))
        return self._printed[1]

    def saved_text(self) -> str:
        """Give the running configuration without its header."""
        return "\n".join(render.body(self.config)) + "\n"

    def factory_config(self) -> str:
        """Give the configuration a new switch has after its first set-up."""
        return factory_text(self.spec)

    def load(self, text: str) -> None:
        """Replace the running configuration, as a boot does."""
        self.config = self.parsed(text)
        self.touched()

    def parsed(self, text: str) -> EosConfig:
        """Read a whole configuration; lines it does not know are dropped."""
        shell = EosShell(self, FULL)
        shell.loading = True
        running, self.config = self.config, EosConfig(self.spec.interfaces)
        try:
            self._feed(shell, text)
            return self.config
        finally:
            self.config = running

    @staticmethod
    def _feed(shell: EosShell, text: str) -> None:
        shell.go("config")
        unknown = False
        for line in text.splitlines():
            top = bool(line[:1].strip()) and not shell.gathering
            if top and shell.mode.name != "config":
                # a line that is not indented belongs to no block
                shell.go("config")
            if top or not unknown:
                said = shell.execute(line)
                # what stands below an unknown line must not be taken for a line of another block
                unknown = said.startswith("%") if top else unknown
        shell.end()

    def merge(self, text: str) -> list[str]:
        """Add a text's lines to the running configuration; give what the device says to them."""
        shell = EosShell(self, FULL)
        shell.go("config")
        return list(filter(None, (shell.execute(line) for line in text.splitlines())))

    def read_file(self, where: str) -> str | None:
        """Give the text that a URL names, or ``None``."""
        if where == "startup-config":
            return self.startup_config()
        if where.endswith("running-config"):
            return self.saved_text()
        return self.flash.get(where.partition(":")[2].lstrip("/"))

    def save(self) -> None:
        """Make the running configuration the one it boots from."""
        super().save()
        self.saved_at = self.clock.now()

    def reload(self, reason: str = "Reload requested by the user.") -> None:
        """Boot from the saved configuration; configuration sessions are lost."""
        self.candidates.clear()
        super().reload(reason)

    def shell(self, privileged: bool = False, privilege: int | None = None) -> EosShell:
        """Open a session; unless told otherwise an unprivileged one starts at ``>``."""
        return EosShell(self, privilege if privilege is not None else FULL if privileged else USER)

    def touched(self) -> None:
        """Note that the configuration may have changed."""
        self._printed = None
        self.changed()

    def flush(self) -> None:
        """Write a changed configuration to the store, but none that waits to be confirmed.

        The end of the process counts as the end of the timer, as a power cut would.
        """
        if self.candidates.timed is None:
            super().flush()
        else:
            self._unsaved = False

    def authenticate(self, username: str, password: str) -> int | None:
        """Give the privilege of a configured user; the spec's user may log in while none of that name is."""
        entry = self.config.root.entries.get(f"username {username}")
        if entry is None:
            return super().authenticate(username, password)
        kept = entry.value.partition("secret ")[2]
        right = "nopassword" in entry.value.split() or verify(password, kept)
        return self.login_privilege(username) if right else None

    def login_privilege(self, username: str) -> int | None:
        """Give a user's privilege, which counts only where exec authorization is switched on."""
        entry = self.config.root.entries.get(f"username {username}")
        if entry is None:
            return super().login_privilege(username)
        words = entry.value.split()
        authorized = any(
            line.key.endswith(" local") for line in self.config.root.under("aaa authorization exec default")
        )
        return int(words[words.index("privilege") + 1]) if authorized and "privilege" in words else USER

    async def listen(self, state_dir: Path) -> Sequence[Service]:
        """Serve eAPI over HTTPS where the spec names a port for it."""
        if self.spec.eapi_port is None:
            return ()
        # few devices of a test serve eAPI, and its imports are not cheap
        from sanso.lab.eos.eapi import serve

        return (await serve(self, self.spec.address, self.spec.eapi_port, state_dir),)

    def stamp(self, when: float) -> str:
        """Print a time as EOS does, in the switch's clock: UTC."""
        return time.strftime("%a %b %e %H:%M:%S %Y", time.gmtime(when))
