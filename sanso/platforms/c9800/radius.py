"""RADIUS servers, and for each WLAN the list of those that its terminals are authenticated at."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address

from sanso.network.wireless import AirWlan, RadiusServer, shared_secret
from sanso.platforms.c9800.config import Config
from sanso.platforms.c9800.lines import Line, block
from sanso.platforms.c9800.names import OWN, own, server_name

FOREIGN_LIST = "list "
FOREIGN_SERVER = "server "
"""What marks, among the RADIUS servers of a WLAN, a list or a server that is not the project's."""
_SERVER, _GROUP, _LIST = "radius server", "aaa group server radius", "aaa authentication dot1x"


def read_servers(config: Config) -> Iterator[RadiusServer]:
    """Servers of the project's own; without an address where the configuration tells none."""
    for name, line in config.named(_SERVER):
        if name.startswith(OWN):
            yield _server(name.removeprefix(OWN), line)


def _server(name: str, line: Line) -> RadiusServer:
    address, ports = "", {"auth-port": "1645", "acct-port": "1646"}  # those that stand for none (IOS)
    for child in line.children:
        match child.text.split():
            case ["address", "ipv4" | "ipv6", found, *words]:
                address = _plain(found)
                ports |= dict(zip(words[::2], words[1::2], strict=False))
    return RadiusServer(name, address, int(ports["auth-port"]), int(ports["acct-port"]))


def _plain(address: str) -> str:
    """An address in lower case, whatever the device shows; a host name, which nobody can look up here, as none."""
    try:
        return str(ip_address(address))
    except ValueError:
        return ""


def server_lines(server: RadiusServer, old: RadiusServer | None = None) -> Line:
    """A server; an address of the other family goes first."""
    kind = _family(server.address)
    was = _family(old.address) if old is not None and old.address else kind
    return block(
        f"{_SERVER} {server_name(server.name)}",
        *([f"no address {was}"] if was != kind else []),
        f"address {kind} {server.address} auth-port {server.authentication_port} acct-port {server.accounting_port}",
        f"key {shared_secret(server.name)}",
    )


def _family(address: str) -> str:
    return f"ipv{ip_address(address).version}"


def remove_server(name: str) -> Line:
    """The command that deletes a server."""
    return Line(f"no {_SERVER} {server_name(name)}")


def read_list(config: Config, name: str) -> tuple[str, ...]:
    """Servers of a method list in their order; a list that is not written as the project does is kept by its name."""
    methods = [found.split()[1:] for found, _ in config.named(_LIST) if found.split()[0] == name]
    match methods:
        case [["group", group]] if (
            group.startswith(OWN) and (members := config.below(f"{_GROUP} {group}")) is not None
        ):
            return tuple(_member(line.text) for line in members if line.text.startswith("server"))
    return (FOREIGN_LIST + name,)


def _member(line: str) -> str:
    name = line.removeprefix("server name ").partition(" key ")[0]
    return name.removeprefix(OWN) if name.startswith(OWN) else FOREIGN_SERVER + name


def list_name(wlan: str) -> str:
    """Name of the method list of a WLAN, and of its group of servers."""
    return own(wlan)


def list_lines(wlan: AirWlan, old: tuple[str, ...] = ()) -> list[Line]:
    """The servers of a WLAN as a group, and the method list that asks it; one that is there is written anew."""
    gone = [] if _is_foreign(old) else [f"no {_member_line(name)}" for name in old]
    names = map(_member_line, wlan.radius)
    return [block(f"{_GROUP} {own(wlan.name)}", *gone, *names), Line(_list(wlan.name))]


def remove_list(wlan: AirWlan) -> list[Line]:
    """The commands that delete what :func:`list_lines` made."""
    if not wlan.radius or _is_foreign(wlan.radius):
        return []
    return [Line(f"no {_list(wlan.name)}"), Line(f"no {_GROUP} {own(wlan.name)}")]


def _list(wlan: str) -> str:
    return f"{_LIST} {own(wlan)} group {own(wlan)}"


def _is_foreign(names: tuple[str, ...]) -> bool:
    return any(name.startswith(FOREIGN_LIST) for name in names)


def _member_line(name: str) -> str:
    if not name.startswith(FOREIGN_SERVER):
        return f"server name {server_name(name)}"
    foreign = name.removeprefix(FOREIGN_SERVER)
    return foreign if foreign.startswith("server-private ") else f"server name {foreign}"
