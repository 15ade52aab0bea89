"""The work of a check or a rollout with Nornir: ``python -m bench.nornir_run check|rollout|save HOSTS WORKERS``."""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

from nornir.core import Nornir
from nornir.core.inventory import ConnectionOptions, Defaults, Groups, Host, Hosts, Inventory
from nornir.core.plugins.connections import ConnectionPluginRegister
from nornir.core.task import Result, Task
from nornir.plugins.runners import ThreadedRunner
from nornir_netmiko import netmiko_save_config, netmiko_send_command, netmiko_send_config


def save(task: Task) -> Result:
    """Keep the running configuration."""
    Path(task.host["text"]).write_text(_read(task), encoding="utf-8")
    return Result(host=task.host)


def check(task: Task) -> Result:
    """Read the running configuration and compare it with the kept one."""
    differences = _compare(task)
    return Result(host=task.host, failed=bool(differences))


def rollout(task: Task) -> Result:
    """Read, send the lines, read and compare again, save."""
    _read(task)
    task.run(netmiko_send_config, config_commands=task.host["commands"])
    differences = _compare(task)
    task.run(netmiko_save_config)
    return Result(host=task.host, failed=bool(differences))


def _compare(task: Task) -> list[str]:
    kept = Path(task.host["text"]).read_text(encoding="utf-8")
    return list(difflib.unified_diff(_lines(kept), _lines(_read(task)), lineterm=""))


def _read(task: Task) -> str:
    return str(task.run(netmiko_send_command, command_string="show running-config", read_timeout=120).result)


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip() and not line.startswith(("!", "Current", "Building"))]


def build(hosts: list[dict[str, Any]], workers: int) -> Nornir:
    """Nornir with a host for each device."""
    ConnectionPluginRegister.auto_register()
    options = {"netmiko": ConnectionOptions(extras={"fast_cli": True})}
    made = {
        host["name"]: Host(
            name=host["name"],
            hostname=host["address"],
            port=host["port"],
            username=host["username"],
            password=host["password"],
            platform="cisco_ios",
            data=host,
            connection_options=options,
        )
        for host in hosts
    }
    inventory = Inventory(Hosts(made), Groups(), Defaults())
    return Nornir(inventory=inventory, runner=ThreadedRunner(num_workers=workers))


def main(mode: str, file: str, workers: str) -> int:
    """Run a task on every host; the exit status tells whether all went well."""
    nornir = build(json.loads(Path(file).read_text(encoding="utf-8")), int(workers))
    results = nornir.run({"save": save, "check": check, "rollout": rollout}[mode])
    for host, result in results.items():
        if result.failed:
            print(host, result[0].exception or [str(one.exception) for one in result if one.exception] or "differs")
    return int(results.failed)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
