"""What the city intends for its devices, as configurations that the proof can read."""

from __future__ import annotations

from collections.abc import Mapping

from sanso.network.facts import Facts
from sanso.network.snapshot import Snapshot
from sanso.platforms import load_platform, read_snapshot
from sanso.render.intent import Intent


def intended_snapshots(intents: Mapping[str, Intent]) -> dict[str, Snapshot]:
    """A snapshot of each intent, by host name; its lines stand in ``HOST (rendered)``."""
    return {host: snapshot_of(intent.facts) for host, intent in intents.items()}


def snapshot_of(facts: Facts) -> Snapshot:
    """Facts as configuration text, read back as any other configuration is."""
    text = load_platform(facts.platform).render(facts)
    return read_snapshot(text, f"{facts.hostname} (rendered)", facts.platform)
