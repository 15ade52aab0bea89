from __future__ import annotations

from typing import Any

from ansible.errors import AnsibleFilterError

try:
    from sanso.network.wireless import with_secrets
    from sanso_plugins.common.hostvars import plain
except ImportError as error:
    raise AnsibleFilterError(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error


def sanso_with_secrets(
    files: list[dict[str, str]], passphrases: dict[str, str], radius_secrets: dict[str, str]
) -> list[dict[str, str]]:
    """Rendered files with secrets in their places."""
    secrets = (plain(passphrases), plain(radius_secrets))
    try:
        return [{**file, "content": with_secrets(file["content"], *secrets)} for file in plain(files)]
    except LookupError as error:
        raise AnsibleFilterError(f"no secret for {error.args[0]}") from error


class FilterModule:
    """Filters of sanso."""

    def filters(self) -> dict[str, Any]:
        return {"sanso_with_secrets": sanso_with_secrets}
