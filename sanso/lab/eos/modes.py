"""The modes of an EOS session, put together from the tables and the commands with handlers of their own."""

from sanso.lab.eos import routing, tables
from sanso.lab.eos.configure import configuration_commands, configure_commands
from sanso.lab.eos.exec_ import exec_commands
from sanso.lab.eos.global_ import global_commands
from sanso.lab.eos.interface import interface_commands
from sanso.lab.eos.kinds import KINDS
from sanso.lab.eos.lists import acl_commands, vlan_commands
from sanso.lab.eos.show import show_commands
from sanso.lab.grammar import Command, Grammar
from sanso.lab.keep import modes
from sanso.lab.shell import Mode


def build() -> dict[str, Mode]:
    """Give all modes by name; ``{0}`` in what a prompt shows stands for what the mode works on."""
    common = configuration_commands()
    execute = Mode("exec", "", Grammar([*exec_commands(), *configure_commands(), *show_commands()], KINDS))
    config = Mode("config", "(config)#", Grammar([*common, *global_commands()], KINDS), execute, config=True)
    made = {"exec": execute, "config": config}

    def add(name: str, suffix: str, commands: list[Command]) -> None:
        made[name] = Mode(name, f"({suffix})#", Grammar([*commands, *common], KINDS), config, config=True)

    add("if", "config-if-{0}", interface_commands())
    add("vlan", "config-vlan-{0}", vlan_commands())
    add("acl", "config-acl-{0}", acl_commands())
    add("acl6", "config-ipv6-acl-{0}", acl_commands())
    parts = {
        "head": tables.HEAD,
        "instances": tables.INSTANCES,
        "routes": tables.ROUTES,
        "routing": routing.ROUTING,
        "tail": tables.TAIL,
    }
    for prefix, rows in parts.items():
        made.update(modes(rows, prefix, config, common, KINDS))
    return made
