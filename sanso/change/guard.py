"""Stop a run that would remove more of a device than anybody means to."""

from __future__ import annotations

from dataclasses import dataclass

from sanso.network.facts import Facts, Mode, Port


@dataclass(frozen=True)
class Removal:
    """How many things in scope a change takes away, of how many."""

    removed: int
    total: int

    @property
    def share(self) -> float:
        """Share removed, 0 to 1."""
        return self.removed / self.total if self.total else 0.0

    def exceeds(self, limit: float, floor: int) -> bool:
        """Whether more than ``floor`` things and more than the share ``limit`` would go."""
        return self.removed > floor and self.share > limit


def removal(running: Facts, target: Facts) -> Removal:
    """Count VLANs, SVIs, ACL entries and ports in use that the target does not have.

    A port is in use if it is up and somebody configured it: another VLAN than 1, a trunk, or routed.
    """
    used = [name for name, port in running.ports.items() if _in_use(port)]
    dropped = [name for name in used if target.ports[name].shutdown]
    entries = {(key, entry) for key, acl in running.acls.items() for entry in acl.entries.values()}
    wanted = {(key, entry) for key, acl in target.acls.items() for entry in acl.entries.values()}
    removed = len(running.vlans.keys() - target.vlans.keys()) + len(running.svis.keys() - target.svis.keys())
    total = len(running.vlans) + len(running.svis) + len(entries) + len(used)
    return Removal(removed + len(entries - wanted) + len(dropped), total)


def _in_use(port: Port) -> bool:
    configured = port.mode in {Mode.TRUNK, Mode.ROUTED} or port.access_vlan != 1
    return configured and not port.shutdown
