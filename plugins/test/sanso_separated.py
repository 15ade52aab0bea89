from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleFilterError

try:
    from sanso.city import CityError
    from sanso.proof.texts import prove_texts
    from sanso_plugins.common.hostvars import plain
except ImportError as error:
    raise AnsibleFilterError(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


def sanso_separated(texts: dict[str, Any], layers: str) -> bool:
    """Whether configurations given as texts are proved to keep the layers apart."""
    try:
        return prove_texts(plain(texts), Path(layers), datetime.now().astimezone().date()).holds
    except CityError as error:
        raise AnsibleFilterError(str(error)) from error


class TestModule:
    """Tests of sanso."""

    def tests(self) -> dict[str, Any]:
        return {"sanso_separated": sanso_separated}
