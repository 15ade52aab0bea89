"""``show`` commands of a controller; the others are those of IOS."""

from sanso.lab.c9800.show.access_points import access_point_commands
from sanso.lab.c9800.show.system import system_commands
from sanso.lab.c9800.show.tags import tag_commands
from sanso.lab.c9800.show.wlans import wlan_commands
from sanso.lab.grammar import Command

__all__ = ["show_commands"]


def show_commands() -> list[Command]:
    """Give the commands."""
    return [*wlan_commands(), *tag_commands(), *access_point_commands(), *system_commands()]
