"""Where devices are reached, from Ansible's connection variables."""

from __future__ import annotations

from pathlib import Path

from sanso.city import City
from sanso.devices import KnownHosts, Target
from sanso.network.wireless import by_placeholder
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
SECRETS = ("sanso_wlan_passphrases", "sanso_radius_secrets")
"""Variables with secrets, by WLAN and by RADIUS server."""


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
        given = self.variables.values(host, SECRETS)
        return by_placeholder(
            *({str(name): str(value) for name, value in (given.get(variable) or {}).items()} for variable in SECRETS)
        )
