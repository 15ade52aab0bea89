from __future__ import annotations

from datetime import date
from typing import Any

from ansible.errors import AnsibleFilterError

try:
    from sanso.rules.plain import check_plain
    from sanso_plugins.common.hostvars import plain
except ImportError as error:
    raise AnsibleFilterError(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


def sanso_findings(hosts: dict[str, Any], language: str = "en", today: str | None = None) -> list[dict[str, Any]]:
    """Findings of a city given as hosts' variables."""
    return check_plain(plain(hosts), language, date.fromisoformat(today) if today else None)


class FilterModule:
    """Filters of sanso."""

    def filters(self) -> dict[str, Any]:
        return {"sanso_findings": sanso_findings}
