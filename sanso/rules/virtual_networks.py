"""VIRT: the segments of machines, and the networks of the hosts themselves."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.addressing import FAMILIES, Network
from sanso.city.segment import Layer
from sanso.city.virtual import Migration, VirtualizationHost
from sanso.messages import Finding
from sanso.rules.gateways import Topology
from sanso.rules.host_numbers import OwnNumber, host_numbers
from sanso.rules.index import SiteSegment, last_host
from sanso.rules.rule import Rule
from sanso.rules.words import nearest, some


class CarriedSegment(Rule):
    """The segments of a machine come tagged to each host that it may be on."""

    id = "VIRT-11"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            hosts = [host for host in machine.hosts if host in self.index.cabled]
            for nic, one in machine.nics.items():
                lost = [host for host in hosts if one.segment not in self.index.cabled[host].segments]
                if lost and one.segment in self.index.layers:
                    here = sorted({*self.index.cabled[lost[0]].tagged})
                    args = {"machine": name, "nic": nic, "segment": one.segment, "hosts": some(lost)}
                    yield self.finding(one.at("segment"), **args, near=nearest(one.segment, here))


class MigrationSegment(Rule):
    """Machines move in a segment of layer `management`, for nothing else, tagged, whole at the site, not routed."""

    id = "VIRT-12"

    def check(self) -> Iterator[Finding]:
        for name, host in self.city.virtualization_hosts.items():
            if host.migration is not None and host.migration.segment in self.index.layers:
                yield from self._migration(name, host.migration)
        yield from self._parted()

    def _migration(self, name: str, migration: Migration) -> Iterator[Finding]:
        segment, path = self.city.segments[migration.segment], migration.at("segment")
        args = {"host": name, "segment": migration.segment}
        carries = self.index.cabled.get(name)
        if segment.layer is not Layer.MANAGEMENT:
            yield self.finding(path, "layer", **args, layer=segment.layer)
        elif carries is not None and migration.segment == carries.untagged:
            yield self.finding(path, "own", **args)
        elif carries is not None and migration.segment not in carries.tagged:
            uplink = self.city.virtualization_hosts[name].uplinks[0]
            yield self.finding(path, "carried", **args, switch=uplink.switch, port=uplink.port)
        if segment.routed:
            yield self.finding(path, "routed", **args)

    def _parted(self) -> Iterator[Finding]:
        """Trunks between the hosts' switches that do not carry the segment: no gateway misses it (GATE-03)."""
        topology = Topology(self.index, self.index.links)
        first: dict[SiteSegment, str] = {}
        told: set[tuple[str, str]] = set()
        for name, host in self.city.virtualization_hosts.items():
            if host.migration is None:
                continue
            segment = host.migration.segment
            for switch in [one.switch for one in host.uplinks if self.index.cable(host, one) is not None]:
                other = first.setdefault((host.site, segment), switch)
                if switch not in topology.reach(other, segment) and (segment, switch) not in told:
                    told.add((segment, switch))
                    args = {"host": name, "segment": segment, "switch": switch, "other": other}
                    yield self.finding(host.migration.at("segment"), "parted", **args)


class HostSegment(Rule):
    """No machine is in a segment of the hosts themselves: the one of their addresses, or the one machines move in."""

    id = "VIRT-13"

    def check(self) -> Iterator[Finding]:
        own = self._own()
        for name, machine in self.city.machines.items():
            for nic, one in machine.nics.items():
                if one.segment in own:
                    args = {"machine": name, "nic": nic, "segment": one.segment, "host": own[one.segment]}
                    yield self.finding(one.at("segment"), **args)

    def _own(self) -> dict[str, str]:
        """Segment → a host whose own it is."""
        found: dict[str, str] = {}
        for (_, segment), numbers in host_numbers(self.index).items():
            found.setdefault(segment, numbers[0].host)
        return found


class Movable(Rule):
    """A machine of several hosts can move between them: they have one segment for that."""

    id = "VIRT-14"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            known = self.city.virtualization_hosts
            hosts = [(number, known[host]) for number, host in enumerate(machine.hosts) if host in known]
            networks = {host.migration.segment for _, host in hosts if host.migration is not None}
            for number, host in hosts if len({*machine.hosts}) > 1 else []:
                if host.migration is None:
                    yield self.finding(machine.at("hosts", number), "none", machine=name, host=host.hostname)
                elif len(networks) > 1 and host.migration.segment != self._first(hosts):
                    args = {"machine": name, "host": host.hostname, "segment": host.migration.segment}
                    yield self.finding(machine.at("hosts", number), "other", **args, first=self._first(hosts))

    def _first(self, hosts: list[tuple[int, VirtualizationHost]]) -> str:
        return next(host.migration.segment for _, host in hosts if host.migration is not None)


class HostNumber(Rule):
    """A host's own addresses are its own: not another host's, not a switch's, and within the share."""

    id = "VIRT-15"

    def check(self) -> Iterator[Finding]:
        for place, numbers in host_numbers(self.index).items():
            first = dict(self._switches(place))
            for own in numbers:
                other = first.setdefault(own.number, own.host)
                args = {"host": own.host, "number": own.number, "segment": place[1], "free": self._free(place)}
                if other != own.host:
                    yield self.finding(own.path, "twice", **args, other=other)
                elif (prefix := self._outside(place, own)) is not None:
                    yield self.finding(own.path, "outside", **args, prefix=prefix)

    def _switches(self, place: SiteSegment) -> Iterator[tuple[int, str]]:
        site, segment = place
        if segment == self.city.settings.management_segment:
            for device in self.city.devices_at.get(site, []):
                if device.management_host is not None:
                    yield device.management_host, device.hostname

    def _outside(self, place: SiteSegment, own: OwnNumber) -> Network | None:
        """The prefix of a segment at a site that has no such host."""
        prefixes = [self.index.prefix(*place, family) for family in FAMILIES]
        return next((one for one in prefixes if one is not None and own.number > last_host(one)), None)

    def _free(self, place: SiteSegment) -> int:
        """Lowest host number that neither a host nor a switch has; 1 is the gateway's."""
        used = {own.number for own in host_numbers(self.index)[place]} | {
            number for number, _ in self._switches(place)
        }
        return next(number for number in range(2, len(used) + 3) if number not in used)
