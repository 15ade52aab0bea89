"""From a match of libnftables-json(5) to cubes; what is not modelled is a condition that may or may not hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import Any

from sanso.network.facts import Family
from sanso.network.firewall import State
from sanso.network.packets import ANY_BYTE, Ranges, joined
from sanso.platforms.nftables.cube import Cube, met, outside
from sanso.platforms.nftables.names import EXTENSIONS, ICMP, ICMP6, PROTOCOLS
from sanso.platforms.nftables.ruleset import SetText

ANY = Cube()
DOUBT = (ANY.doubtful,)
WITH_PORTS: Ranges = ((6, 6), (17, 17), (132, 132))
_STATES = {str(state): state for state in State}
_FAMILIES: Mapping[object, frozenset[Family]] = {
    "ipv4": frozenset({"ipv4"}),
    "ip": frozenset({"ipv4"}),
    "ipv6": frozenset({"ipv6"}),
    "ip6": frozenset({"ipv6"}),
}
_BASES = {name: Cube(families=_FAMILIES[name]) for name in ("ip", "ip6")}
_BASES |= {
    name: Cube(protocols=((PROTOCOLS[name],) * 2,))
    for name in ("tcp", "udp", "sctp", "dccp", "udplite", "ah", "esp", "comp", "igmp")
}
_BASES |= {
    "icmp": Cube(families=_FAMILIES["ip"], protocols=((PROTOCOLS["icmp"],) * 2,)),
    "icmpv6": Cube(families=_FAMILIES["ip6"], protocols=((PROTOCOLS["icmpv6"],) * 2,)),
}


@dataclass(frozen=True)
class _Axis:
    """Something that is a number: what packets must be to have it, where it goes, its last value and its names."""

    base: Cube
    part: str
    last: int
    names: Mapping[str, int]


def _axis(key: Mapping[str, Any]) -> _Axis | None:
    match key:
        case {"payload": {"protocol": "ip" | "ip6" as family, "field": "saddr" | "daddr" as field}}:
            part = "sources" if field == "saddr" else "targets"
            return _Axis(_BASES[family], part, 2 ** (32 if family == "ip" else 128) - 1, {})
        case {"payload": {"protocol": "tcp" | "udp" | "sctp" | "th" as name, "field": "sport" | "dport" as field}}:
            part = "source_ports" if field == "sport" else "target_ports"
            return _Axis(Cube(protocols=WITH_PORTS) if name == "th" else _BASES[name], part, 65535, {})
        case {"payload": {"protocol": "icmp" | "icmpv6" as name, "field": "type" | "code" as field}}:
            types = ICMP if name == "icmp" else ICMP6
            return _Axis(_BASES[name], f"icmp_{field}s", 255, types if field == "type" else {})
        case {"payload": {"protocol": "ip", "field": "protocol"}}:
            return _Axis(_BASES["ip"], "protocols", 255, PROTOCOLS)
        case {"meta": {"key": "l4proto"}}:
            return _Axis(ANY, "protocols", 255, PROTOCOLS)
    return None


class Conditions:
    """Reads conditions of one table.

    Args:
        interfaces: names of all interfaces of the host.
        sets: the table's sets and maps.
    """

    def __init__(self, interfaces: Iterable[str], sets: Mapping[str, SetText]) -> None:
        self.interfaces = frozenset(interfaces)
        self.sets = sets

    def of_match(self, body: Mapping[str, Any]) -> list[Cube]:
        """What a match asks."""
        return self._asked(body["left"], body["op"], body["right"])

    def of_element(self, key: Any, element: Any) -> list[Cube]:
        """What a key asks to be an element of a map."""
        return self._asked(key, "==", {"set": [element]})

    def elements(self, data: Any) -> list[Any] | None:
        """The elements of a set, named or not; None where they are not known for good."""
        if isinstance(data, str) and data.startswith("@"):
            found = self.sets.get(data[1:])
            return found.elements if found is not None and found.fixed else None
        if isinstance(data, dict) and "set" in data:
            members = data["set"]
            return members if isinstance(members, list) else [members]
        return [data]

    def _asked(self, left: Any, op: str, right: Any) -> list[Cube]:
        if not isinstance(left, dict):
            return list(DOUBT)
        if "concat" in left:
            return self._concatenated(left["concat"], op, right)
        if "&" in left:
            return _flags(left["&"], op, right)
        members = self.elements(right)
        if members is None:
            return [_base(left).doubtful]
        members = [_bare(one) for one in members]
        match left:
            case {"meta": {"key": "iif" | "iifname" | "oif" | "oifname" as key}}:
                return self._interface(key, op, members)
            case {"meta": {"key": "nfproto" | "protocol"}}:
                return _families(op, members)
            case {"ct": {"key": "state", **more}} if not more:
                return _states(op, members)
            case {"payload": {"protocol": "ip6", "field": "nexthdr"}}:
                return _next_header(op, members)
        axis = _axis(left)
        return [_base(left).doubtful] if axis is None else _on_axis(axis, op, members, is_th=_is_th(left))

    def _concatenated(self, keys: list[Any], op: str, right: Any) -> list[Cube]:
        bases = [ANY]
        for key in keys:
            bases = met(bases, [_base(key)])
        members = self.elements(right)
        if members is None or op not in ("==", "in"):
            return [base.doubtful for base in bases]
        found: list[Cube] = []
        for member in members:
            parts = _bare(member)
            values = parts.get("concat") if isinstance(parts, dict) else None
            if values is None or len(values) != len(keys):
                return [base.doubtful for base in bases]
            cubes = [ANY]
            for key, value in zip(keys, values, strict=True):
                cubes = met(cubes, self._asked(key, "==", value))
            found += cubes
        return found

    def _interface(self, key: str, op: str, members: list[Any]) -> list[Cube]:
        if op not in ("==", "!=", "in") or not all(isinstance(one, str) for one in members):
            return list(DOUBT)
        named = frozenset(name for name in self.interfaces if any(_fits(name, one) for one in members))
        names = self.interfaces - named if op == "!=" else named
        if not names:
            return []
        return [replace(ANY, entrances=names) if key.startswith("i") else replace(ANY, exits=names)]


def _fits(name: str, pattern: str) -> bool:
    if pattern.endswith("*") and not pattern.endswith("\\*"):
        return name.startswith(pattern[:-1])
    return name == pattern.replace("\\*", "*")


def _bare(member: Any) -> Any:
    """An element without its counter, comment or timeout."""
    if isinstance(member, dict) and "elem" in member:
        return member["elem"]["val"]
    return member


def _base(key: Any) -> Cube:
    """What a packet must be to have a key at all."""
    if isinstance(key, dict) and "payload" in key:
        return _BASES.get(key["payload"].get("protocol"), ANY)
    return ANY


def _is_th(key: Mapping[str, Any]) -> bool:
    return "payload" in key and key["payload"].get("protocol") == "th"


def _on_axis(axis: _Axis, op: str, members: list[Any], *, is_th: bool) -> list[Cube]:
    found: list[tuple[int, int]] = []
    for member in members:
        span = _span(member, axis)
        if span is None:
            return [axis.base.doubtful]
        found.append(span)
    ranges = _compared(op, joined(found), axis.last)
    if ranges is None:
        return [axis.base.doubtful]
    cubes = met([axis.base], [_ranged(axis.part, ranges)]) if ranges else []
    if is_th:  # two bytes of other protocols may be anything
        cubes.append(replace(ANY, protocols=outside(WITH_PORTS, 255), exact=False))
    return cubes


def _ranged(part: str, ranges: Ranges) -> Cube:
    """Everything that lies in some ranges on one axis."""
    parts: dict[str, Any] = {part: ranges}
    return replace(ANY, **parts)


def _compared(op: str, ranges: Ranges, last: int) -> Ranges | None:
    match op:
        case "==" | "in":
            return ranges
        case "!=":
            return outside(ranges, last)
    if len(ranges) != 1 or ranges[0][0] != ranges[0][1]:
        return None
    number = ranges[0][0]
    spans = {"<": (0, number - 1), "<=": (0, number), ">": (number + 1, last), ">=": (number, last)}
    span = spans.get(op)
    return None if span is None else (span,) if span[0] <= span[1] else ()


def _span(value: Any, axis: _Axis) -> tuple[int, int] | None:
    """First and last number of a value; None where it is not known."""
    try:
        match value:
            case {"prefix": {"addr": address, "len": length}} if axis.last > ANY_BYTE[0][1] and axis.last != 65535:
                network = ip_network(f"{address}/{length}", strict=False)
                return int(network.network_address), int(network.broadcast_address)
            case {"range": [first, last]}:
                return _number(first, axis), _number(last, axis)
            case str() | int():
                return (_number(value, axis),) * 2
    except ValueError:
        return None
    return None


def _number(value: Any, axis: _Axis) -> int:
    if isinstance(value, bool):
        raise ValueError(value)
    number = value if isinstance(value, int) else axis.names.get(value)
    if number is None and axis.part in ("sources", "targets"):
        number = int(ip_address(value))
    if number is None or not 0 <= number <= axis.last:
        raise ValueError(value)
    return number


def _families(op: str, members: list[Any]) -> list[Cube]:
    named = frozenset[Family]().union(*(_FAMILIES.get(one, frozenset()) for one in members))
    families = {"==": named, "in": named, "!=": ANY.families - named}.get(op)
    if families is None:
        return list(DOUBT)
    return [replace(ANY, families=families)] if families else []


def _states(op: str, members: list[Any]) -> list[Cube]:
    listed = any(isinstance(one, list) for one in members)
    names = [name for one in members for name in (one if isinstance(one, list) else [one])]
    if op not in ("==", "in", "!=") or (listed and op != "in") or not all(name in _STATES for name in names):
        return list(DOUBT)
    named = frozenset(_STATES[name] for name in names)
    states = ANY.states - named if op == "!=" else named
    return [replace(ANY, states=states)] if states else []


def _next_header(op: str, members: list[Any]) -> list[Cube]:
    """IPv6's first header: others may stand between it and the protocol."""
    axis = _Axis(_BASES["ip6"], "protocols", 255, PROTOCOLS)
    spans = [_span(one, axis) for one in members]
    plain = [one for one in spans if one is not None and not any(one[0] <= ext <= one[1] for ext in EXTENSIONS)]
    if op not in ("==", "in") or len(plain) < len(members):
        return [axis.base.doubtful]
    return [replace(axis.base, protocols=joined(plain), exact=False)]


