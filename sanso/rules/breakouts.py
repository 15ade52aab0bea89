"""LBO: local breakouts to named cloud services (ローカルブレイクアウト)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_network

from sanso.city.flow import Breakout
from sanso.messages import Finding
from sanso.rules.rule import GUIDELINE, Rule
from sanso.rules.words import some

SIGN_IN_HOSTS = frozenset({"login.microsoftonline.com", "login.microsoft.com", "login.windows.net"})
"""Hosts on which tenants can be restricted (Microsoft's documentation of tenant restrictions)."""

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_HOST_NAME = re.compile(rf"(\*\.)?({_LABEL}\.)+{_LABEL}", re.IGNORECASE)
ANYTHING = frozenset({"any", "*", "0.0.0.0/0", "::/0"})


class NamedDestinations(Rule):
    """A breakout leads to named services over named ports, and says who listed or approved them."""

    id = "LBO-01"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, breakout in self.city.breakouts.items():
            for index, destination in enumerate(breakout.destinations):
                if variant := _fault(destination):
                    path = breakout.at("destinations", index)
                    yield self.finding(path, variant, breakout=name, destination=destination)
            for index, service in enumerate(breakout.service):
                if service == "any" or service.endswith("/any"):
                    yield self.finding(breakout.at("service", index), "service", breakout=name, service=service)
            if not breakout.feed and not (breakout.ticket or "").strip():
                yield self.finding(breakout.at(), "uncited", breakout=name)


def _fault(destination: str) -> str:
    """Variant of what is wrong with a destination, or nothing."""
    if destination in ANYTHING:
        return "any"
    if _is_address(destination):
        return "address"
    if destination.startswith("*.") and destination.count(".") == 1:
        return "wide"
    return "malformed" if _HOST_NAME.fullmatch(destination) is None else ""


def _is_address(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True


class TenantRestriction(Rule):
    """A breakout to a service with sign-in names the tenant that sign-in is restricted to."""

    id = "LBO-02"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, breakout in self.city.breakouts.items():
            hosts = [host for host in breakout.destinations if host.lower() in SIGN_IN_HOSTS]
            if breakout.sign_in and not (breakout.tenant or "").strip():
                path = breakout.at("tenant" if breakout.tenant is not None else "sign_in")
                yield self.finding(path, "tenant", breakout=name)
            elif hosts and not breakout.sign_in:
                path = breakout.at("destinations", breakout.destinations.index(hosts[0]))
                yield self.finding(path, "unmarked", breakout=name, hosts=some(hosts))


class NothingInbound(Rule):
    """Nothing comes in over a breakout."""

    id = "LBO-03"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, breakout in self.city.breakouts.items():
            if breakout.inbound:
                yield self.finding(breakout.at("inbound"), breakout=name)


class LogsKept(Rule):
    """A breakout's log has a target, a log server, and a time for which it is kept."""

    id = "LBO-07"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        servers = some(name for name, node in self.city.nodes.items() if node.role == "syslog")
        for name, breakout in self.city.breakouts.items():
            yield from self._breakout(name, breakout, servers)

    def _breakout(self, name: str, breakout: Breakout, servers: str) -> Iterator[Finding]:
        log = breakout.log
        if log is None:
            yield self.finding(breakout.at(), "none", breakout=name, servers=servers)
            return
        node = self.city.nodes.get(log.target or "")
        if log.target is None:
            yield self.finding(log.at(), "target", breakout=name, servers=servers)
        elif node is not None and node.role != "syslog":
            path = log.at("target")
            yield self.finding(path, "role", breakout=name, node=log.target, role=node.role, servers=servers)
        if not log.retention_days:
            path = log.at("retention_days") if log.retention_days is not None else log.at()
            found = "-" if log.retention_days is None else log.retention_days
            yield self.finding(path, "retention", breakout=name, days=found)


class UseStated(Rule):
    """A breakout says what it is used for."""

    id = "LBO-08"
    source = GUIDELINE

    def check(self) -> Iterator[Finding]:
        for name, breakout in self.city.breakouts.items():
            if breakout.use is None:
                yield self.finding(breakout.at(), breakout=name)
