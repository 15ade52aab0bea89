"""The modes of an IOS session, put together from the tables and the commands with handlers of their own."""

from collections.abc import Mapping, Sequence

from sanso.lab.grammar import Command, Grammar
from sanso.lab.ios import tables
from sanso.lab.ios.exec_ import configuration_commands, exec_commands
from sanso.lab.ios.files import file_commands
from sanso.lab.ios.global_ import global_commands, line_commands
from sanso.lab.ios.interface import routed_commands, switching_commands
from sanso.lab.ios.lists import acl_commands, vlan_commands
from sanso.lab.ios.names import INTERFACE
from sanso.lab.ios.show import show_commands
from sanso.lab.ios.vlans import VLAN_LIST
from sanso.lab.keep import modes
from sanso.lab.shell import Mode
from sanso.lab.words import Kind, matching

KINDS: dict[str, Kind] = {
    "interface": INTERFACE,
    "vlans": VLAN_LIST,
    "delay": matching(r"\d{1,3}(:\d\d)?", "Delay before reload (mmm or hhh:mm)"),
    "file": matching(r"(flash|bootflash|nvram|null):\S*", "flash:filename"),
}


def build(
    exec_first: Sequence[Command] = (),
    config_first: Sequence[Command] = (),
    kinds: Mapping[str, Kind] = KINDS,
) -> dict[str, Mode]:
    """Give all modes by name; the given commands, of such kinds, win over those that read the same."""
    common = configuration_commands()
    executed = [*exec_first, *exec_commands(), *file_commands(), *show_commands()]
    configured = [*common, *config_first, *global_commands()]
    execute = Mode("exec", "", Grammar(executed, kinds))
    config = Mode("config", "(config)#", Grammar(configured, kinds), execute, config=True)
    made = {"exec": execute, "config": config}

    def add(name: str, suffix: str, grammar: Grammar) -> None:
        made[name] = Mode(name, f"({suffix})#", grammar, config, config=True)

    def grammar(commands: list[Command]) -> Grammar:
        return Grammar([*common, *commands], KINDS)

    switching, routed = grammar([*switching_commands(), *routed_commands()]), grammar(routed_commands())
    add("if", "config-if", switching)
    add("svi", "config-if", routed)
    add("if-range", "config-if-range", switching)
    add("svi-range", "config-if-range", routed)
    add("vlan", "config-vlan", grammar(vlan_commands()))
    add("acl-std", "config-std-nacl", grammar(acl_commands("ip")))
    add("acl-ext", "config-ext-nacl", grammar(acl_commands("ip")))
    add("acl-ipv6", "config-ipv6-acl", grammar(acl_commands("ipv6")))
    add("line", "config-line", grammar(line_commands()))
    for prefix, rows in (
        ("head", tables.HEAD),
        ("routes", tables.ROUTES),
        ("tail", tables.TAIL),
        ("last", tables.LAST),
    ):
        made.update(modes(rows, prefix, config, common, KINDS))
    return made
