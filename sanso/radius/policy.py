"""The policy file of a RADIUS server, from what it serves."""

from __future__ import annotations

from sanso.pki.names import authority
from sanso.radius.service import Answer, Service
from sanso.radius.text import ISSUER, SSID, SUBJECT, around, of_unit, quoted, reply


def policy(service: Service) -> str:
    """The file ``sites-available/sanso`` of FreeRADIUS 3.

    Raises:
        RefusedError: a name cannot stand in it.
    """
    before, after = around()
    answers = [
        f"{line}\n"
        for index, answer in enumerate(service.answers)
        for line in _answer(answer, service.city, "elsif" if index else "if")
    ]
    return "".join((before, *answers, after))


def _answer(answer: Answer, city: str, word: str) -> list[str]:
    tests = [
        f"{SSID} == {quoted(answer.ssid)}",
        f"{ISSUER} == {quoted(str(authority(city, answer.layer)))}",
        f"{SUBJECT} =~ {of_unit(answer.unit)}",
    ]
    update, *attributes, end, last = reply(str(answer.vlan))
    return [
        f"\t\t{word} ({' && '.join(tests)}) {{",
        f"\t\t\t{update}",
        *(f"\t\t\t\t{attribute}" for attribute in attributes),
        f"\t\t\t{end}",
        f"\t\t{last}",
    ]
