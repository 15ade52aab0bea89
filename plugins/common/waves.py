"""What the waves of one run hand on: each is a process of its own, and shares only Ansible's folder for the run."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Any

from ansible import constants as C  # noqa: N812  # as all of Ansible names it

from sanso.city import City
from sanso.devices.gate import Known
from sanso.devices.left import StageFailed


class Waves:
    """Keeps what later waves have to know, in a folder that only its user can read and that ends with the run.

    Args:
        city: whose devices; another city, or the same with another inventory, knows nothing of it.
    """

    def __init__(self, city: City) -> None:
        self._known = Path(C.DEFAULT_LOCAL_TMP) / f"sanso-{city.digest}"
        self._failed = self._known.with_suffix(".failed")

    def known(self) -> Known | None:
        """What is known of devices; None where there was no earlier wave, so that nothing is proved yet."""
        found: Known | None = _read(self._known)
        return found

    def keep(self, known: Known) -> None:
        """Hand on what is known to the next wave."""
        _write(self._known, known)

    def failed(self) -> StageFailed | None:
        """The stage of an earlier wave that failed."""
        found: StageFailed | None = _read(self._failed)
        return found

    def stop(self, failed: StageFailed | None) -> None:
        """Hand on that a stage failed, where one did."""
        if failed is not None:
            _write(self._failed, failed)


def _read(file: Path) -> Any:
    if not file.exists():
        return None
    return pickle.loads(file.read_bytes())  # noqa: S301 - of this run's own making


def _write(file: Path, content: object) -> None:
    file.touch(mode=0o600)
    file.write_bytes(pickle.dumps(content, pickle.HIGHEST_PROTOCOL))
