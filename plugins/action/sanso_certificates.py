"""Keep the city's certificates; documented in plugins/modules/sanso_certificates.py."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.messages import RefusedError, text
    from sanso.pki.keep import Passphrases, keep
    from sanso.pki.wanted import REASONS, Lifetimes, Revocation, Wanted, wanted_servers, wanted_terminals
    from sanso_plugins.common.arguments import LANGUAGE
    from sanso_plugins.common.hostvars import HostVariables
    from sanso_plugins.common.validate import valid_city
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

REVOKED = {
    "name": {"type": "str", "required": True},
    "until": {"type": "str", "required": True},
    "reason": {"type": "str", "choices": list(REASONS), "default": "key_compromise"},
}


class ActionModule(ActionBase):
    """Bring the folder of the authorities to what the city wants, on the machine that Ansible runs on."""

    BYPASS_HOST_LOOP = True
    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        days = {f"{name}_days": {"type": "int", "default": value} for name, value in vars(Lifetimes()).items()}
        _, options = self.validate_argument_spec(
            {
                "folder": {"type": "path", "required": True},
                "passphrase": {"type": "str", "required": True, "no_log": True},
                "export_passphrase": {"type": "str", "required": True, "no_log": True},
                "server_domain": {"type": "str", "required": True},
                "terminals": {"type": "dict", "default": {}},
                "revoked": {"type": "list", "elements": "dict", "options": REVOKED, "default": []},
                "crl_url": {"type": "str", "default": ""},
                "removal_limit": {"type": "float", "default": 0.3},
                **days,
                "group": {"type": "str", "default": "network"},
                **LANGUAGE,
            }
        )
        language = options["language"]
        city, _ = valid_city(HostVariables(task_vars or {}, self._templar, options["group"]), language)
        try:
            wanted = Wanted(
                city.settings.name,
                wanted_terminals(city, options["terminals"]),
                wanted_servers(city, options["server_domain"]),
                tuple(Revocation(one["name"], _time(one), one["reason"]) for one in options["revoked"]),
                options["crl_url"].rstrip("/"),
                Lifetimes(**{name: options[f"{name}_days"] for name in vars(Lifetimes())}),
                options["removal_limit"],
            )
            secrets = Passphrases(options["passphrase"].encode(), options["export_passphrase"].encode())
            write = not self._task.check_mode
            changes = keep(wanted, Path(options["folder"]), secrets, datetime.now(UTC), write=write)
        except RefusedError as error:
            raise AnsibleActionFail(error.text(language)) from error
        said = [f"{change.kind} {change.unit}/{change.name}: {change.why}" for change in changes]
        return {
            "changed": bool(changes),
            "changes": [change._asdict() for change in changes],
            "diff": {"before": "", "after": "".join(f"{line}\n" for line in said)},
            "msg": text("pki.changes", language, count=len(changes)),
        }


def _time(revoked: dict[str, Any]) -> datetime:
    try:
        return datetime.fromisoformat(revoked["until"])
    except ValueError as error:
        raise RefusedError("pki.until", name=revoked["name"], until=revoked["until"]) from error
