"""One entry of an access list: read as typed, printed as EOS prints it."""

import ipaddress
from collections.abc import Callable, Mapping

from sanso.lab.eos.services import ICMP, ICMP6, PORTS, PROTOCOLS, PROTOCOLS6
from sanso.lab.grammar import IncompleteCommand, InvalidInput
from sanso.lab.reader import Reader, take_icmp, take_port
from sanso.lab.words import Line

_FLAGS = ("ack", "fin", "psh", "rst", "syn", "urg")
_OPERATORS = ("eq", "neq", "lt", "gt", "range")


def parse_rule(line: Line, first: int, family: str) -> str:
    """Read ``permit …`` or ``deny …`` from word ``first`` on and give it as printed.

    ``family`` is ``ip`` or ``ipv6``.

    Raises:
        InvalidInput, IncompleteCommand: as EOS refuses it.
    """
    reader = Reader(line, first)
    action = reader.keyword("permit", "deny")
    if action is None:
        raise reader.refuse()
    v6 = family == "ipv6"
    protocol = _protocol(reader, v6)
    parts = [action, protocol]
    for _ in ("source", "destination"):
        parts += _address6(reader) if v6 else _address4(reader)
        if protocol in PORTS:
            parts += _ports(reader, PORTS[protocol])
    if protocol in ("icmp", "icmpv6"):
        parts += take_icmp(reader, ICMP6 if v6 else ICMP)
    return " ".join([*parts, *_options(reader, protocol, v6)])


def _protocol(reader: Reader, v6: bool) -> str:
    names, whole = (PROTOCOLS6, "ipv6") if v6 else (PROTOCOLS, "ip")
    if found := reader.keyword(whole, *names.values()):
        return found
    word = reader.peek()
    if not word.text.isdecimal() or int(word.text) > 255:
        raise reader.refuse()
    number = int(reader.take().text)
    return names.get(number, str(number))


def _address4(reader: Reader) -> list[str]:
    """Read ``any``, ``host A``, ``A/LENGTH``, ``A`` or ``A WILDCARD``; a wildcard that is a length prints as one."""
    if reader.keyword("any"):
        return ["any"]
    host = reader.keyword("host")
    try:
        interface = ipaddress.IPv4Interface(reader.peek().text)
    except ValueError:
        raise reader.refuse() from None
    whole = "/" in reader.take().text or bool(host)
    if whole or not (reader.more and _is_ipv4(reader.peek().text)):
        return _network(interface.network)
    wildcard = reader.take().text
    mask = int(ipaddress.IPv4Address(wildcard))
    if mask & (mask + 1):
        return [str(interface.ip), wildcard]
    return _network(ipaddress.IPv4Network((interface.ip, 32 - mask.bit_length()), strict=False))


def _address6(reader: Reader) -> list[str]:
    if reader.keyword("any"):
        return ["any"]
    reader.keyword("host")
    try:
        interface = ipaddress.IPv6Interface(reader.peek().text)
    except ValueError:
        raise reader.refuse() from None
    reader.take()
    return _network(interface.network)


def _network(network: ipaddress.IPv4Network | ipaddress.IPv6Network) -> list[str]:
    if network.prefixlen == 0:
        return ["any"]
    if network.prefixlen == network.max_prefixlen:
        return ["host", str(network.network_address)]
    return [str(network)]


def _is_ipv4(text: str) -> bool:
    try:
        ipaddress.IPv4Address(text)
    except ValueError:
        return False
    return True


def _ports(reader: Reader, names: Mapping[int, str]) -> list[str]:
    operator = reader.keyword(*_OPERATORS)
    if operator is None:
        return []
    ports = [take_port(reader, names)]
    if operator == "range":
        ports.append(take_port(reader, names))
    elif operator in ("eq", "neq"):
        while len(ports) < 10 and _is_port(reader, names):
            ports.append(take_port(reader, names))
    if operator == "range" and ports[0] > ports[1]:
        raise InvalidInput
    return [operator, *(names.get(port, str(port)) for port in ports)]


def _is_port(reader: Reader, names: Mapping[int, str]) -> bool:
    return reader.more and (reader.peek().text.isdecimal() or reader.peek().lower in names.values())


def _options(reader: Reader, protocol: str, v6: bool) -> list[str]:
    """Read what may stand at the end, in any order, and give it in EOS's."""
    hops = "hop-limit" if v6 else "ttl"
    takers: dict[str, Callable[[], str]] = {"dscp": lambda: reader.take().text, hops: lambda: _hops(reader)}
    flags = ("established", *_FLAGS) if protocol == "tcp" else ()
    order = (*flags, "fragments", "tracked", *takers, "log")
    found: dict[str, str] = {}
    while reader.more:
        option = reader.keyword(*order)
        if option is None or option in found:
            raise reader.refuse()
        found[option] = f"{option} {takers[option]()}" if option in takers else option
    return [found[option] for option in order if option in found]


def _hops(reader: Reader) -> str:
    operator = reader.keyword("eq", "gt", "lt", "neq")
    if operator is None:
        raise reader.refuse()
    value = reader.take().text
    if not value.isdecimal() or int(value) > 255:
        raise IncompleteCommand
    return f"{operator} {value}"
