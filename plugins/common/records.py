"""Records of devices on their way through Ansible.

Ansible copies, tags and inspects each value of a result several times. A first rollout of 200 switches has half a
million of them; so the details of a device travel as one text.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sanso.city import City
from sanso.messages import LANGUAGES, Language
from sanso.proof.frame import Frame
from sanso.proof.matrix import Matrix
from sanso.report import Separation
from sanso.report.pictures import picture

DETAILS = ("differences", "commands", "error", "findings", "said", "read")


def refused(host: str, site: str, why: Mapping[Language, str], lang: Language) -> dict[str, Any]:
    """A record, as :func:`sanso.report.record` makes them, of a host that is let be."""
    said = {one: {"message": words, "findings": []} for one, words in why.items()}
    return {
        "host": host,
        "site": site,
        "status": "refused",
        **said[lang],
        "said": said,
        "differences": [],
        "commands": [],
        "error": None,
    }


def packed(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with its details as JSON."""
    plain = {name: value for name, value in record.items() if name not in DETAILS}
    details = {name: record[name] for name in DETAILS if name in record}
    return {**plain, "details": json.dumps(details, ensure_ascii=False)}


def unpacked(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The record again."""
    plain = {name: value for name, value in entry.items() if name != "details"}
    return {**plain, **json.loads(entry["details"])}


def reported(
    hosts: Iterable[str],
    records: Mapping[str, Mapping[str, Any]],
    separation: Separation,
    frame: Frame | None,
    city: City,
    lang: Language,
) -> dict[str, Any]:
    """What a task returns of the devices that it worked on, and of the proof; ``news`` are not simply in sync."""
    mine = {host: records[host] for host in hosts}
    return {
        "hosts": {host: packed(one) for host, one in mine.items()},
        "news": [host for host, one in mine.items() if one["status"] != "in_sync"],
        "separation": "\n".join(separation.lines(lang)),
        "proof": packed_proof(separation, lang, frame, city),
    }


def packed_proof(separation: Separation, lang: Language, frame: Frame | None, city: City) -> str:
    """What the proof says, as JSON: its words in every language, and with them a picture of what passes.

    A picture costs more than the proof: of a run in waves only the last needs one, and the others give no ``frame``.
    """
    told = {one: separation.as_dict(one) for one in LANGUAGES}
    said = {one: {name: told[one][name] for name in ("summary", "findings")} for one in LANGUAGES}
    if frame is not None:
        matrix, crossings = Matrix(frame), separation.verdict.proof.crossings
        for one in LANGUAGES:
            said[one]["picture"] = picture(matrix, crossings, city, one)
    return json.dumps({**told[lang], "said": said}, ensure_ascii=False)
