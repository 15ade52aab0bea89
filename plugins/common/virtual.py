"""Virtualization hosts: from the city to facts, and from what hosts say to what differs and what is to be done."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import TypeAdapter

from sanso.change.virtual import Assessed
from sanso.city import City
from sanso.hypervisors import Reading, load_hypervisor
from sanso.messages import Finding, Language, text
from sanso.network.virtual import HostFacts
from sanso.proof.verdict import prove_network
from sanso.proof.virtual import host_findings, read_hosts, unread_findings
from sanso.proof.virtual_edges import host_edges
from sanso.render import HostIntent, intend_city, intend_hosts, intended_snapshots
from sanso.render.virtual_own import OwnNetwork, own_network
from sanso.report.record import difference_text

INTENT, OWN = TypeAdapter(HostIntent), TypeAdapter(OwnNetwork)
GROUP = "virtualization_hosts"


def intended(city: City) -> dict[str, dict[str, Any]]:
    """What each virtualization host of the city should be, as plain data, by host name."""
    return {
        host: {
            **INTENT.dump_python(one, mode="json"),
            "platform": one.facts.platform,
            "own": OWN.dump_python(own_network(city, city.virtualization_hosts[host]), mode="json"),
        }
        for host, one in intend_hosts(city).items()
    }


def intents_of(registered: Mapping[str, Any]) -> dict[str, HostIntent]:
    """What M(sanso_virtualization_hosts) returned."""
    return {host: INTENT.validate_python(one) for host, one in registered["hosts"].items()}


def intent_findings(city: City) -> list[Finding]:
    """What keeps the city from being proved with its hosts as they are intended."""
    intents = intend_hosts(city)
    facts = {host: one.facts for host, one in intents.items()}
    verdict = prove_network(intended_snapshots(intend_city(city)), city, host_edges(facts, city))
    return [*(one for host in facts.values() for one in host_findings(host, intents)), *verdict.findings]


def readings(found: Mapping[str, Any], intents: Mapping[str, HostIntent]) -> dict[str, Reading]:
    """What M(sanso_read_host) returned of the hosts that it was registered for."""
    return {
        host: load_hypervisor(intents[host].facts.platform).read(host, one["outputs"], intents[host].facts)
        for host, one in found.items()
        if host in intents and "outputs" in one
    }


def looked_at(found: Mapping[str, Any], city: City) -> tuple[dict[str, HostFacts], list[Finding]]:
    """What hosts do that somebody looked at, for the proof, and what is wrong with them."""
    intents = intend_hosts(city)
    read = readings(found, intents)
    facts = {host: one.facts for host, one in read.items()}
    unread = [finding for host, one in read.items() for finding in unread_findings(host, one.unread)]
    return facts, [*unread, *read_hosts(facts, intents)]


class Report:
    """What is said of a host."""

    def __init__(self, host: str, assessed: Assessed, lang: Language) -> None:
        self.host = host
        self.assessed = assessed
        self.lang = lang

    @property
    def differences(self) -> list[str]:
        """What differs, what crossed a layer first."""
        return [difference_text(one, self.lang) for one in self.assessed.compared.differences]

    @property
    def crossed(self) -> list[str]:
        """Differences by which something is in another layer."""
        return [difference_text(one, self.lang) for one in self.assessed.compared.differences if one.crossed]

    @property
    def pending(self) -> list[str]:
        """What of machines waits for their next start."""
        return [
            self._say("pending", machine=machine, what=", ".join(self._word(one) for one in waiting))
            for machine, waiting in self.assessed.plan.pending.items()
            if waiting
        ]

    def message(self) -> str:
        """What is to be told, most urgent first."""
        unjudged = self.assessed.compared.unjudged
        lines = [
            *self.differences,
            *self.pending,
            *([self._say("unjudged", machines=", ".join(unjudged))] if unjudged else []),
            *_lines([*self.assessed.unread, *self.assessed.refused], self.lang),
        ]
        state = "in_sync" if self.assessed.in_sync else "drift"
        return "\n".join([self._say(state, count=len(self.differences)), *(f"  {line}" for line in lines)])

    def diff(self) -> str:
        """What ``--diff`` shows: all of it, then the commands."""
        steps = [shlex.join(step.command.argv) for step in self.assessed.plan.steps]
        listed = [text("virtualization_host.steps", self.lang), *(f"  {step}" for step in steps)] if steps else []
        return "\n".join([self.message(), *listed, ""])

    def _word(self, attribute: str) -> str:
        return text(f"drift.{'attached' if attribute == 'other' else attribute}", self.lang)

    def _say(self, key: str, **args: object) -> str:
        return text(f"virtualization_host.{key}", self.lang, host=self.host, **args)


def _lines(findings: Iterable[Finding], lang: Language) -> list[str]:
    return [line for one in findings for line in one.lines(lang)]
