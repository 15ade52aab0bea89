"""What RADIUS servers answer, as the proof needs it: a certificate of one layer never leads into another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sanso.city.model import City
from sanso.messages import Finding
from sanso.network.snapshot import Line
from sanso.proof.findings import error
from sanso.radius.reader import ReadAnswer, ReadPolicy


def radius_findings(read: Mapping[str, ReadPolicy], city: City) -> list[Finding]:
    """What is wrong with policies of RADIUS servers.

    Args:
        read: policies by their file, as people call it.
        city: whose SSIDs and VLANs they speak of.
    """
    return [one for file, policy in read.items() for one in _of_policy(file, policy, city)]


def _of_policy(file: str, policy: ReadPolicy, city: City) -> Iterator[Finding]:
    for line in policy.unread:
        yield error(
            "AIR-09", Line(file, line.number, line.text), {"text": line.text}, "lacks" if line.missing else ""
        )
    for answer in policy.answers:
        yield from _of_answer(file, answer, city)


def _of_answer(file: str, answer: ReadAnswer, city: City) -> Iterator[Finding]:
    """Layers of the certificate, of the SSID and of the VLAN are one and the same."""
    line = Line(file, answer.line, answer.ssid)
    said = {"ssid": answer.ssid, "layer": answer.layer, "vlan": answer.vlan}
    ssids = {city.segments[one.segment].layer for one in city.wlans.values() if one.ssid == answer.ssid}
    vlans = {one.layer for one in city.segments.values() if one.vlan == answer.vlan}
    if ssids != {answer.layer}:
        yield error("AIR-10", line, {**said, "other": ", ".join(sorted(ssids)) or "-"}, "ssid")
    if vlans != {answer.layer}:
        yield error("AIR-10", line, {**said, "other": ", ".join(sorted(vlans)) or "-"}, "vlan")
