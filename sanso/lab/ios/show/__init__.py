"""What ``show`` prints, by subject."""

from sanso.lab.grammar import Command
from sanso.lab.ios.show.interface import interface_commands
from sanso.lab.ios.show.lists import list_commands
from sanso.lab.ios.show.neighbor import neighbor_commands
from sanso.lab.ios.show.port import port_commands
from sanso.lab.ios.show.running import running_commands
from sanso.lab.ios.show.system import system_commands
from sanso.lab.ios.show.vlan import vlan_commands

__all__ = ["show_commands"]


def show_commands() -> list[Command]:
    """Give the commands."""
    return [
        *running_commands(),
        *vlan_commands(),
        *port_commands(),
        *interface_commands(),
        *list_commands(),
        *neighbor_commands(),
        *system_commands(),
    ]
