"""What the waves of one run hand on: each is a process of its own, and shares only Ansible's folder for the run."""

from __future__ import annotations

import pickle
from pathlib import Path

from ansible import constants as C  # noqa: N812  # as all of Ansible names it

from sanso.city import City
from sanso.devices.gate import Known


class Waves:
    """Keeps what is known of a city's devices, in a folder that only its user can read and that ends with the run.

    Args:
        city: whose devices; another city, or the same with another inventory, knows nothing of it.
    """

    def __init__(self, city: City) -> None:
        self._file = Path(C.DEFAULT_LOCAL_TMP) / f"sanso-{city.digest}"

    def known(self) -> Known | None:
        """What earlier waves left; None where there was none, so that nothing is proved yet."""
        if not self._file.exists():
            return None
        found: Known = pickle.loads(self._file.read_bytes())  # noqa: S301 - of this run's own making
        return found

    def keep(self, known: Known) -> None:
        """Hand on what is known to the next wave."""
        self._file.touch(mode=0o600)
        self._file.write_bytes(pickle.dumps(known, pickle.HIGHEST_PROTOCOL))
