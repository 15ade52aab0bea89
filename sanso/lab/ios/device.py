"""An IOS switch: its configuration, how it boots, who may log in, and changes it takes back by itself."""

import time

from sanso.lab.clock import Clock
from sanso.lab.device import Device
from sanso.lab.ios import render
from sanso.lab.ios.chassis import Chassis
from sanso.lab.ios.factory import factory_text
from sanso.lab.ios.model import IosConfig
from sanso.lab.ios.reloading import ScheduledReload
from sanso.lab.ios.revert import Rollback
from sanso.lab.ios.secrets import verify
from sanso.lab.ios.shell import FULL, USER, IosShell
from sanso.lab.spec import DeviceSpec
from sanso.lab.state import Store

#: where a VTP server keeps its VLANs
_VLANS = "vlan.dat"


class IosDevice(Device):
    """A switch like a Catalyst 3850 with IOS XE 3."""

    def __init__(self, spec: DeviceSpec, clock: Clock, store: Store) -> None:
        super().__init__(spec, clock, store)
        self.config = self.empty_config()
        self.chassis = Chassis(spec.name, spec.interfaces)
        self.rollback = Rollback(self)
        self.scheduled = ScheduledReload(self)
        #: files in flash, which a boot keeps but the end of the process does not
        self.flash: dict[str, str] = {}
        self.last_change: tuple[float, str] | None = None
        self.last_save: tuple[float, str] | None = None
        self._printed: str | None = None
        self._loading = False

    def empty_config(self) -> IosConfig:
        """Give a configuration that says nothing."""
        return IosConfig(self.spec.name, self.spec.interfaces)

    def running_config(self) -> str:
        """Give the running configuration as ``show running-config`` prints it."""
        if self._printed is None:
            self._printed = render.running(self)
        return self._printed

    def saved_text(self) -> str:
        """Give the running configuration without the header of ``show running-config``."""
        return render.body(self.config)

    def factory_config(self) -> str:
        """Give the configuration a new switch has after its first set-up."""
        return factory_text(self.spec)

    def load(self, text: str) -> None:
        """Replace the running configuration, line by line as a boot reads it."""
        self.config = self.empty_config()
        shell = self.shell(privileged=True)
        shell.silent = True
        self._loading = True
        for part in (self.store.read(_VLANS) or "", text):
            shell.go("config")
            for line in part.splitlines():
                shell.execute(line)
            shell.end()
        self._loading = False
        self._printed = None
        self.changed()

    def save(self) -> None:
        """Make the running configuration the one it boots from."""
        super().save()
        self.last_save = (self.clock.now(), self.spec.username)
        self._printed = None

    def reload(self, reason: str = "Reload Command") -> None:
        """Boot from the saved configuration."""
        self.rollback.forget()
        self.scheduled.forget()
        self.last_change = None
        super().reload(reason)

    def factory_reset(self) -> None:
        """Forget everything, VLANs too."""
        self.store.delete(_VLANS)
        super().factory_reset()

    def shell(self, privileged: bool = False, privilege: int | None = None) -> IosShell:
        """Open a session; unless told otherwise an unprivileged one starts at ``>``."""
        return IosShell(self, privilege if privilege is not None else FULL if privileged else USER)

    def touched(self, shell: IosShell, configuring: bool) -> None:
        """Note that a session ran a command."""
        if self._loading:
            return
        self.rollback.touched()
        if configuring:
            self._printed = None
            self.last_change = (self.clock.now(), shell.username)
            self.changed()

    def flush(self) -> None:
        """Write what changed to the store; a VTP server's VLANs go to a file that outlives a reload."""
        super().flush()
        if self.config.vlans_in_config:
            self.store.delete(_VLANS)
        else:
            self.store.write(_VLANS, "\n".join(render.vlan_lines(self.config)) + "\n")

    @property
    def enable_secret(self) -> str | None:
        """What the enable password is checked against, with its type, or ``None``."""
        settings = self.config.settings
        return settings.value("enable secret") or settings.value("enable password") or None

    def authenticate(self, username: str, password: str) -> int | None:
        """Give the privilege of a configured user; the spec's user may log in while none of that name is."""
        entry = self.config.settings.entries.get(f"username {username}")
        if entry is None:
            return super().authenticate(username, password)
        kept = entry.value.partition("secret ")[2] or entry.value.partition("password ")[2]
        return self.login_privilege(username) if verify(password, kept) else None

    def login_privilege(self, username: str) -> int | None:
        """Give a user's privilege."""
        entry = self.config.settings.entries.get(f"username {username}")
        if entry is None:
            return super().login_privilege(username)
        words = entry.value.split()
        return int(words[words.index("privilege") + 1]) if "privilege" in words else USER

    def stamp(self, when: float) -> str:
        """Print a time as IOS does, in the switch's clock: UTC."""
        return time.strftime("%H:%M:%S UTC %a %b %-d %Y", time.gmtime(when))
