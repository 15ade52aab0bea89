"""What may pass between segments: nodes, services, approved flows, local breakouts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from sanso.city.flow import Anchor, PortRange
from sanso.city.model import City
from sanso.city.services import services
from sanso.messages import text
from sanso.report.parameters.sheet import Names, Sheet, Value, lines, shown, word, yes


def sheets(city: City, names: Names) -> list[Sheet]:
    """Nodes, services, flows, breakouts."""
    return [_nodes(city, names), _services(city), _flows(city, names), _breakouts(city, names)]


def _nodes(city: City, names: Names) -> Sheet:
    columns = ("id", "name", "name_en", "node_role", "site", "segment", "vlan", "address_v4", "address_v6")
    rows: list[list[Value]] = [
        [
            *(node, one.name_ja, one.name, word("node", one.role), names.site(leg.site), names.segment(leg.segment)),
            *(names.vlan(leg.segment), shown(leg.ipv4), shown(leg.ipv6)),
        ]
        for node, one in city.nodes.items()
        for leg in one.interfaces
    ]
    return Sheet("nodes", columns, rows)


def _services(city: City) -> Sheet:
    """Services that anything names."""
    named = [*(one.service for one in city.flows.values()), *(one.service for one in city.breakouts.values())]
    used = sorted({name for names in named for name in names} - {"any"})
    return Sheet("services", ("id", "ports"), [[name, _ports(services(city, [name]))] for name in used])


def _ports(ranges: Iterable[PortRange]) -> str:
    return lines(_range(one) for one in ranges)


def _range(one: PortRange) -> str:
    if one.first is None:
        return one.protocol
    return f"{one.protocol}/{one.first}" + (f"-{one.last}" if one.last not in {None, one.first} else "")


def _flows(city: City, names: Names) -> Sheet:
    columns = ("id", "name", "name_en", "from", "to_end", "service", "via", "reason", "approver", "expires")
    rows: list[list[Value]] = [
        [
            *(flow, one.name_ja, one.name, _end(one.source, names), _end(one.target, names), lines(one.service)),
            *(names.node(one.via), one.reason, one.approver, one.expires),
        ]
        for flow, one in city.flows.items()
    ]
    return Sheet("flows", columns, rows)


def _end(anchor: Anchor | Literal["any"], names: Names) -> str:
    if anchor == "any":
        return text("sheet.any", "ja")
    if anchor.node is not None:
        return names.node(anchor.node)
    site = names.site(anchor.site) if anchor.site is not None else text("sheet.all_sites", "ja")
    return f"{names.segment(anchor.segment)}\n{site}"


def _breakouts(city: City, names: Names) -> Sheet:
    columns = (
        *("id", "name", "name_en", "segment", "sites", "destinations", "service", "use", "feed", "ticket"),
        *("sign_in", "tenant", "log", "retention"),
    )
    rows: list[list[Value]] = [
        [
            *(breakout, one.name_ja, one.name, names.segment(one.segment), names.sites(one.sites)),
            *(lines(one.destinations), lines(one.service), word("use", one.use), ", ".join(map(str, one.feed))),
            *(one.ticket, yes(one.sign_in), one.tenant, names.node(one.log.target) if one.log else ""),
            one.log.retention_days if one.log else None,
        ]
        for breakout, one in city.breakouts.items()
    ]
    return Sheet("breakouts", columns, rows)
