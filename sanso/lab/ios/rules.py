"""One entry of an access list: read as typed, printed as IOS prints it."""

import ipaddress
from collections.abc import Callable, Mapping
from functools import lru_cache

from sanso.lab.grammar import IncompleteCommand
from sanso.lab.ios.services import ICMP, ICMP6, PORTS, PROTOCOLS, PROTOCOLS6
from sanso.lab.reader import Reader, take_icmp, take_port
from sanso.lab.words import Line, ipv6_text

_MASK = 0xFFFFFFFF
_ASSURED = tuple(f"af{row}{column}" for row in range(1, 5) for column in range(1, 4))
_DSCP = ("default", "ef", "cs1", "cs2", "cs3", "cs4", "cs5", "cs6", "cs7", *_ASSURED)
_FLAGS = ("ack", "fin", "psh", "rst", "syn", "urg")


@lru_cache(maxsize=20_000)
def parse_rule(line: Line, first: int, family: str, kind: str) -> str:
    """Read ``permit …`` or ``deny …`` from word ``first`` on and give it as printed.

    ``family`` is ``ip`` or ``ipv6``, ``kind`` is ``standard`` or ``extended``.

    Raises:
        InvalidInput, IncompleteCommand: as IOS refuses it.
    """
    reader = Reader(line, first)
    action = reader.keyword("permit", "deny")
    if action is None:
        raise reader.refuse()
    if kind == "standard":
        return " ".join([action, *_standard(reader)])
    return " ".join([action, *_extended(reader, family)])


def _standard(reader: Reader) -> list[str]:
    if reader.keyword("any"):
        parts = ["any"]
    else:
        reader.keyword("host")
        address = _number4(reader)
        wildcard = _number4(reader) if reader.more and reader.peek().text[:1].isdigit() else 0
        parts = _net4(address, wildcard)
        parts = parts[1:] if parts[0] == "host" else parts
    if reader.keyword("log"):
        parts.append("log")
    if reader.more:
        raise reader.refuse()
    return parts


def _extended(reader: Reader, family: str) -> list[str]:
    protocol = _protocol(reader, family)
    address = _address4 if family == "ip" else _address6
    parts = [protocol]
    for _ in ("source", "destination"):
        parts += address(reader)
        if protocol in PORTS:
            parts += _ports(reader, PORTS[protocol])
    parts += take_icmp(reader, ICMP if family == "ip" else ICMP6) if protocol == "icmp" else []
    return parts + _options(reader, protocol)


def _protocol(reader: Reader, family: str) -> str:
    names, whole = (PROTOCOLS, "ip") if family == "ip" else (PROTOCOLS6, "ipv6")
    if found := reader.keyword(whole, *names.values()):
        return found
    word = reader.peek()
    if not word.text.isdecimal() or int(word.text) > 255:
        raise reader.refuse()
    number = int(reader.take().text)
    return names.get(number, str(number))


def _number4(reader: Reader) -> int:
    try:
        number = int(ipaddress.IPv4Address(reader.peek().text))
    except ValueError:
        raise reader.refuse() from None
    reader.take()
    return number


def _net4(address: int, wildcard: int) -> list[str]:
    if wildcard == _MASK:
        return ["any"]
    network = str(ipaddress.IPv4Address(address & ~wildcard & _MASK))
    return ["host", network] if wildcard == 0 else [network, str(ipaddress.IPv4Address(wildcard))]


def _address4(reader: Reader) -> list[str]:
    if reader.keyword("any"):
        return ["any"]
    if reader.keyword("object-group"):
        return ["object-group", reader.take().text]
    if reader.keyword("host"):
        return _net4(_number4(reader), 0)
    return _net4(_number4(reader), _number4(reader))


def _address6(reader: Reader) -> list[str]:
    if reader.keyword("any"):
        return ["any"]
    if reader.keyword("host"):
        try:
            address = ipaddress.IPv6Address(reader.peek().text)
        except ValueError:
            raise reader.refuse() from None
        reader.take()
        return ["host", ipv6_text(address)]
    try:
        network = ipaddress.IPv6Network(reader.peek().text, strict=False)
    except ValueError:
        raise reader.refuse() from None
    if "/" not in reader.take().text:
        raise IncompleteCommand
    if network.prefixlen == 0:
        return ["any"]
    return [f"{ipv6_text(network.network_address)}/{network.prefixlen}"]


def _ports(reader: Reader, names: Mapping[int, str]) -> list[str]:
    operator = reader.keyword("eq", "neq", "lt", "gt", "range")
    if operator is None:
        return []
    if operator == "range":
        low, high = take_port(reader, names), take_port(reader, names)
        if low > high:
            low, high = high, low
        return ["range", _port_text(low, names), _port_text(high, names)]
    ports = [take_port(reader, names)]
    if operator in ("eq", "neq"):
        while reader.more and len(ports) < 10 and _is_port(reader, names):
            ports.append(take_port(reader, names))
    return [operator, *(_port_text(port, names) for port in ports)]


def _port_text(port: int, names: Mapping[int, str]) -> str:
    return names.get(port, str(port))


def _is_port(reader: Reader, names: Mapping[int, str]) -> bool:
    word = reader.peek().lower
    # an address begins with a number too
    return (word.isdecimal() and int(word) <= 65535) or word in names.values()


def _options(reader: Reader, protocol: str) -> list[str]:
    """Read what may stand at the end, in any order, and give it in IOS's."""
    found: dict[str, str] = {}
    takers: dict[str, Callable[[], str]] = {
        "dscp": lambda: _value(reader, _DSCP),
        "precedence": lambda: reader.take().text,
        "tos": lambda: reader.take().text,
        "time-range": lambda: reader.take().text,
        "flow-label": lambda: reader.take().text,
        "reflect": lambda: reader.take().text,
    }
    flags = ("established", *_FLAGS) if protocol == "tcp" else ()
    order = (*flags, *takers, "fragments", "routing", "log", "log-input")
    while reader.more:
        option = reader.keyword(*order)
        if option is None or option in found:
            raise reader.refuse()
        found[option] = f"{option} {takers[option]()}" if option in takers else option
    return [found[option] for option in order if option in found]


def _value(reader: Reader, names: tuple[str, ...]) -> str:
    name = reader.keyword(*names)
    if name:
        return name
    word = reader.peek()
    if not word.text.isdecimal() or int(word.text) > 63:
        raise reader.refuse()
    return reader.take().text
