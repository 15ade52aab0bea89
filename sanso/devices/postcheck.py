"""Who must still answer after a change: all who did before it, but for those that the change takes away."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network
from time import monotonic, sleep

from sanso.devices.session import Session
from sanso.network.facts import Mode, Svi
from sanso.network.surroundings import Surroundings
from sanso.platforms import load_platform
from sanso.render import Intent, WirelessIntent

PAUSE = 1.0
"""Seconds between two looks."""


def expected(before: Surroundings, intent: Intent | WirelessIntent, text: str) -> Surroundings:
    """Who of those that answered before a change must do so after it.

    Of the neighbours, those on trunks and on ports that somebody else configures: what hangs on the rest is switched
    off by whoever uses it.  Of the gateways, all but those in the networks of SVIs that the change takes away.

    Args:
        before: who answered.
        intent: what the change brings about.
        text: the running configuration before it.
    """
    if isinstance(intent, WirelessIntent):  # it touches no port and no SVI
        return before
    held = load_platform(intent.facts.platform).parse(intent.facts.hostname, text).svis.values()
    gone = _networks(held) - _networks(intent.facts.svis.values())
    return Surroundings(
        frozenset(one for one in before.neighbours if _stays(one.port, intent)),
        frozenset(one for one in before.gateways if not any(one.address in network for network in gone)),
    )


def _stays(port: str, intent: Intent) -> bool:
    wanted = intent.facts.ports.get(port)
    return port in intent.external or (wanted is not None and wanted.mode is Mode.TRUNK and not wanted.shutdown)


def _networks(svis: Iterable[Svi]) -> set[IPv4Network | IPv6Network]:
    """Networks of those that are not shut."""
    working = [one for one in svis if not one.shutdown]
    networks4 = {address.network for one in working for address in one.ipv4}
    return networks4 | {address.network for one in working for address in one.ipv6}


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
