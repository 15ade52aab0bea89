"""A person's way into an emulated device: OpenSSH, with the device's key checked."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from sanso.lab.server import LabError
from sanso.lab.spec import DeviceSpec


def ssh_command(spec: DeviceSpec, known_hosts: Path) -> list[str]:
    """The command that logs in to a device, whatever the user's own settings of ssh are."""
    options = {
        "UserKnownHostsFile": known_hosts,
        "StrictHostKeyChecking": "yes",
        "PubkeyAuthentication": "no",
        "PreferredAuthentications": "password",
    }
    settings = [part for name, value in options.items() for part in ("-o", f"{name}={value}")]
    return ["ssh", "-F", "none", *settings, "-p", str(spec.port), f"{spec.username}@{spec.address}"]


def login(specs: Sequence[DeviceSpec], state: Path, name: str) -> NoReturn:
    """Say the way in and the password, and become ssh.

    Raises:
        LabError: for a name that no device has, or a machine without ssh.
    """
    devices = {spec.name: spec for spec in specs}
    if name not in devices:
        raise LabError(f"no device {name!r}; there are {', '.join(devices)}")
    device = devices[name]
    command = ssh_command(device, state / "known_hosts")
    print(" ".join(command), f"password: {device.password}", sep="\n", flush=True)
    try:
        os.execvp("ssh", command)  # noqa: S606, S607 - the ssh that the user has
    except FileNotFoundError:
        raise LabError("ssh is not installed; its package is openssh-client on Debian") from None
