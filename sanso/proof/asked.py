"""The service that a question names: protocols and ports as packets have them, and the packets that answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from sanso.city.addressing import FAMILIES
from sanso.city.flow import PortRange
from sanso.city.services import literal_service, well_known
from sanso.messages import Language, text
from sanso.network.facts import Family
from sanso.network.packets import ANY_PORT, Packet, Ranges
from sanso.proof.approved import ECHO, PROTOCOLS
from sanso.proof.services import ANY_SERVICE, ICMP_PROTOCOLS, PORT_PROTOCOLS, TCP, Service
from sanso.rules.words import nearest

_PLAIN: Mapping[str, str] = {"tcp": "tcp/any", "udp": "udp/any"}
_LAST_PORT, _LAST_PROTOCOL = 65535, 255


class QuestionError(ValueError):
    """A question that cannot be read; ``say`` gives the words."""

    def __init__(self, key: str, **args: object) -> None:
        super().__init__(text(f"question.wrong.{key}", "en", **args))
        self.key = key
        self.args_of_text = args

    def say(self, lang: Language) -> str:
        """What is wrong, and what may stand there."""
        return text(f"question.wrong.{self.key}", lang, **self.args_of_text)


@dataclass(frozen=True)
class Asked:
    """Services by family, as a question names them; TCP means new connections."""

    text: str
    services: Mapping[Family, tuple[Service, ...]]


def read_service(words: str, own: Mapping[str, list[PortRange]]) -> Asked:
    """Read ``tcp/443``, ``udp/3478-3481``, ``tcp``, ``icmp`` (echo), ``ip/47``, ``any`` or a name; several by commas.

    Args:
        words: what was asked.
        own: services that the city names.

    Raises:
        QuestionError: it is none of these.
    """
    parts = [part.strip().lower() for part in words.split(",")]
    services: dict[Family, tuple[Service, ...]] = {}
    for family in FAMILIES:
        services[family] = tuple(one for part in parts for one in _services(part, own, family))
    return Asked(",".join(parts), services)


def _services(word: str, own: Mapping[str, list[PortRange]], family: Family) -> Iterator[Service]:
    if word == "any":
        yield ANY_SERVICE
    elif word.startswith("ip/"):
        yield Service(protocols=_protocol(word))
    else:
        yield from (_of_ports(one, family) for one in port_ranges(word, own))


def _protocol(word: str) -> Ranges:
    number = word.removeprefix("ip/")
    if not number.isdecimal() or int(number) > _LAST_PROTOCOL:
        raise QuestionError("protocol", word=word)
    return ((int(number), int(number)),)


def port_ranges(word: str, own: Mapping[str, list[PortRange]]) -> list[PortRange]:
    """Read a service by name, or as ``tcp/443``, ``tcp``, ``icmp``.

    Raises:
        QuestionError: it is none of these.
    """
    for known in (own, well_known()):
        if word in known:
            return known[word]
    if word.replace("-", "", 1).isdecimal():
        raise QuestionError("bare_port", word=word)
    protocol, slash, ports = word.partition("/")
    if word not in {"icmp", *_PLAIN} and not (slash and protocol in _PLAIN):
        raise QuestionError("service", word=word, near=nearest(word, [*own, *well_known()]))
    if slash and ports != "any":
        _check_ports(word, ports)
    return [literal_service(_PLAIN.get(word, word))]


def _check_ports(word: str, ports: str) -> None:
    first, dash, last = ports.partition("-")
    numbers = (first, last) if dash else (first,)
    if not all(number.isdecimal() and 1 <= int(number) <= _LAST_PORT for number in numbers):
        raise QuestionError("port", word=word)
    if dash and int(first) > int(last):
        raise QuestionError("port_order", word=word)


def _of_ports(service: PortRange, family: Family) -> Service:
    number = PROTOCOLS[service.protocol, family]
    protocol: Ranges = ((number, number),)
    if service.protocol == "icmp":
        kind = ECHO[family][0]
        return Service(protocol, icmp_types=((kind, kind),))
    ports: Ranges = ANY_PORT if service.first is None else ((service.first, service.last or service.first),)
    if ports == ((1, _LAST_PORT),):
        ports = ANY_PORT
    return Service(protocol, target_ports=ports, established=False if number == TCP else None)


# ----- answers ----------------------------------------------------------------------------------------------------


def answering(service: Service, family: Family) -> Service | None:
    """Packets that answer some others, None where nothing does: ports the other way round, ACK set, echo replies."""
    protocol = service.protocols[0][0]
    if service.protocols != ((protocol, protocol),) or protocol not in (*PORT_PROTOCOLS, *ICMP_PROTOCOLS):
        return service
    if protocol in ICMP_PROTOCOLS:
        request, reply = ECHO[family]
        echo = any(first <= request <= last for first, last in service.icmp_types)
        return Service(service.protocols, icmp_types=((reply, reply),)) if echo else None
    state = True if protocol == TCP else None
    return Service(service.protocols, service.target_ports, service.source_ports, established=state)


def answering_packet(packet: Packet) -> Packet:
    """The packet that answers one: ends and ports the other way round, ACK set, an echo reply."""
    back = replace(
        packet,
        source=packet.target,
        target=packet.source,
        source_port=packet.target_port,
        target_port=packet.source_port,
    )
    if packet.protocol == TCP:
        return replace(back, established=True)
    return replace(back, icmp_type=ECHO[packet.family][1]) if packet.protocol in ICMP_PROTOCOLS else back
