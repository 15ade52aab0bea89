"""The modes of a session on a controller: those of IOS, and those below its wireless configuration."""

from __future__ import annotations

from functools import lru_cache

from sanso.lab.c9800.kinds import WIRELESS_KINDS
from sanso.lab.c9800.show import show_commands
from sanso.lab.c9800.tables import PLACES, WLAN_RANK
from sanso.lab.c9800.wlan import opening, wlan_commands
from sanso.lab.grammar import Command, Grammar, Match
from sanso.lab.ios.exec_ import configuration_commands
from sanso.lab.ios.modes import KINDS, build
from sanso.lab.ios.shell import IosShell
from sanso.lab.keep import commands, modes
from sanso.lab.shell import Mode


@lru_cache(maxsize=1)
def all_modes() -> dict[str, Mode]:
    """Give the modes, built when the first session needs them."""
    kinds = {**KINDS, **WIRELESS_KINDS}
    own = [one for prefix, (rows, rank) in PLACES.items() for one in commands(rows, rank, prefix)]
    made = build(show_commands(), [*map(_keep_defaults, own), opening(WLAN_RANK)], kinds)
    config, common = made["config"], configuration_commands()
    made["wlan"] = Mode("wlan", "(config-wlan)#", Grammar([*common, *wlan_commands()], kinds), config, config=True)
    for prefix, (rows, _) in PLACES.items():
        made.update(modes(rows, prefix, config, common, kinds))
    return made


def _keep_defaults(command: Command) -> Command:
    """Let nobody remove the profiles and tags that a controller is born with."""

    def run(shell: IosShell, match: Match) -> str | None:
        if match.negated and match.get("name").startswith("default-"):
            return f"% {match['name']} cannot be deleted"
        return command.run(shell, match)

    return Command(command.syntax, run)
