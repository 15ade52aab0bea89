"""The way of machines from a host that is to be empty, and back home, from where they really are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sanso.change.virtual.hosts_read import HostsRead
from sanso.messages import Remark
from sanso.messages.catalogue import Phrase, Phrases
from sanso.placement import Stuck, fits, plan_evacuation, survives

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Move:
    """A machine that moves while it runs."""

    machine: str
    source: str
    target: str
    shared: bool
    """Whether the target has its disks already."""


@dataclass(frozen=True)
class Course:
    """What is to be done with machines, in this order, and what is to be said before."""

    moves: tuple[Move, ...] = ()
    stops: tuple[str, ...] = ()
    """Machines that are shut down while the host is worked on."""
    stays: tuple[str, ...] = ()
    """Machines that are off, and stay so."""
    refused: tuple[Remark, ...] = ()
    """Why nothing is to be done."""
    warned: tuple[Remark, ...] = ()


def leave(hosts: HostsRead, host: str, shut_down: frozenset[str] = NOBODY) -> Course:
    """Empty a host of all that runs on it.

    Args:
        hosts: the hosts of its site.
        host: the host.
        shut_down: machines that may be shut down in place of being moved.
    """
    if not hosts.known(host):
        return Course(refused=(hosts.unread(host),))
    here = hosts.machines(host)
    running = [name for name, one in here.items() if one.running]
    stops = tuple(name for name in running if name in shut_down)
    leaving = [name for name in running if name not in shut_down]
    stays = tuple(name for name, one in here.items() if not one.running)
    refused = tuple(_unmovable(hosts, host, leaving))
    if refused or not leaving:
        return Course((), stops, stays, refused)
    placed = {name: at for name, at in hosts.placed.items() if at != host or name in leaving}
    plan = plan_evacuation(hosts.city_of(hosts.ready | {host}), host, placed)
    warned = tuple(why for other, why in hosts.unready.items() if other != host)
    if not plan.decided:
        return Course((), stops, stays, (Remark("maintenance.undecided", host=host),), warned)
    refused = (*map(_stuck, plan.stuck), *_mixed(hosts, host, plan.moves.items()))
    if refused:
        return Course((), stops, stays, refused, warned)
    moves = tuple(_move(hosts, machine, host, target) for machine, target in plan.moves.items())
    after = {**placed, **plan.moves}
    return Course(moves, stops, stays, warned=(*warned, *_unspared(hosts, host, after)))


def come_home(hosts: HostsRead, host: str) -> Course:
    """Bring machines home to a host, one after the other as room allows; the others stay where they run."""
    if host in hosts.unready:
        return Course(refused=(hosts.unready[host],))
    moves: list[Move] = []
    warned: list[Remark] = []
    placed = hosts.placed
    for name, at in hosts.placed.items():
        if hosts.city.machines[name].home != host or at == host or not hosts.machines(at)[name].running:
            continue
        if against := _against(hosts, Move(name, at, host, shared=False), placed):
            warned += against
        else:
            placed[name] = host
            moves.append(_move(hosts, name, at, host))
    return Course(tuple(moves), warned=tuple(warned))


def _against(hosts: HostsRead, move: Move, placed: dict[str, str]) -> list[Remark]:
    """What speaks against a single move."""
    if (lack := fits(hosts.city, move.machine, move.target, placed)) is not None:
        return [_stuck(Stuck(move.machine, {move.target: lack}))]
    return [
        *_unmovable(hosts, move.source, [move.machine]),
        *_mixed(hosts, move.source, [(move.machine, move.target)]),
    ]


def arrived(move: Move, before: HostsRead, after: HostsRead) -> list[Remark]:
    """What is other than it should be once a machine has moved; nothing where all is well."""
    machine = move.machine
    if not (after.known(move.source) and after.known(move.target)):
        return [after.unread(host) for host in (move.source, move.target) if not after.known(host)]
    at = ", ".join(after.where.get(machine, ())) or "-"
    there = after.machines(move.target).get(machine)
    if after.where.get(machine) != (move.target,) or there is None or not there.running:
        return [Remark("maintenance.not_arrived", machine=machine, target=move.target, hosts=at)]
    if there != before.machines(move.source)[machine]:
        return [Remark("maintenance.other", machine=machine, target=move.target)]
    return [after.unready[move.target]] if move.target in after.unready else []


def _unmovable(hosts: HostsRead, host: str, leaving: list[str]) -> list[Remark]:
    """Why machines cannot be moved while they run, wherever to: each for itself, else all of the host's."""
    found = [why for name in leaving if (why := _bound(hosts, host, name)) is not None]
    return found or ([hosts.unready[host]] if leaving and host in hosts.unready else [])


def _bound(hosts: HostsRead, host: str, name: str) -> Remark | None:
    if name not in hosts.city.machines:
        return Remark("maintenance.unknown", machine=name, host=host)
    if len(hosts.where[name]) > 1:
        return Remark("maintenance.twice", machine=name, hosts=", ".join(hosts.where[name]))
    if other := hosts.machines(host)[name].other:
        return Remark("maintenance.bound", machine=name, host=host, what=other[0])
    return None


def _mixed(hosts: HostsRead, source: str, moves: Iterable[tuple[str, str]]) -> Iterator[Remark]:
    """Machines whose disks lie partly in storage that the target shares: they are not moved by one command."""
    for machine, target in moves:
        if len(hosts.shared(machine, source, target)) > 1:
            yield Remark("maintenance.mixed", machine=machine, target=target)


def _move(hosts: HostsRead, machine: str, source: str, target: str) -> Move:
    return Move(machine, source, target, shared=False not in hosts.shared(machine, source, target))


def _stuck(stuck: Stuck) -> Remark:
    """Why a machine finds no place, host by host."""
    if not stuck.lacks:
        return Remark("maintenance.nowhere", machine=stuck.machine)
    lacks = Phrases(tuple((host, Phrase(f"placement.{lack}")) for host, lack in stuck.lacks.items()))
    return Remark("maintenance.stuck", machine=stuck.machine, lacks=lacks)


def _unspared(hosts: HostsRead, host: str, placed: dict[str, str]) -> Iterator[Remark]:
    """Hosts of which the loss would not be survived while this one is empty."""
    left = hosts.ready - {host}
    for other in sorted(left):
        loss = survives(hosts.city_of(left), other, placed)
        if not loss.possible:
            lost = ", ".join(one.machine for one in loss.stuck) or "?"
            yield Remark("maintenance.not_spared", host=host, other=other, machines=lost)
