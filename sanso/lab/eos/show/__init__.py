"""What ``show`` commands print, as text or, for those that EOS converts, as JSON."""

from sanso.lab.eos.show.addresses import address_commands
from sanso.lab.eos.show.config import config_commands
from sanso.lab.eos.show.interfaces import interface_commands
from sanso.lab.eos.show.lists import list_commands
from sanso.lab.eos.show.neighbors import neighbor_commands
from sanso.lab.eos.show.switching import switching_commands
from sanso.lab.eos.show.system import system_commands
from sanso.lab.grammar import Command


def show_commands() -> list[Command]:
    """Give the commands."""
    return [
        *config_commands(),
        *system_commands(),
        *interface_commands(),
        *switching_commands(),
        *address_commands(),
        *list_commands(),
        *neighbor_commands(),
    ]
