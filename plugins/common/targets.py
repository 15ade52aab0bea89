"""Where devices are reached, from Ansible's connection variables."""

from __future__ import annotations

from pathlib import Path

from sanso.city import City
from sanso.devices import KnownHosts, Target
from sanso.network.wireless import passphrase, shared_secret
from sanso_plugins.common.hostvars import HostVariables

CONNECTION = (
    "ansible_host",
    "ansible_port",
    "ansible_user",
    "ansible_password",
    "ansible_become_password",
    "ansible_ssh_private_key_file",
    "sanso_known_hosts",
)
SECRETS = {"sanso_radius_secrets": shared_secret, "sanso_wlan_passphrases": passphrase}
"""Variables with secrets by the name of what each is for → what stands for one in commands until it is sent."""


class Targets:
    """Makes targets of hosts; a file of host keys is read once for all."""

    def __init__(self, city: City, variables: HostVariables, timeout: int) -> None:
        self.city = city
        self.variables = variables
        self.timeout = timeout
        self._known_hosts: dict[str, KnownHosts] = {}

    def of(self, host: str) -> Target:
        """Target of a host."""
        values = self.variables.values(host, CONNECTION)
        address, port = str(values.get("ansible_host", host)), int(values.get("ansible_port", 22))
        known_hosts = str(values.get("sanso_known_hosts") or "~/.ssh/known_hosts")
        if known_hosts not in self._known_hosts:
            self._known_hosts[known_hosts] = KnownHosts(Path(known_hosts).expanduser())
        return Target(
            hostname=host,
            platform=self.city.platforms[host],
            address=address,
            port=port,
            username=str(values.get("ansible_user", "")),
            password=str(values.get("ansible_password", "")),
            secret=str(values.get("ansible_become_password", "")),
            secrets=self._secrets(host),
            key_file=values.get("ansible_ssh_private_key_file"),
            host_keys=self._known_hosts[known_hosts].keys(address, port),
            timeout=self.timeout,
        )

    def _secrets(self, host: str) -> dict[str, str]:
        """Secrets of a controller's configuration."""
        return {
            SECRETS[variable](str(name)): str(value)
            for variable, given in self.variables.values(host, tuple(SECRETS)).items()
            for name, value in (given or {}).items()
        }
