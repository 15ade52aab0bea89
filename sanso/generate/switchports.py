"""What each port of a generated site's switches is for."""

from __future__ import annotations

from random import Random

from sanso.generate.plan import Data, plan, segment_ports
from sanso.generate.sites import SitePlan
from sanso.generate.topology import Switch
from sanso.generate.virtual import hypervisor_ports

AP_PORTS = (2, 5)
"""Fewest and most access points on a switch of a site with wireless networks."""
KINDS_ON_A_SWITCH = 8
"""Most segments that the user ports of a floor switch are shared among."""
HYPERVISORS = (
    ("LGWAN-side virtualization hosts", ["lgwan_servers", "lgwan_exchange"]),
    ("Internet-side virtualization hosts", ["internet_servers", "internet_exchange"]),
)
"""Each layer has hosts of its own, two of each, where nothing more is known of them."""
HALL_LINES = ("VPN router towards the branches", "Security cloud of the prefecture")
BRANCH_LINES = ("Line",)


class SitePorts:
    """Gives profiles to the ports of one site's switches, and finds out what each trunk must carry."""

    def __init__(self, site: SitePlan, random: Random, *, hosts: int = 0) -> None:
        self.site = site
        self._random = random
        self._hosts = hosts
        self._users = [name for name in site.segments if segment_ports(name) == "user"]
        self._servers = [name for name in site.segments if segment_ports(name) == "server"]
        self._wireless = site_wlans(site)
        self._turn = 0

    def of_tree(self, gateway: Switch) -> dict[str, Data]:
        """Ports of each switch of the site, by host name."""
        ports = {switch.host: self._edge(switch) for switch in gateway.tree()}
        used = {host: self._segments(profiles) for host, profiles in ports.items()}
        lines = HALL_LINES if self.site.kind == "city_hall" else BRANCH_LINES
        links = gateway.hardware.link_ports
        outward = {
            port: {"profile": "external", "description": text} for port, text in zip(links, lines, strict=False)
        }
        self._link(gateway, links[len(lines) :], ports, used)
        ports[gateway.host].update(outward)
        for switch in gateway.tree():
            ports[switch.host] = _sorted(ports[switch.host], switch)
        return ports

    def _link(self, switch: Switch, free: list[str], ports: dict[str, Data], used: dict[str, set[str]]) -> set[str]:
        """Join a switch to those below it; returns the segments that it and they use."""
        carried = set(used[switch.host])
        for child, port in zip(switch.below, free, strict=False):
            child_links = child.hardware.link_ports
            below = self._link(child, child_links[1:], ports, used)
            segments = [name for name in self.site.segments if name in below]
            trunk = {"profile": "trunk", "to": child.host, "to_port": child_links[0], "segments": segments}
            uplink = {"profile": "uplink", "to": switch.host, "to_port": port, "segments": segments}
            ports[switch.host][port], ports[child.host][child_links[0]] = trunk, uplink
            carried |= below
        return carried

    def _segments(self, profiles: Data) -> set[str]:
        """Segments that a switch needs for its own ports and its own address."""
        found = {"management"}
        for profile in profiles.values():
            if profile["profile"] == "ap":
                found.update(["ap_management", *(plan()["wlans"][name]["segment"] for name in self._wireless)])
            found.update(profile.get("segments", []))
            found.update(profile[key] for key in ("segment", "native") if key in profile)
        return found

    def _edge(self, switch: Switch) -> Data:
        """Profiles of the ports for users, servers and access points, as ranges from the first port on."""
        stem, total = switch.hardware.users
        if not total:
            return {}
        access_points = self._random.randint(*AP_PORTS) if self._wireless else 0
        wanted: list[tuple[int, Data]] = []
        if switch.servers:
            wanted += self._server_ports()
        room = total - access_points - sum(count for count, _ in wanted)
        wanted += self._user_ports(room - self._random.randint(room // 8, room // 3))
        ports, place = _ranges(stem, 1, wanted)
        if place <= total - access_points:
            ports[_range(stem, place, total - access_points)] = {"profile": "unused"}
        if access_points:
            ports[_range(stem, total - access_points + 1, total)] = {"profile": "ap"}
        return ports

    def _server_ports(self) -> list[tuple[int, Data]]:
        if self._hosts:
            return [hypervisor_ports(self._hosts), *self._single()]
        hosts: list[tuple[int, Data]] = [
            (
                2,
                {
                    "profile": "hypervisor",
                    "description": text,
                    "segments": segments,
                    "native": "hypervisor_management",
                },
            )
            for text, segments in HYPERVISORS
        ]
        return [*hosts, *self._single()]

    def _single(self) -> list[tuple[int, Data]]:
        """A port for a server of each kind."""
        return [(1, {"profile": "access", "segment": name}) for name in ("management", *self._servers)]

    def _user_ports(self, room: int) -> list[tuple[int, Data]]:
        """Share ports among the site's segments for people: half for the first, and each other gets its turn."""
        if not self._users:
            return []
        main, *others = self._users
        count = min(KINDS_ON_A_SWITCH - 1, len(others))
        chosen = [others[(self._turn + index) % len(others)] for index in range(count)]
        self._turn += count
        each = room // 2 // count if count else 0
        shares = [(room - each * count, main), *((each, name) for name in chosen)]
        return [(size, {"profile": "access", "segment": name}) for size, name in shares if size]


def site_wlans(site: SitePlan) -> list[str]:
    """Wireless networks of a site: those whose segment it has, where it has access points at all."""
    if "ap_management" not in site.segments:
        return []
    return [name for name, wlan in plan()["wlans"].items() if wlan["segment"] in site.segments]


def _ranges(stem: str, first: int, wanted: list[tuple[int, Data]]) -> tuple[Data, int]:
    """Port ranges one after the other, and the first port after them."""
    ports: Data = {}
    for count, profile in wanted:
        ports[_range(stem, first, first + count - 1)] = profile
        first += count
    return ports, first


def _range(stem: str, first: int, last: int) -> str:
    return f"{stem}{first}" if first == last else f"{stem}{first}-{last}"


def _sorted(ports: Data, switch: Switch) -> Data:
    """Ports for users, then those for links; the last of them, which have no profile, are unused."""
    links = switch.hardware.link_ports
    users = {name: profile for name, profile in ports.items() if name not in links}
    taken = [name for name in links if name in ports]
    sorted_ports = {**users, **{name: ports[name] for name in taken}}
    if len(taken) < len(links):
        first, last = switch.hardware.first_link + len(taken), switch.hardware.first_link + len(links) - 1
        sorted_ports[_range(switch.hardware.links[0], first, last)] = {"profile": "unused"}
    return sorted_ports
