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


def sanso_with_secrets(text: str, passphrases: dict[str, Any], radius_secrets: dict[str, Any]) -> str:
    """A rendered text with secrets in their places."""
    try:
        return with_secrets(plain(text), plain(passphrases), plain(radius_secrets))
    except LookupError as error:
        raise AnsibleFilterError(f"no secret for {error.args[0]}") from error


class FilterModule:
    """Filters of sanso."""

    def filters(self) -> dict[str, Any]:
        return {"sanso_with_secrets": sanso_with_secrets}
