"""From what stands in an inventory to wishes; what cannot be is refused in words, and no key is ever repeated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args

from sanso.city import City
from sanso.licensing.products import Application, Channel
from sanso.licensing.wanted import KMS_PORT, Wanted, WantedError

FIELDS = ("application", "channel", "key", "kms_host", "kms_port", "shared_computer")
_CHOICES = {"application": get_args(Application), "channel": get_args(Channel)}
_LAST_PORT = 65535


@dataclass(frozen=True)
class KmsHosts:
    """The KMS hosts that terminals may be sent to.

    ``asked`` maps every name and address, in lower case, to what the proof is asked about: a node or an address,
    empty where nobody said. ``addresses`` are those of nodes: terminals do not know what an inventory calls them.
    """

    asked: Mapping[str, str]
    addresses: Mapping[str, str]

    @classmethod
    def of(cls, city: City | None, allowed: Mapping[str, str]) -> KmsHosts:
        """Nodes with role ``kms``, and what is allowed by hand."""
        asked = {str(name).lower(): str(what or "") for name, what in allowed.items()}
        addresses: dict[str, str] = {}
        for name, node in city.nodes.items() if city is not None else ():
            own = [str(one) for place in node.interfaces for one in (place.ipv4, place.ipv6) if one is not None]
            if own and (node.role == "kms" or name in asked):
                addresses[name] = own[0]
            if node.role == "kms":
                asked |= {name: name, **{one.lower(): one for one in own}}
        return cls({name: what or (name if name in addresses else "") for name, what in asked.items()}, addresses)

    def resolve(self, wanted: Wanted) -> Wanted:
        """The wish with an address in place of a node's name.

        Raises:
            WantedError: the host is none of them.
        """
        name = wanted.kms_host.lower()
        if name and name not in self.asked:
            known = ", ".join(sorted(self.asked)) or "-"
            raise WantedError("kms_unknown", found=wanted.kms_host, known=known)
        return replace(wanted, kms_host=self.addresses[name]) if name in self.addresses else wanted

    @property
    def nodes(self) -> list[str]:
        """Nodes with role ``kms``: where a terminal may be led to that asks the DNS."""
        return sorted({what for what in self.asked.values() if what in self.addresses})


def read_wishes(name: str, value: Any, hosts: KmsHosts) -> tuple[Wanted, ...]:
    """Read a list of wishes.

    Args:
        name: of the variable, for messages.
        value: plain data.
        hosts: KMS hosts that may be named.

    Raises:
        WantedError: it is no such list, or asks for what cannot be.
    """
    if not isinstance(value, list) or not all(isinstance(one, Mapping) for one in value):
        raise WantedError("shape", name=name)
    wishes = tuple(hosts.resolve(_wish(one)) for one in value)
    seen: set[str] = set()
    for one in wishes:
        if one.application in seen:
            raise WantedError("twice", application=one.application)
        seen.add(one.application)
    return wishes


def _wish(given: Mapping[str, Any]) -> Wanted:
    for problem in _problems(given):
        raise problem
    return Wanted(
        given["application"],
        given["channel"],
        str(given.get("key") or "").strip().upper(),
        str(given.get("kms_host") or "").strip(),
        int(given.get("kms_port") or KMS_PORT),
        given.get("shared_computer"),
    )


def _problems(given: Mapping[str, Any]) -> Iterator[WantedError]:
    for field in given:
        if field not in FIELDS:
            yield WantedError("field", field=str(field), known=", ".join(FIELDS))
    for field, choices in _CHOICES.items():
        expected = ", ".join(choices)
        if field not in given:
            yield WantedError("missing", field=field, expected=expected)
        elif given[field] not in choices:
            yield WantedError("value", field=field, found=str(given[field]), expected=expected)
    port = str(given.get("kms_port") or KMS_PORT)
    if not port.isdecimal() or not 0 < int(port) <= _LAST_PORT:
        yield WantedError("value", field="kms_port", found=port, expected=f"1-{_LAST_PORT}")
    if given.get("shared_computer") not in {None, True, False}:
        yield WantedError("value", field="shared_computer", found="…", expected="true, false")
