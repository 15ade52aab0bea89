"""VIRT: the cables of virtualization hosts, and the switch ports that they end at."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.device import Device, HypervisorPort
from sanso.city.segment import Layer
from sanso.messages import Finding, Severity
from sanso.messages.source import Path
from sanso.rules.host_port import HostPort
from sanso.rules.rule import Rule
from sanso.rules.words import some


class UplinkPort(HostPort):
    """A cable of a virtualization host ends at a port of profile `hypervisor`, of a switch of its own site."""

    id = "VIRT-05"

    def check(self) -> Iterator[Finding]:
        for name, host in self.city.virtualization_hosts.items():
            for uplink in host.uplinks:
                faults = list(self.reached(name, host.site, uplink))
                yield from faults
                if not faults and self.index.cable(host, uplink) is None:
                    profile = self.index.ports[uplink.switch][uplink.port].profile
                    args = {"host": name, "switch": uplink.switch, "port": uplink.port, "profile": profile}
                    yield self.finding(uplink.at("port"), "profile", **args)


class UnequalUplinks(Rule):
    """All cables of a host bring the same segments: which of them is in use must make no difference."""

    id = "VIRT-06"

    def check(self) -> Iterator[Finding]:
        for name, host in self.city.virtualization_hosts.items():
            first = self.index.cabled.get(name)
            for uplink in host.uplinks[1:]:
                other = self.index.cable(host, uplink)
                if first is None or other is None:
                    continue  # VIRT-05 tells
                args = {"host": name, "switch": uplink.switch, "port": uplink.port}
                if other.untagged != first.untagged:
                    native = {"native": other.untagged or "-", "expected": first.untagged or "-"}
                    yield self.finding(uplink.at("port"), "native", **args, **native)
                if differ := {*other.tagged} ^ {*first.tagged}:
                    yield self.finding(uplink.at("port"), "segments", **args, segments=some(sorted(differ)))


class SharedUplink(Rule):
    """A switch port has the cable of one host, and an interface of a host one cable."""

    id = "VIRT-07"

    def check(self) -> Iterator[Finding]:
        ports: dict[tuple[str, str], str] = {}
        for name, host in self.city.virtualization_hosts.items():
            interfaces: set[str] = set()
            for uplink in host.uplinks:
                args = {"host": name, "interface": uplink.interface, "switch": uplink.switch, "port": uplink.port}
                place = f"{name} {uplink.interface}"
                other = ports.setdefault((uplink.switch, uplink.port), place)
                if uplink.interface in interfaces:
                    yield self.finding(uplink.at("interface"), "interface", **args)
                elif other != place:
                    yield self.finding(uplink.at("port"), "port", **args, other=other)
                interfaces.add(uplink.interface)


class NativeSegment(Rule):
    """What a host gets untagged is a segment of layer `management`, in which its own address is."""

    id = "VIRT-08"

    def check(self) -> Iterator[Finding]:
        told: set[Path] = set()
        for name, carries in self.index.cabled.items():
            uplink = self.city.virtualization_hosts[name].uplinks[0]
            port = self.index.ports[uplink.switch][uplink.port]
            if port.at() in told:
                continue  # one entry for the ports of many hosts
            told.add(port.at())
            args = {"host": name, "switch": uplink.switch, "port": uplink.port}
            layer = self.index.layers.get(carries.untagged or "")
            if carries.untagged is None:
                yield self.finding(port.at(), "none", **args)
            elif layer is not None and layer is not Layer.MANAGEMENT:
                yield self.finding(port.at("native"), "layer", **args, segment=carries.untagged, layer=layer)


class OneSwitch(Rule):
    """The cables of a host end at two switches or more, so that its machines outlast the update of one of them."""

    id = "VIRT-09"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        for name, host in self.city.virtualization_hosts.items():
            switches = {uplink.switch for uplink in host.uplinks}
            if len(switches) == 1:
                yield self.finding(host.at("uplinks"), host=name, switch=switches.pop(), cables=len(host.uplinks))


class EmptyHypervisorPort(Rule):
    """At a site with virtualization hosts, each port for one has one."""

    id = "VIRT-10"
    severity = Severity.WARNING

    def check(self) -> Iterator[Finding]:
        hosts = self.city.virtualization_hosts.values()
        taken = {(uplink.switch, uplink.port) for host in hosts for uplink in host.uplinks}
        sites = {host.site for host in hosts}
        for name, device in self.city.devices.items():
            if device.site in sites:
                yield from self._device(name, device, taken)

    def _device(self, name: str, device: Device, taken: set[tuple[str, str]]) -> Iterator[Finding]:
        for entry, ports in self.index.entries[name].items():
            empty = [port for port in ports if (name, port) not in taken]
            if empty and isinstance(device.ports[entry], HypervisorPort):
                yield self.finding(device.at("ports", entry), device=name, ports=some(empty))
