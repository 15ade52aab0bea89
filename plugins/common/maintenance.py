"""Machines on their way between virtualization hosts, as plain data and as text."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sanso.change.virtual.hosts_read import HostsRead
from sanso.change.virtual.maintenance import Course, Move
from sanso.hypervisors import Reading, load_hypervisor
from sanso.hypervisors.base import plain
from sanso.messages import Language, text
from sanso.network.virtual import MIGRATION
from sanso.render import HostIntent
from sanso_plugins.common.virtual import readings

PORTS = range(49152, 49216, 2)
"""Pairs of ports for memory and disks. Each move takes one at random: a move that failed may still hold its own."""


def read_results(registered: Mapping[str, Any], intents: Mapping[str, HostIntent]) -> dict[str, Reading]:
    """What M(sanso_read_host) returned in a loop over hosts; those that did not answer are left out."""
    return readings({one["item"]: one for one in registered["results"]}, intents)


def course_lines(course: Course, host: str, lang: Language) -> list[str]:
    """What is to be done and what is to be said before, a line each."""
    lines = [
        *(text("maintenance.refused", lang, what=one.text(lang)) for one in course.refused),
        *(text("maintenance.warned", lang, what=one.text(lang)) for one in course.warned),
        *(text("maintenance.move", lang, **asdict(one)) for one in course.moves),
        *(text("maintenance.stop", lang, machine=one, host=host) for one in course.stops),
        *(text("maintenance.stay", lang, machine=one, host=host) for one in course.stays),
    ]
    if not (course.moves or course.stops or course.refused):
        lines.append(text("maintenance.empty", lang, host=host))
    return [text("maintenance.plan", lang, host=host), *(f"  {line}" for line in lines)]


def where_lines(hosts: HostsRead, lang: Language) -> list[str]:
    """Where each machine is, a line each."""
    return [
        text("maintenance.where", lang, machine=machine, hosts=", ".join(at))
        for machine, at in sorted(hosts.where.items())
    ]


def moves(course: Course, hosts: HostsRead) -> list[dict[str, Any]]:
    """Each move with its commands: ``steps`` on the source, and ``forget`` there once the machine has arrived."""
    return [
        {
            **asdict(one),
            "addresses": {host: _addresses(hosts.intents[host]) for host in (one.source, one.target)},
            **_commands(one, hosts, random.choice(PORTS)),  # noqa: S311 - no secret
        }
        for one in course.moves
    ]


def power(course: Course, host: str, hosts: HostsRead) -> list[dict[str, Any]]:
    """Each machine that is shut down for the time being, with the commands for that and for its start."""
    hypervisor = load_hypervisor(hosts.intents[host].facts.platform)
    return [
        {"machine": name, "stop": plain(hypervisor.shut_down(name)), "start": plain(hypervisor.start(name))}
        for name in course.stops
    ]


def _commands(move: Move, hosts: HostsRead, port: int) -> dict[str, Any]:
    hypervisor = load_hypervisor(hosts.intents[move.source].facts.platform)
    return {
        "forwards": [f"127.0.0.1:{one}:127.0.0.1:{one}" for one in (port, port + 1)],
        "steps": plain(hypervisor.migrate(move.machine, port=port, shared_storage=move.shared)),
        "forget": [] if move.shared else plain(hypervisor.forget(hosts.read[move.source], move.machine)),
    }


def _addresses(intent: HostIntent) -> list[str]:
    """Addresses at which machines arrive, IPv4 first."""
    ordered = sorted(intent.facts.addresses[MIGRATION], key=lambda one: (one.version, one))
    return [str(one.ip) for one in ordered]
