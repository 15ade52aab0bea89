"""What has to hold in every case, whatever went wrong."""

from __future__ import annotations

from sanso.devices.job import Status
from sanso.devices.observer import Stage
from sanso.journal import Journal, Work, pending_work, read_runs
from tests.breaking.controller import TIMER
from tests.breaking.management import longest_loss
from tests.breaking.network import SECRETS, Held, Network
from tests.breaking.replay import Replay
from tests.breaking.walk import Walk

DONE = frozenset({Status.CHANGED, Status.IN_SYNC})
UNKNOWN = frozenset({Stage.VERIFIED, Stage.NOT_UNDONE})
"""Stages after which nobody knows whether the device heard that it is confirmed."""
ENDS = ("changed", "unsaved", "undone", "timer", "cleared", "left", "untouched")
"""How a device ends: confirmed and not saved; put back by its own timer, or by the next run before that; not begun
after another failed; not begun because it was not reached, or the controller was dead."""


def check_devices(walked: Walk, network: Network) -> None:
    """Each device is as it was or as it should be; what is not saved is told."""
    for host, held in walked.left.items():
        if walked.case.at_once and end_of(walked, host) == "cleared":
            continue  # its timer was still running
        old, new = network.old[host], network.new[host]
        unsaved = Held(new.running, old.startup)
        assert held in (old, new, unsaved), host
        assert held != unsaved or _is_pending(walked, host), host
    assert walked.end == network.new


def check_layers(network: Network, replay: Replay) -> int:
    """The layers are apart in every state of the network; how many there were."""
    states = [state for _, state in network.recording.states()]
    for number, state in enumerate(states):
        assert not replay.errors(state), network.recording.changes[:number][-1:]
    return len(states)


def check_management(walked: Walk, network: Network) -> None:
    """No device is beyond reach for longer than its timer runs."""
    lost = longest_loss(network.recording, network.cities.between, walked.over)
    assert max(lost.values()) <= TIMER * 60, lost


def check_next_run(walked: Walk) -> None:
    """The next run brings everything to its end, and leaves nothing."""
    assert {one.status for one in walked.following.values()} <= DONE, walked.following
    assert pending_work(read_runs(Journal(walked.folder).entries())) == {}


def check_journal(walked: Walk, network: Network) -> None:
    """The journal is whole, agrees with what was found and with what devices hold, and has no secret in it."""
    _, _, fault = Journal(walked.folder).verify()
    assert fault is None
    assert walked.told.finished or walked.case.kill
    for host, outcome in walked.outcomes.items():
        work = walked.told.works[host]
        assert work.status == outcome.status
        assert (work.error or {}).get("fault") == (outcome.error.fault if outcome.error else None)
        assert (outcome.status is Status.CHANGED) == (work.stage is Stage.SAVED)
    for host, work in walked.told.works.items():
        _check_stage(work, walked.left[host], network.old[host], network.new[host], at_once=walked.case.at_once)
    written = b"".join(file.read_bytes() for file in walked.folder.rglob("*") if file.is_file())
    assert b"hidden" in written or not walked.told.works
    assert not [secret for secret in SECRETS if secret.encode() in written]


def _check_stage(work: Work, held: Held, old: Held, new: Held, *, at_once: bool) -> None:
    """What a device holds is what its last stage says."""
    match work.stage:
        case None | Stage.UNDONE:
            assert held == old, work.host
        case Stage.SAVED:
            assert held == new, work.host
        case Stage.CONFIRMED:
            assert held.running == new.running, work.host
        case _ if not at_once and work.stage not in UNKNOWN:
            assert held == old, work.host


def end_of(walked: Walk, host: str) -> str:
    """How a device ended, one of :data:`ENDS`."""
    work = walked.told.works.get(host)
    match work.stage if work else None:
        case None:
            return "left" if work and work.status == Status.LEFT else "untouched"
        case Stage.SAVED:
            return "changed"
        case Stage.UNDONE:
            return "undone"
        case Stage.CONFIRMED:
            return "unsaved"
    return "cleared" if walked.case.at_once else "timer"


def _is_pending(walked: Walk, host: str) -> bool:
    """Whether it was told that a device is in the middle."""
    outcome = walked.outcomes.get(host)
    unsaved = outcome is None or (outcome.error is not None and outcome.error.fault == "unsaved")
    return unsaved and walked.told.works[host].in_the_middle
