"""What is on the air, for the proof: as controllers hold it, as far as they are read, else as intended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sanso.city import City
from sanso.devices import DeviceError, read_fleet
from sanso.messages import Finding
from sanso.network.snapshot import Line
from sanso.network.wireless import WirelessFacts
from sanso.platforms import ParseError, load_controller
from sanso.proof.air import Air, read_air
from sanso.proof.findings import error
from sanso.render import intend_wireless
from sanso_plugins.common.hostvars import HostVariables, near
from sanso_plugins.common.targets import Targets


def air_of(
    city: City,
    variables: HostVariables,
    options: Mapping[str, Any],
    hosts: Iterable[str],
    looked: Mapping[str, WirelessFacts] = MappingProxyType({}),
) -> Air:
    """Put together what all controllers and access points of a city put on the air.

    Args:
        city: the city.
        variables: of its hosts.
        options: ``source`` (``rendered``, ``running`` or ``folder``), ``folder``, ``workers``, ``timeout``.
        hosts: those in play; of the others it is taken that they do what they should.
        looked: what access points without a controller do, as far as somebody looked.
    """
    facts: dict[str, WirelessFacts] = {**intend_wireless(city), **looked}
    findings: list[Finding] = []
    for host, text in _read(city, variables, options, [host for host in hosts if host in city.controllers]).items():
        try:
            if isinstance(text, str):
                facts[host] = load_controller(city.platforms[host]).parse(host, text)
            else:
                findings.append(text)
        except ParseError as problem:
            findings.append(_not_read(host, str(problem)))
    air = read_air(facts, city)
    return replace(air, findings=[*findings, *air.findings])


def _read(
    city: City, variables: HostVariables, options: Mapping[str, Any], hosts: list[str]
) -> dict[str, str | Finding]:
    """Configurations by host name, or why there is none."""
    match options["source"]:
        case "running":
            targets = Targets(city, variables, options["timeout"])
            answers = read_fleet([targets.of(host) for host in hosts], options["workers"])
            return {
                host: _not_read(host, answer.detail) if isinstance(answer, DeviceError) else answer
                for host, answer in answers.items()
            }
        case "folder":
            return {host: _from_file(Path(options["folder"]) / f"{host}.cfg", host) for host in hosts}
        case _:
            return {}


def _from_file(file: Path, host: str) -> str | Finding:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as fault:
        return _not_read(host, f"{near(file)}: {fault.strerror}")


def _not_read(host: str, detail: str) -> Finding:
    return error("PROOF-03", Line(host, 0, detail), {"device": host, "detail": detail})
