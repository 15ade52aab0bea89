"""Compare an access point with the inventory; documented in plugins/modules/sanso_access_point.py."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ansible.errors import AnsibleActionFail
from ansible.plugins.action import ActionBase

try:
    from sanso.messages import text
    from sanso.platforms.hostapd import Hardware, UnsupportedError
    from sanso_plugins.common.access_points import FACTS, Comparison
    from sanso_plugins.common.arguments import LANGUAGE
    from sanso_plugins.common.hostvars import plain
    from sanso_plugins.common.roles import details
except ImportError as error:
    raise AnsibleActionFail(
        f"the sanso library is not installed in Ansible's Python: {error}; run make setup"
    ) from error

SPEC: dict[str, Any] = {
    "intent": {"type": "str", "required": True},
    "found": {"type": "str", "required": True},
    "uplink": {"type": "str", "required": True},
    "network": {"type": "str", "required": True},
    "radios": {"type": "dict", "required": True},
    "generation": {"type": "int", "choices": [4, 5, 6], "default": 6},
    "passphrases": {"type": "dict", "default": {}, "no_log": True},
    "radius_secrets": {"type": "dict", "default": {}, "no_log": True},
    "fail_on_drift": {"type": "bool", "default": False},
    **LANGUAGE,
}
CHECKS = {".conf": "/usr/local/sbin/sanso-access-point check %s", ".nft": "nft --check --file %s"}
"""Ending of a file of hostapd or nftables → what tells whether it is accepted."""


class ActionModule(ActionBase):
    """Compare what an access point holds with what it should."""

    _requires_connection = False

    def run(self, tmp: str | None = None, task_vars: dict[str, Any] | None = None) -> dict[str, Any]:
        del tmp
        _, options = self.validate_argument_spec(SPEC)
        variables, lang = task_vars or {}, options["language"]
        host = str(variables["inventory_hostname"])
        hardware = Hardware(**{name: plain(options[name]) for name in ("uplink", "network", "radios", "generation")})
        secrets = (plain(options["passphrases"]), plain(options["radius_secrets"]))
        try:
            intent = plain(variables[options["intent"]]["hosts"][host])
            compared = Comparison(intent, plain(variables[options["found"]]["files"]), hardware, secrets)
        except UnsupportedError as error:
            raise AnsibleActionFail("\n".join(line for one in error.findings for line in one.lines(lang))) from error
        except LookupError as error:
            raise AnsibleActionFail(text("access_point.no_secret", lang, host=host, place=error.args[0])) from error
        expected = compared.expected_address
        if compared.address != expected:
            words = {"host": host, "uplink": hardware.uplink, "found": compared.address or "-", "expected": expected}
            raise AnsibleActionFail(text("access_point.wrong_machine", lang, **words))
        return self._result(compared, options)

    def _result(self, compared: Comparison, options: dict[str, Any]) -> dict[str, Any]:
        lang, lines = options["language"], compared.lines(options["language"])
        differs = bool(lines or compared.files)
        said = text(
            f"access_point.{'drift' if differs else 'in_sync'}", lang, host=compared.host, count=len(compared.files)
        )
        result: dict[str, Any] = {
            "changed": differs and self._task.check_mode,
            "failed": differs and self._task.check_mode and options["fail_on_drift"],
            "msg": "\n".join([said, *(f"  {line}" for line in lines)]),
            "in_sync": not differs,
            "facts": FACTS.dump_python(compared.reading.facts, mode="json"),
            "unread": [[one.path, one.number, one.text] for one in compared.reading.unread],
            "differences": lines,
            "details": details(compared.differences, lang),
            "write": [_file(one.path, one.wanted) for one in compared.files if one.wanted is not None],
            "remove": [one.path for one in compared.files if one.wanted is None],
        }
        if self._task.diff and differs:
            result["diff"] = [
                {"prepared": f"{result['msg']}\n"},
                *(
                    {
                        "before_header": one.path,
                        "after_header": one.path,
                        "before": one.found,
                        "after": one.wanted or "",
                    }
                    for one in compared.files
                ),
            ]
        return result


def _file(path: str, content: str) -> dict[str, str]:
    """A file as M(sanso_write_files) takes it; those of hostapd hold secrets."""
    of_hostapd = path.startswith("/etc/hostapd/")
    checked = of_hostapd or path.endswith(".nft")
    return {
        "path": path,
        "content": content,
        "mode": "0600" if of_hostapd else "0644",
        "validate": CHECKS.get(Path(path).suffix, "") if checked else "",
    }