def _flags(sides: list[Any], op: str, right: Any) -> list[Cube]:
    """Flags of TCP under a mask; only ACK and RST are told apart, and the SYN that begins a connection."""
    key, mask = sides[0], sides[1]
    if key != {"payload": {"protocol": "tcp", "field": "flags"}}:
        return [_base(key).doubtful]
    base = _BASES["tcp"].doubtful
    asked, named = _flag_names(mask), _flag_names(right)
    if asked is not None and asked >= {"syn", "ack", "rst"} and named == {"syn"} and op in ("==", "!="):
        return _plain_syn(fits=op == "==")
    if op != "==" or asked is None or named is None:
        return [base]
    if named & {"ack", "rst"}:
        return [replace(base, established=frozenset({True}))]
    return [replace(base, established=frozenset({False})) if asked >= {"ack", "rst"} else base]


def _plain_syn(*, fits: bool) -> list[Cube]:
    """SYN without ACK and RST: what conntrack takes for valid has one of these (Linux nf_conntrack_proto_tcp)."""
    tcp = _BASES["tcp"]
    bare = replace(tcp, established=frozenset({False}))
    stray = replace(bare, states=frozenset({State.INVALID, State.UNTRACKED}), exact=False)
    if fits:
        return [replace(bare, states=ANY.states - stray.states), stray]
    return [replace(tcp, established=frozenset({True})), stray]


def _flag_names(value: Any) -> set[str] | None:
    """Names of flags, none for 0; None where they are written as a number."""
    match value:
        case str():
            return {value}
        case 0:
            return set()
        case {"|": several}:
            return _flag_names(several)
        case list():
            found = [_flag_names(one) for one in value]
            return None if None in found else {name for one in found if one is not None for name in one}
    return None
