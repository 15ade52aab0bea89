"""What may pass between segments: nodes, services, approved flows, local breakouts."""

from __future__ import annotations

from datetime import date
from ipaddress import IPv4Address, IPv6Address
from typing import Annotated, Literal

from pydantic import Field

from sanso.city.element import Element, Identifier, Named, Words

NodeRole = Literal["server", "exchange", "sanitizer", "radius", "dns", "ntp", "kms", "proxy", "syslog"]


class NodeInterface(Element):
    """An address of a node in one segment of one site."""

    segment: Identifier = Field(description="Segment that the address lies in.")
    site: Identifier = Field(description="Site whose share the address lies in.")
    ipv4: IPv4Address | None = Field(default=None, description="Its IPv4 address.")
    ipv6: IPv6Address | None = Field(default=None, description="Its IPv6 address.")


class Node(Named):
    """A named machine that flows speak of: a server, or a node that carries files between layers."""

    role: NodeRole = Field(
        description="What it does; only a `sanitizer` may carry from `internet` to `lgwan` (SEP-06)."
    )
    interfaces: list[NodeInterface] = Field(min_length=1, description="Its addresses, one entry per segment.")


class PortRange(Element):
    """Destination ports of a service, ends included; an ICMP service has none."""

    protocol: Literal["tcp", "udp", "icmp"] = Field(description="Protocol above IP.")
    first: int | None = Field(default=None, ge=1, le=65535, description="First destination port.")
    last: int | None = Field(default=None, ge=1, le=65535, description="Last destination port; absent = the first.")


ServiceText = Annotated[str, Field(pattern=r"^(any|icmp|(tcp|udp)/(any|[0-9]{1,5}(-[0-9]{1,5})?)|[a-z][a-z0-9_]*)$")]
"""A service: ``tcp/443``, ``udp/3478-3481``, ``icmp``, or the name of one in ``sanso_services``."""


class Anchor(Element):
    """An end of a flow: a named node, or a whole segment (at one site, or at all of them)."""

    node: Identifier | None = Field(default=None, description="A node, by name.")
    segment: Identifier | None = Field(default=None, description="A segment, by name, instead of a node.")
    site: Identifier | None = Field(default=None, description="The segment at this site only; absent = at all sites.")


class Flow(Named):
    """Traffic that is allowed between segments, with who allowed it, why, and until when (SEP-03)."""

    source: Anchor | Literal["any"] = Field(alias="from", description="The end that opens the connection.")
    target: Anchor | Literal["any"] = Field(alias="to", description="The end that answers.")
    service: list[ServiceText] = Field(min_length=1, description="Services by name, or as `tcp/443`, `icmp`.")
    via: Identifier | None = Field(default=None, description="Node that carries it between the layers.")
    reason: Words = Field(description="What it is needed for.")
    approver: Words = Field(description="Who allowed it.")
    expires: date = Field(description="Last day on which the flow is open.")


class LogTarget(Element):
    """Where a breakout's log goes and how long it is kept (LBO-07)."""

    target: Identifier | None = Field(default=None, description="Node with role `syslog`.")
    retention_days: int | None = Field(default=None, ge=0, description="Days that the log is kept.")


class Breakout(Named):
    """A strictly limited way from a segment to named cloud services over the site's own line (α′)."""

    segment: Identifier = Field(description="Segment whose terminals may use it.")
    sites: list[Identifier] = Field(min_length=1, description="Sites that it is opened at.")
    destinations: list[str] = Field(min_length=1, description="Host names; `*.` may stand in front (LBO-01).")
    service: list[ServiceText] = Field(min_length=1, description="Services by name, or as `tcp/443`.")
    use: Literal["licensing", "update", "web_meeting", "cloud_storage"] | None = Field(
        default=None, description="What it is for (LBO-08)."
    )
    feed: list[int] = Field(default_factory=list, description="Endpoint sets of the vendor's feed.")
    ticket: str | None = Field(default=None, description="Approval, where no feed id applies.")
    sign_in: bool = Field(default=False, description="Whether the service asks users to sign in.")
    tenant: str | None = Field(default=None, description="Tenant that sign-in is restricted to (LBO-02).")
    inbound: bool = Field(default=False, description="Always false: nothing may come in (LBO-03).")
    log: LogTarget | None = Field(default=None, description="Where its log goes (LBO-07).")
