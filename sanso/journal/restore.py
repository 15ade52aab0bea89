"""What devices held before a run, as the intent of another: read from the configurations that the journal keeps.

Where a mark stands for a secret in something that is in scope (a description, a remark), the device keeps what it
has.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from sanso.change import Assessment, assess, wireless
from sanso.change.scope import effective
from sanso.journal.journal import Journal
from sanso.journal.marks import MARK, Marks
from sanso.journal.runs import Run, Work
from sanso.network.facts import Acl, Entry, Facts, Port, Svi
from sanso.platforms import ParseError, load_controller, load_platform
from sanso.render import Intent, WirelessIntent

K = TypeVar("K", int, str)
T = TypeVar("T", Port, Svi)


@dataclass(frozen=True)
class OldIntent(Intent):
    """A switch as it was."""


@dataclass(frozen=True)
class OldWirelessIntent(WirelessIntent):
    """A controller as it was."""


class Restoration:
    """What a run found on the devices that it changed.

    Args:
        journal: holds the run.
        run: the run.
        marks: of the journal, with the secrets that are known.
    """

    def __init__(self, journal: Journal, run: Run, marks: Marks) -> None:
        self.run = run
        self.works: dict[str, Work] = {host: work for host, work in run.works.items() if work.stages and work.before}
        self.beyond = [host for host, work in run.works.items() if work.changed and not work.before]
        """Hosts that roles changed, of which the journal has no configuration."""
        self._journal = journal
        self._marks = marks

    def intent(self, intent: Intent | WirelessIntent) -> OldIntent | OldWirelessIntent:
        """What a device held, beside what the city intends for it.

        Raises:
            JournalError: the configuration is not there any more, or was edited.
            ParseError: it cannot be read.
        """
        text = self._journal.configuration(self.works[intent.facts.hostname].before)
        if isinstance(intent, WirelessIntent):
            return _controller(intent, text)
        return _switch(intent, text)

    def as_left(self, host: str, text: str) -> bool:
        """Whether a device holds what the run left, or what it found."""
        work = self.works[host]
        return self._journal.digest(self._marks.text(text)) in {work.before, work.after}


def _switch(intent: Intent, text: str) -> OldIntent:
    facts = load_platform(intent.facts.platform).parse(intent.facts.hostname, text)
    ports = {name: effective(port) for name, port in facts.ports.items() if name not in intent.external}
    return OldIntent(replace(facts, ports=ports), intent.unused, intent.external, intent.layers, intent.site)


def _controller(intent: WirelessIntent, text: str) -> OldWirelessIntent:
    facts = load_controller(intent.facts.platform).parse(intent.facts.hostname, text)
    if MARK.search(repr(facts)):
        raise ParseError("a secret stands in what is to be put back, and the journal has none")
    return OldWirelessIntent(replace(facts, strays=frozenset()), intent.layers, intent.site)


@assess.register
def _assess_switch(intent: OldIntent, text: str) -> Assessment:
    running = load_platform(intent.facts.platform).parse(intent.facts.hostname, text)
    whole = Intent(_unmarked(intent.facts, running), intent.unused, intent.external, intent.layers, intent.site)
    return assess(whole, text)


@assess.register
def _assess_controller(intent: OldWirelessIntent, text: str) -> Assessment:
    """What nothing uses is let be: it may have been there before."""
    platform = load_controller(intent.facts.platform)
    running, wanted = wireless.sides(platform.parse(intent.facts.hostname, text), intent)
    running = replace(running, strays=frozenset())
    found = wireless.differences(running, wanted, intent.layers)
    steps = wireless.plan(platform, running, wanted) if found else []
    return Assessment(found, steps, wireless.removal(running, wanted))


def _unmarked(old: Facts, running: Facts) -> Facts:
    """Old facts without marks."""
    vlans = {
        vlan: running.vlans.get(vlan, f"VLAN{vlan:04}") if MARK.search(name) else name
        for vlan, name in old.vlans.items()
    }
    return replace(
        old,
        vlans=vlans,
        ports=_described(old.ports, running.ports),
        svis=_described(old.svis, running.svis),
        acls={key: _acl(acl, running.acls.get(key)) for key, acl in old.acls.items()},
    )


def _described(old: Mapping[K, T], running: Mapping[K, T]) -> dict[K, T]:
    """Ports or SVIs with the descriptions that they have now, where the old ones hold a mark."""
    return {
        name: replace(one, description=running[name].description if name in running else "")
        if MARK.search(one.description)
        else one
        for name, one in old.items()
    }


def _acl(old: Acl, running: Acl | None) -> Acl:
    now = running.entries if running is not None else {}
    entries = {number: now.get(number) if _is_marked(entry) else entry for number, entry in old.entries.items()}
    return replace(old, entries={number: entry for number, entry in entries.items() if entry is not None})


def _is_marked(entry: Entry) -> bool:
    return MARK.search(entry.remark) is not None
