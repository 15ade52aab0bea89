from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleFilterError

try:
    from sanso.rules.plain import check_plain
    from sanso_plugins.common.hostvars import plain
except ImportError as error:
    raise AnsibleFilterError(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


def sanso_valid(hosts: dict[str, Any]) -> bool:
    """Whether a city given as hosts' variables has no finding that is an error."""
    return not any(finding["severity"] == "error" for finding in check_plain(plain(hosts), "en"))


class TestModule:
    """Tests of sanso."""

    def tests(self) -> dict[str, Any]:
        return {"sanso_valid": sanso_valid}
