"""Who must still answer after a change: all who did before it, but for those that the change takes away."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic, sleep

from sanso.devices.session import Session
from sanso.network.facts import Mode
from sanso.network.surroundings import Surroundings
from sanso.render import Intent, WirelessIntent

PAUSE = 1.0
"""Seconds between two looks."""


def expected(before: Surroundings, intent: Intent | WirelessIntent) -> Surroundings:
    """Who of those that answered before a change must do so after it.

    Of the neighbours, those on trunks and on ports that somebody else configures: what hangs on the others is switched
    off by whoever uses it.  Of the gateways all: routes are out of scope, so what they need has to stay.
    """
    if isinstance(intent, WirelessIntent):  # it touches no port
        return before
    return replace(before, neighbours=frozenset(one for one in before.neighbours if _stays(one.port, intent)))


def _stays(port: str, intent: Intent) -> bool:
    wanted = intent.facts.ports.get(port)
    return port in intent.external or (wanted is not None and wanted.mode is Mode.TRUNK and not wanted.shutdown)


def still_silent(session: Session, wanted: Surroundings, patience: float) -> Surroundings:
    """Look until all have answered, at most ``patience`` seconds; who has not by then.

    A port that went down for a moment needs up to half a minute until spanning tree lets packets pass again and the
    neighbour's next LLDP message comes.
    """
    end = monotonic() + patience
    silent = wanted - session.look_around(wanted.gateways)
    while silent and monotonic() < end:
        sleep(PAUSE)
        silent -= session.look_around(silent.gateways)
    return silent
