"""How the configuration texts of one network OS differ from the others', for snapshots."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sanso.network.facts import Family
from sanso.platforms.industry.dialect import Dialect


@dataclass(frozen=True)
class SnapshotDialect:
    """Words and defaults, beside those of the :class:`Dialect` for what is in scope."""

    base: Dialect
    channel: str
    """What port channels are called."""
    routing: Mapping[Family, bool]
    """Whether the device routes unless told otherwise."""
    by_address: bool
    """Whether a port with an address routes though ``no switchport`` is not said, as on routers."""
    vlans: Mapping[int, str]
    """VLANs that always exist."""
    vlans_told: bool
    """Whether a text without a VLAN tells that there is no other."""
    marks: tuple[str, ...]
    """Patterns of how lines begin that only this network OS has."""

    @cached_property
    def _marks(self) -> re.Pattern[str]:
        return re.compile(rf"^(?:{'|'.join(self.marks)})", re.MULTILINE)

    def evidence(self, text: str) -> int:
        """How many lines of a text only this network OS has; a hundred are enough."""
        return sum(1 for _ in islice(self._marks.finditer(text), 100))
