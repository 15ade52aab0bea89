"""What roles do to hosts by themselves, in the journal: begun in one task, told host by host, ended with the run."""

from __future__ import annotations

import atexit
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from sanso.change import Difference
from sanso.city import City
from sanso.devices import Outcome
from sanso.devices.errors import DeviceError, Fault
from sanso.devices.job import Status
from sanso.devices.observer import Stage
from sanso.journal import Journal, Recorder, find_run, holds
from sanso.messages import Language, text
from sanso.report.record import difference_record
from sanso_plugins.common.rollout import Occasion, Rollout
from sanso_plugins.common.run import LIFE, PARENT, RUN
from sanso_plugins.common.targets import SECRETS
from sanso_plugins.common.waves import Waves

PARTS = ("access_points", "virtualization", "maintenance", "restore")
"""What roles work on."""
STAGES = {
    "arming": (Stage.ARMING,),
    "saved": (Stage.CONFIRMED, Stage.SAVED),
    "undone": (Stage.UNDONE,),
    "not_undone": (Stage.NOT_UNDONE,),
}
"""What a task of a role tells → the stages of a change."""
KNOWN = ("ansible_password", "ansible_become_password", *SECRETS)
"""Variables that hold secrets."""


def begin(
    city: City, sites: Mapping[str, tuple[str, ...]], options: Mapping[str, Any], *, check: bool
) -> dict[str, Any]:
    """Lock the sites of hosts and begin in the journal; what tasks for single hosts need of it.

    Raises:
        AnsibleActionFail: the journal cannot be written.
    """
    told = {"window_override": options["window_override"]}
    rollout = Rollout(Occasion.of(options["part"], options, city, check=check, **told), sites, ())
    rollout.begin()
    left = rollout.left(host for host in sites if host not in rollout.locked)
    rollout.journal.close()
    locked = {host: record["message"] for host, record in rollout.locked.items()}
    return {
        **rollout.result,
        "refused": _stopped(city, sites, options["language"], check=check) | locked,
        "sites": {host: list(names) for host, names in sites.items()},
        "left": list(left),
    }


def _stopped(city: City, hosts: Iterable[str], lang: Language, *, check: bool) -> dict[str, str]:
    """Why hosts are left alone where a stage failed in an earlier play of the run."""
    failed = None if check else Waves(city).failed()
    return {} if failed is None else {host: text("run.left", lang, host=host, why=failed.why(lang)) for host in hosts}


def end() -> None:
    """Write the end of what roles of this run began; only where the run itself ends.

    Raises:
        OSError: it cannot be written.
    """
    for folder in LIFE.noted if os.getpid() == PARENT else ():
        journal = Journal(folder)
        run = find_run(journal.entries(), RUN)
        for part in PARTS if run is not None else ():
            begun = [one for one in run.begun if one["part"] == part]
            for one in begun[sum(ended.get("part") == part for ended in run.ended) :]:
                statuses = Counter(run.works[host].status for host in one["hosts"] if host in run.works)
                journal.add(RUN, {"event": "ended", "part": part, "statuses": dict(statuses)})
        journal.close()


@atexit.register
def _end_at_last() -> None:
    """Where no callback did, and before the locks are let go of; what cannot be written is then missed as the end."""
    with suppress(OSError):
        end()


def details(differences: Iterable[Difference], lang: Language) -> str:
    """Differences on their way through Ansible to the journal."""
    names = ("kind", "where", "attribute", "expected", "found", "layers")
    found = [difference_record(one, lang) for one in differences]
    return json.dumps([{name: one[name] for name in names} for one in found], ensure_ascii=False)


class HostWork:
    """What a role does to one host.

    Args:
        host: the host.
        begun: what :func:`begin` gave.
        known: secrets of the host, which stay out of the journal.
    """

    def __init__(self, host: str, begun: Mapping[str, Any], known: Iterable[str]) -> None:
        self.host = host
        self._begun = begun
        self._sites: list[str] = begun["sites"][host]
        journal = Journal(Path(begun["journal_folder"]))
        self._recorder = Recorder(journal, RUN, journal.marks(known), self._unfit)

    def looked(self, given: str, commands: list[str], *, differs: bool) -> None:
        """Tell what was found, as :func:`details` gave it, and what is to be done.

        Raises:
            OSError: it cannot be written.
        """
        found = [Difference(**{**one, "layers": tuple(one["layers"])}) for one in json.loads(given)]
        outcome = self._outcome(Status.DRIFT if differs else Status.IN_SYNC)
        outcome.differences, outcome.commands = found, commands
        self._recorder.planned([outcome])
        if self.host in self._begun["left"]:
            self._recorder.reached(self.host, Stage.CLEARED)

    def reached(self, stage: str, why: str) -> None:
        """Tell of a stage; ``why`` the host failed, where it did.

        Raises:
            DeviceError: it cannot be written, or the host may not be started on.
        """
        for one in STAGES[stage]:
            self._recorder.reached(self.host, one)
        if stage != "arming":
            outcome = self._outcome(Status.CHANGED if stage == "saved" else Status.FAILED)
            outcome.error = DeviceError("task", why, restored=stage == "undone") if why else None
            self._recorder.done(outcome)

    @property
    def trouble(self) -> str:
        """Why something could not be written that the host could not be turned back for."""
        return self._recorder.trouble

    def _outcome(self, status: Status) -> Outcome:
        return Outcome(self.host, self._sites[0], status)

    def _unfit(self, host: str) -> Fault | None:
        """Why the host may not be started on: somebody broke a lock of the run."""
        del host
        folder = Path(self._begun["journal_folder"])
        return None if all(holds(folder, site, RUN) for site in self._sites) else "lock"


def secrets_of_host(values: Mapping[str, Any]) -> list[str]:
    """Secrets in variables of a host, as far as they have any of :data:`KNOWN`."""
    found = (one.values() if isinstance(one, dict) else [one] for one in values.values())
    return [str(one) for ones in found for one in ones if one]
