"""In which stages devices are changed in a run of several plays and waves."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial

from sanso.change.stages import rollout_stages
from sanso.city import City
from sanso.devices import Pace
from sanso.journal import durations
from sanso_plugins.common.rollout import Rollout
from sanso_plugins.common.waves import Waves
from sanso_plugins.common.windows import Windows


@contextmanager
def pacing(
    city: City, windows: Windows, rollout: Rollout, sites: Mapping[str, Collection[str]], timer: int
) -> Iterator[Pace]:
    """The pace of a batch of devices; where one of its stages fails, the run begins no device in later plays either.

    Args:
        city: the city.
        windows: its maintenance windows.
        rollout: of the batch.
        sites: those that have to be open for each device.
        timer: of the devices, in minutes.
    """
    waves = Waves(city)
    room = windows.room(sites, timer, durations(rollout.runs.values()))
    pace = Pace(partial(rollout_stages, city), room, waves.failed())
    try:
        yield pace
    finally:
        waves.stop(pace.failed)
