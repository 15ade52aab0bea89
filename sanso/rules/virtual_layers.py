"""VIRT: the layers of machines, and of the hosts that carry them."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.segment import Layer
from sanso.messages import Finding
from sanso.rules.rule import Rule
from sanso.rules.words import some


class OneLayer(Rule):
    """All NICs of a machine are in segments of one layer: a machine with legs in two is a way between them."""

    id = "VIRT-01"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            known = {nic: one for nic, one in machine.nics.items() if one.segment in self.index.layers}
            layers = {nic: self.index.layers[one.segment] for nic, one in known.items()}
            first = next(iter(layers), "")
            for nic, layer in layers.items():
                if layer is not layers[first]:
                    args = {"machine": name, "nic": nic, "segment": known[nic].segment, "layer": layer}
                    yield self.finding(known[nic].at("segment"), **args, other=first, other_layer=layers[first])


class HostLayer(Rule):
    """Each host that a machine may be on carries machines of its layer."""

    id = "VIRT-02"

    def check(self) -> Iterator[Finding]:
        for name, machine in self.city.machines.items():
            layers = {self.index.layers[segment] for segment in machine.segments if segment in self.index.layers}
            for number, host in enumerate(machine.hosts):
                one = self.city.virtualization_hosts.get(host)
                foreign = sorted(layers - {*one.layers}) if one is not None else []
                if one is not None and foreign:
                    may = [
                        name for name, other in self.city.virtualization_hosts.items() if layers <= {*other.layers}
                    ]
                    args = {"machine": name, "layer": foreign[0], "host": host, "layers": some(one.layers)}
                    yield self.finding(machine.at("hosts", number), **args, may=some(may))


class SharedHost(Rule):
    """A host carries machines of one layer, or of layers that `shared_hosts` of the city lets share one."""

    id = "VIRT-03"

    def check(self) -> Iterator[Finding]:
        shared = [{*layers} for layers in self.city.settings.shared_hosts]
        for name, host in self.city.virtualization_hosts.items():
            layers = {*host.layers}
            if len(layers) > 1 and not any(layers <= allowed for allowed in shared):
                allowed = " / ".join(", ".join(entry) for entry in self.city.settings.shared_hosts) or "-"
                args = {"host": name, "layers": ", ".join(host.layers), "allowed": allowed}
                yield self.finding(host.at("layers"), **args)


class SharedLayers(Rule):
    """An entry of `shared_hosts` names two layers or more; that personal numbers share hosts is told each time."""

    id = "VIRT-04"

    def check(self) -> Iterator[Finding]:
        settings = self.city.settings
        for number, entry in enumerate(settings.shared_hosts):
            path = settings.at("shared_hosts", number)
            if len({*entry}) < 2:
                yield self.finding(path, "alone", layers=some(entry))
            elif Layer.MYNUMBER in entry:
                others = some(layer for layer in entry if layer is not Layer.MYNUMBER)
                yield self.warning(path, "mynumber", layers=some(entry), others=others)
