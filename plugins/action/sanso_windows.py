"""Tell when hosts may be worked on; documented in plugins/modules/sanso_windows.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.report.icalendar import windows_calendar
    from sanso.report.windows import windows_text
    from sanso_plugins.common.arguments import CITY, OVERRIDE, SITUATION
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import valid_city
    from sanso_plugins.common.windows import Windows, sites_in_play
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

DAYS = range(367)


class ActionModule(ActionBase):
    """Read windows and blackouts from the inventory alone; no host is contacted."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        task_vars = task_vars or {}
        _, options = self.validate_argument_spec(
            {**CITY, **SITUATION, **OVERRIDE, "days": {"type": "int", "default": 0}, "ics": {"type": "path"}}
        )
        if options["days"] not in DAYS:
            raise AnsibleActionFail(f"days is {options['days']}; expected: {DAYS[0]} to {DAYS[-1]}")
        variables = HostVariables(task_vars, self._templar, options["group"])
        city, verdict = valid_city(variables, options["language"], situation=options["situation"] or None)
        sites = sites_in_play(city, task_vars)
        windows = Windows(city, options, check=self._task.check_mode)
        refusals = windows.refusals(sites)
        return {
            "changed": False,
            **verdict.result,
            "closed": {host: refusal.message for host, refusal in refusals.items()},
            "window_override": windows.override,
            **(_coming(city, sites, options) if options["days"] else {}),
        }


def _coming(city: Any, sites: Mapping[str, tuple[str, ...]], options: Mapping[str, Any]) -> dict[str, Any]:
    """The table, for people, and the file that was asked for."""
    named = {site for of_host in sites.values() for site in of_host}
    shown = [site for site in city.sites if site in named]
    now, days, lang = datetime.now(UTC).replace(second=0, microsecond=0), options["days"], options["language"]
    if options["ics"]:
        file = Path(options["ics"])
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(windows_calendar(city, shown, now, days, lang))
    return {"msg": windows_text(city, shown, now, days, lang)}
