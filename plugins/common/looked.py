"""What earlier tasks of a play found on access points and RADIUS servers, for the proof."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from sanso.city import City
from sanso.messages import Finding
from sanso.network.snapshot import Line
from sanso.network.wireless import WirelessFacts
from sanso.proof.findings import error
from sanso.proof.radius import radius_findings
from sanso.radius.reader import read_policy
from sanso_plugins.common.access_points import FACTS
from sanso_plugins.common.hostvars import plain

Hosts = Mapping[str, Any]
"""What a variable holds, by host."""


def of_hosts(task_vars: Mapping[str, Any], group: str, variable: str | None) -> dict[str, Any]:
    """A variable of all hosts of a group that have it, as plain data; none where no variable is named."""
    hosts = task_vars["groups"].get(group, ()) if variable else ()
    found = {str(host): task_vars["hostvars"].raw_get(host) for host in hosts}
    return {host: plain(values[variable]) for host, values in found.items() if variable in values}


def access_points(found: Hosts) -> tuple[dict[str, WirelessFacts], list[Finding]]:
    """What M(sanso_access_point) found: facts by host, and what was not understood."""
    facts = {host: FACTS.validate_python(one["facts"]) for host, one in found.items() if "facts" in one}
    return facts, [finding for host, one in found.items() for finding in _unread(host, one.get("unread", ()))]


def _unread(host: str, lines: Any) -> Iterator[Finding]:
    for path, number, text in lines:
        yield error("AIR-09", Line(f"{host}:{path}", number, text), {"text": text}, "" if number else "lacks")


def radius(found: Hosts, city: City) -> list[Finding]:
    """What is wrong with policies of RADIUS servers, as M(ansible.builtin.slurp) read them."""
    texts = {f"{host}:{one['source']}": base64.b64decode(one["content"]).decode() for host, one in found.items()}
    return radius_findings({file: read_policy(text) for file, text in texts.items()}, city)
