"""What a device sees around it: neighbours that LLDP and CDP hear, next hops that answer a ping."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from ipaddress import ip_address

from sanso.network.snapshot import Line
from sanso.network.surroundings import Gateway, Heard, Surroundings
from sanso.platforms.industry.dialect import Dialect
from sanso.platforms.industry.snapshot.names import InterfaceNames
from sanso.platforms.industry.snapshot.routes import read_route
from sanso.platforms.industry.snapshot.words import NotUnderstood
from sanso.platforms.neighbours import NeighboursError, NeighbourTable

_LINES = "show interfaces description"
_UP = re.compile(r"^(\S+) +up +up\b", re.MULTILINE)
_ROUTE = re.compile(r"^ip(?:v6)? route .+$", re.MULTILINE)
_DEFAULT = re.compile(r"^ip default-gateway (\d+(?:\.\d+){3})", re.MULTILINE)
_ANSWERED = re.compile(r"Success rate is [1-9]|transmitted, [1-9]\d* received")


Ask = Callable[[Sequence[str]], Sequence[str]]
"""Sends commands to a device, and gives the answer to each."""


class Lookout:
    """How a device of one network OS is asked.

    Args:
        dialect: its words.
        tables: how it tells of its neighbours, by protocol.
    """

    def __init__(self, dialect: Dialect, tables: Mapping[str, NeighbourTable]) -> None:
        self._names = InterfaceNames(dialect.kinds)
        self._tables = tuple(tables.values())

    def gateways(self, text: str) -> frozenset[Gateway]:
        """Next hops of the static routes of a running configuration, and the default gateway.

        Link-local ones are left out: a ping of those asks back for the interface.
        """
        return frozenset(self._gateways(text))

    def _gateways(self, text: str) -> Iterator[Gateway]:
        for address in _DEFAULT.findall(text):
            yield Gateway(ip_address(address))
        for line in _ROUTE.findall(text):
            with suppress(NotUnderstood):
                route = read_route(Line("", 0, line.rstrip()), self._names)
                if route.next_hop is not None and not route.next_hop.is_link_local:
                    yield Gateway(route.next_hop, route.vrf if route.next_vrf is None else route.next_vrf)

    def look(self, ask: Ask, gateways: Collection[Gateway]) -> Surroundings:
        """Neighbours, and which of the gateways answer; who cannot be read is not there.

        A neighbour stays in the tables of LLDP and CDP for minutes after its line has gone down, so it counts only
        where the line is up.
        """
        lines, *told = ask([_LINES, *(table.command for table in self._tables)])
        up = {self._names.full(port) for port in _UP.findall(lines)}
        heard = {one for table, text in zip(self._tables, told, strict=True) for one in self._heard(table, text)}
        answered = {one for one in sorted(gateways, key=str) if _answers(ask, one)}
        return Surroundings(frozenset(one for one in heard if one.port in up), frozenset(answered))

    def _heard(self, table: NeighbourTable, text: str) -> Iterator[Heard]:
        with suppress(NeighboursError):
            for one in table.read(text):
                yield Heard(self._names.full(one.port), one.host.partition(".")[0].lower())


def _answers(ask: Ask, gateway: Gateway) -> bool:
    """Whether one of two pings is answered; the first may be lost to ARP.

    Nothing is sent behind a ping before it is over: that might be taken for a key that ends it.
    """
    vrf = f"vrf {gateway.vrf} " if gateway.vrf else ""
    (said,) = ask([f"ping {vrf}{gateway.address} timeout 1 repeat 2"])
    return _ANSWERED.search(said) is not None
