"""Records of devices on their way through Ansible.

Ansible copies, tags and inspects each value of a result several times. A first rollout of 200 switches has half a
million of them; so the details of a device travel as one text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sanso.messages import Language
from sanso.report import Separation

DETAILS = ("differences", "commands", "error", "findings")


def refused(host: str, site: str, message: str) -> dict[str, Any]:
    """A record, as :func:`sanso.report.record` makes them, of a host that is let be."""
    return {
        "host": host,
        "site": site,
        "status": "refused",
        "message": message,
        "findings": [],
        "differences": [],
        "commands": [],
        "error": None,
    }


def packed(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with its details as JSON."""
    plain = {name: value for name, value in record.items() if name not in DETAILS}
    details = {name: record[name] for name in DETAILS}
    return {**plain, "details": json.dumps(details, ensure_ascii=False)}


def unpacked(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The record again."""
    plain = {name: value for name, value in entry.items() if name != "details"}
    return {**plain, **json.loads(entry["details"])}


def packed_proof(separation: Separation, lang: Language) -> str:
    """What the proof says, as JSON."""
    return json.dumps(separation.as_dict(lang), ensure_ascii=False)
