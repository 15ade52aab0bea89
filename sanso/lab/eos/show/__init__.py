"""What ``show`` commands print, as text or, for those that EOS converts, as JSON."""

from sanso.lab.eos.show.config import config_commands
from sanso.lab.grammar import Command


def show_commands() -> list[Command]:
    """Give the commands."""
    return [*config_commands()]
