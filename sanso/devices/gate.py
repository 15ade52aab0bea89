"""The separation proof while devices are worked on: it is told what each of them holds, and asked what may stay."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from threading import Lock

from sanso.change.scope import in_scope, target
from sanso.city import City
from sanso.devices.errors import DeviceError
from sanso.devices.expected import expected, surprises
from sanso.messages import Finding, Severity
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform, read_snapshot
from sanso.proof.prove import ProofError
from sanso.proof.verdict import Verdict, prove_network
from sanso.render import Intent, snapshot_of

PARTS = frozenset({"packet", "target", "count"})
"""Arguments of a finding that may change where the fault is the same."""
PLACE = re.compile(r" \((?:rendered|running)\)(?::\d+)?: ")
"""In which text a line stands, and where."""


class Gate:
    """Knows what every device of a city holds: as intended, until it was read.

    Args:
        city: the city.
        intended: snapshots of what its devices should hold, by host name.
    """

    def __init__(self, city: City, intended: Mapping[str, Snapshot]) -> None:
        self.city = city
        self.known = dict(intended)
        self.read: set[str] = set()
        """Hosts whose configuration was read."""
        self._proved: tuple[dict[str, Snapshot], Verdict] | None = None
        self._lock = Lock()

    def note(self, host: str, text: str) -> None:
        """Take in what a device holds."""
        self.known[host] = self._snapshot(host, text)
        self.read.add(host)

    def verdict(self) -> Verdict:
        """The proof over what is known of all devices now."""
        known = dict(self.known)
        if self._proved is None or self._proved[0] != known:
            self._proved = known, prove_network(known, self.city)
        return self._proved[1]

    def admit(self, intent: Intent, before: str, after: str) -> None:
        """Let a change pass that left nothing but what is intended and what was there before.

        Raises:
            DeviceError: it left something else, and with that more crosses between layers, or is not understood.
        """
        host = intent.facts.hostname
        held = self._snapshot(host, after)
        wanted = self._expected(intent, before)
        if surprises(held, wanted):
            with self._lock:  # one proof at a time: it needs a core for itself
                self._compare(host, wanted, held)
        self.known[host] = held

    def _compare(self, host: str, wanted: Snapshot, held: Snapshot) -> None:
        """Refuse what is found with one snapshot of a device and was not with the other."""
        others = dict(self.known)
        try:
            was, now = (prove_network({**others, host: one}, self.city) for one in (wanted, held))
        except ProofError as error:
            raise DeviceError("separation", str(error)) from error
        known = _counts(was.findings)
        new = [one for one in now.findings if _is_error(one) and _count(one) > known.get(_key(one), 0)]
        if new:
            raise DeviceError("separation", host, findings=new)

    def _expected(self, intent: Intent, before: str) -> Snapshot:
        host, platform = intent.facts.hostname, intent.facts.platform
        running = load_platform(platform).parse(host, before)
        wanted = target(running, intent)
        return expected(self._snapshot(host, before), in_scope(running, intent), snapshot_of(wanted), wanted)

    def _snapshot(self, host: str, text: str) -> Snapshot:
        return read_snapshot(text, f"{host} (running)", self.city.devices[host].platform)


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _counts(findings: list[Finding]) -> dict[Hashable, int]:
    return {_key(finding): _count(finding) for finding in findings if _is_error(finding)}


def _count(finding: Finding) -> int:
    """To how many subnets traffic gets so."""
    return int(finding.args.get("count", 1))


def _key(finding: Finding) -> Hashable:
    """What makes a finding the same in another text of a device, whatever the numbers of its lines."""
    said = {name: PLACE.sub(": ", str(value)) for name, value in finding.args.items() if name not in PARTS}
    return finding.rule, finding.variant, frozenset(said.items())
