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


def sanso_proof(texts: dict[str, Any], layers: str, language: str = "en") -> dict[str, Any]:
    """Verdict over configurations given as texts."""
    try:
        verdict = prove_texts(plain(texts), Path(layers), datetime.now().astimezone().date())
    except CityError as error:
        raise AnsibleFilterError("\n".join(line for one in error.findings for line in one.lines(language))) from error
    return {
        "proved": verdict.holds,
        "summary": verdict.summary(language),
        "findings": [finding.as_dict(language) for finding in verdict.findings],
    }


class FilterModule:
    """Filters of sanso."""

    def filters(self) -> dict[str, Any]:
        return {"sanso_proof": sanso_proof}
