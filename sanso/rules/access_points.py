"""AP: access points and controllers, the ports that they hang on, and who configures them."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.device import AccessPort, ApPort, Device
from sanso.city.wireless import AccessPoint, Controller
from sanso.messages import Finding, Severity
from sanso.rules.host_port import HostPort
from sanso.rules.rule import Rule
from sanso.rules.words import some


class AccessPointPort(HostPort):
    """An access point hangs on a port of profile `ap`, of a switch of its own site."""

    id = "AP-01"

    def check(self) -> Iterator[Finding]:
        for name, point in self.city.access_points.items():
            faults = list(self.reached(name, point.site, point))
            yield from faults
            if not faults and name not in self.index.hung:
                profile = self.index.ports[point.switch][point.port].profile
                args = {"host": name, "switch": point.switch, "port": point.port, "profile": profile}
                yield self.finding(point.at("port"), "profile", **args)


class ControllerPort(HostPort):
    """A controller hangs on a port of its own site that carries the access points' management segment."""

    id = "AP-02"

    def check(self) -> Iterator[Finding]:
        for name, controller in self.city.controllers.items():
            faults = list(self.reached(name, controller.site, controller))
            yield from faults
            if not faults and self.city.settings.ap_segment not in self._carried(controller):
                profile = self.index.ports[controller.switch][controller.port].profile
                args = {"host": name, "switch": controller.switch, "port": controller.port, "profile": profile}
                segment = self.city.settings.ap_segment
                yield self.finding(controller.at("port"), "segment", **args, segment=segment)

    def _carried(self, controller: Controller) -> frozenset[str]:
        port = self.index.ports[controller.switch][controller.port]
        end = self.index.ends.get((controller.switch, controller.port))
        if isinstance(port, AccessPort):
            return frozenset({port.segment})
        return self.index.carried(end) if end is not None else frozenset()


class SharedPort(Rule):
    """One port, one access point or controller."""

    id = "AP-03"

    def check(self) -> Iterator[Finding]:
        first: dict[tuple[str, str], str] = {}
        hosts: dict[str, AccessPoint | Controller] = {**self.city.controllers, **self.city.access_points}
        for name, host in hosts.items():
            other = first.setdefault((host.switch, host.port), name)
            if other != name:
                yield self.finding(host.at("port"), host=name, other=other, switch=host.switch, port=host.port)


class SameMac(Rule):
    """A MAC address is one access point's: controllers know them by it."""

    id = "AP-04"

    def check(self) -> Iterator[Finding]:
        first: dict[str, str] = {}
        for name, point in self.city.access_points.items():
            other = first.setdefault(point.mac, name)
            if other != name:
                yield self.finding(point.at("mac"), host=name, other=other, mac=point.mac)


class Configured(Rule):
    """An access point is configured by a controller or by itself, not both."""

    id = "AP-05"

    def check(self) -> Iterator[Finding]:
        controllers = some(self.city.controllers)
        for name, point in self.city.access_points.items():
            if point.controller is not None and point.platform is not None:
                args = {"host": name, "controller": point.controller, "platform": point.platform}
                yield self.finding(point.at("controller"), "both", **args)
            elif point.controller is None and point.platform is None:
                yield self.finding(point.at(), "neither", host=name, controllers=controllers)


class EmptyPort(Rule):
    """At a site with access points, each port for one has one."""

    id = "AP-06"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        taken = {(point.switch, point.port) for point in self.city.access_points.values()}
        sites = {point.site for point in self.city.access_points.values()}
        for name, device in self.city.devices.items():
            if device.site in sites:
                yield from self._device(name, device, taken)

    def _device(self, name: str, device: Device, taken: set[tuple[str, str]]) -> Iterator[Finding]:
        for entry, ports in self.index.entries[name].items():
            empty = [port for port in ports if (name, port) not in taken]
            if empty and isinstance(device.ports[entry], ApPort):
                yield self.finding(device.at("ports", entry), device=name, ports=some(empty))


class InBuilding(Rule):
    """An access point is in the group of its building, so that `--limit` on a building means it."""

    id = "AP-07"

    def check(self) -> Iterator[Finding]:
        for name, point in self.city.access_points.items():
            if point.groups and point.building not in point.groups:
                args = {"host": name, "building": point.building, "groups": some(point.groups)}
                yield self.finding(point.at("building"), **args)


class OwnNeighbour(Rule):
    """An access point is not its own neighbour."""

    id = "AP-08"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, point in self.city.access_points.items():
            if name in point.neighbours:
                yield self.finding(point.at("neighbours", point.neighbours.index(name)), host=name)
