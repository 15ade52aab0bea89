"""A controller for tests: one run on one device with a journal, in a process that may kill itself at any point."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from sanso.devices import Job, KnownHosts, Options, Outcome, Target, run_fleet
from sanso.devices.observer import Stage
from sanso.journal import Journal, Recorder, pending_work, read_runs
from sanso.messages import Finding
from sanso.network.facts import Facts, Mode, Port
from sanso.render import Intent

PORTS = {"ios": ("GigabitEthernet1/0/1", "GigabitEthernet1/0/2"), "eos": ("Ethernet1", "Ethernet2")}
PASSWORD = "Pa55word-of-login"  # noqa: S105 - of an emulated device


class Open:
    """A gate that lets everything pass."""

    def note(self, host: str, text: str) -> None: ...

    def plan(self, commands: Any) -> dict[str, list[Finding]]:  # noqa: ARG002 - nothing is refused
        return {}

    def admit(self, host: str, text: str) -> None: ...


class Deadly(Recorder):
    """Kills its own process before or after it tells of a stage: no code of the controller runs after that."""

    kill: tuple[str, str] = ("", "")

    def planned(self, outcomes: Iterable[Outcome]) -> None:
        super().planned(outcomes)
        self._die("planned", "after")

    def reached(self, host: str, stage: Stage, mark: str = "") -> None:
        self._die(stage, "before")
        super().reached(host, stage, mark)
        self._die(stage, "after")

    def _die(self, stage: str, when: str) -> None:
        if self.kill == (stage, when):
            os.kill(os.getpid(), signal.SIGKILL)


def intent(platform: str, *vlans: int) -> Intent:
    """The first port in the first VLAN, the second a trunk for all of them."""
    first, second = PORTS[platform]
    ports = {
        first: Port(first, "terminal", access_vlan=vlans[0]),
        second: Port(second, "uplink", mode=Mode.TRUNK, native_vlan=998, allowed=frozenset(vlans)),
    }
    names = {**{vlan: f"s{vlan}" for vlan in vlans}, 998: "NATIVE", 999: "DEAD"}
    unused = Port("", "unused", shutdown=True, access_vlan=999)
    return Intent(Facts("sw1", platform, names, ports), unused, layers={vlans[0]: "lgwan"}, site="city_hall")


def roll(
    folder: Path, run: str, target: Target, wanted: Intent, kill: tuple[str, str] = ("", ""), *, check: bool = False
) -> Outcome:
    """Work on the device as a rollout does, what an earlier run left in the middle first."""
    journal = Journal(folder)
    journal.open()
    left = pending_work(read_runs(journal.entries()))
    job = Job(target, wanted)
    if target.hostname in left:
        job = replace(job, pending=left[target.hostname][1].mark)
    recorder = Deadly(journal, run, journal.marks([target.password, *target.secrets.values()]))
    recorder.kill = kill
    recorder.tell({"event": "begun", "operator": "tanaka@host", "pid": os.getpid(), "part": "switches"})
    (outcome,) = run_fleet([job], Options(check=check, timer=1), Open(), observer=recorder)
    recorder.tell({"event": "ended"})
    return outcome


def main() -> None:
    """Arguments as JSON."""
    given = json.loads(sys.argv[1])
    known = KnownHosts(Path(given["known_hosts"])).keys(given["target"]["address"], given["target"]["port"])
    target = Target(**given["target"], host_keys=known, timeout=10)
    print("started", flush=True)
    roll(Path(given["folder"]), given["run"], target, intent(target.platform, *given["vlans"]), tuple(given["kill"]))


if __name__ == "__main__":
    main()
