"""LINK: trunks between managed switches, whose two ends must say the same."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.device import HypervisorPort, TrunkPort, UplinkPort
from sanso.city.segment import Layer
from sanso.messages import Finding
from sanso.rules.index import End
from sanso.rules.rule import Rule
from sanso.rules.words import nearest, some


class DanglingLink(Rule):
    """A trunk or uplink leads to a port of another managed device."""

    id = "LINK-01"

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            for port in device.ports.values():
                if isinstance(port, TrunkPort | UplinkPort):
                    yield from self._port(device.hostname, port)

    def _port(self, device: str, port: TrunkPort | UplinkPort) -> Iterator[Finding]:
        if port.to is None and port.to_port is None:
            return
        if port.to is None or port.to_port is None:
            key = "to" if port.to is None else "to_port"
            yield self.finding(port.at(), "half", key=key, given="to_port" if key == "to" else "to")
        elif port.to == device:
            yield self.finding(port.at("to"), "itself", device=device)
        elif port.to not in self.city.devices:
            near = nearest(port.to, self.city.devices)
            yield self.finding(port.at("to"), "device", device=port.to, near=near)
        elif port.to_port not in self.index.ports[port.to]:
            near = nearest(port.to_port, self.index.ports[port.to])
            yield self.finding(port.at("to_port"), "port", device=port.to, port=port.to_port, near=near)


class OneSidedLink(Rule):
    """The port at the other end is a trunk too and leads back here."""

    id = "LINK-02"

    def check(self) -> Iterator[Finding]:
        doubled = {id(end) for end, _ in doubles(self)}
        for end in self.index.ends.values():
            to, to_port = end.profile.to or "", end.profile.to_port or ""
            profile = self.index.ports.get(to, {}).get(to_port)
            if profile is None or to == end.device.hostname or id(end) in doubled:
                continue
            args = {"here": str(end), "there": f"{to} {to_port}", "device": end.device.hostname, "port": end.port}
            peer = self.index.peer(end)
            if peer is None:
                yield self.finding(end.profile.at("to_port"), "profile", **args, profile=profile.profile)
            elif peer.profile.to is None and peer.profile.to_port is None:
                yield self.finding(peer.profile.at(), "silent", **args)
            elif self._leads_elsewhere(peer, end):
                back = f"{peer.profile.to} {peer.profile.to_port}"
                yield self.finding(end.profile.at("to_port"), "elsewhere", **args, back=back)

    def _leads_elsewhere(self, peer: End, end: End) -> bool:
        """Whether the peer leads to a port that there is, but not to this one; LINK-01 has the other cases."""
        there = (peer.profile.to, peer.profile.to_port)
        known = peer.profile.to_port in self.index.ports.get(peer.profile.to or "", {})
        looped = peer.profile.to == peer.device.hostname
        return known and not looped and there != (end.device.hostname, end.port)


class DoublePort(Rule):
    """No two ports lead to the same port."""

    id = "LINK-03"

    def check(self) -> Iterator[Finding]:
        for end, other in doubles(self):
            there = f"{end.profile.to} {end.profile.to_port}"
            yield self.finding(end.profile.at("to_port"), here=str(end), there=there, other=str(other))


def doubles(rule: Rule) -> Iterator[tuple[End, End]]:
    """Ends that lead to a port that another end has a better claim to: the one it leads back to, or the first."""
    by_target: dict[tuple[str | None, str | None], list[End]] = {}
    for end in rule.index.ends.values():
        if end.profile.to not in {None, end.device.hostname} and end.profile.to_port is not None:
            by_target.setdefault((end.profile.to, end.profile.to_port), []).append(end)
    for target, ends in by_target.items():
        peer = rule.index.ends.get(target)  # type: ignore[arg-type]  # no None in these keys
        back = (peer.profile.to, peer.profile.to_port) if peer else None
        rightful = next((end for end in ends if (end.device.hostname, end.port) == back), ends[0])
        yield from ((end, rightful) for end in ends if end is not rightful)


class TrunkEndsDisagree(Rule):
    """Both ends of a trunk carry the same segments, tagged or not."""

    id = "LINK-04"

    def check(self) -> Iterator[Finding]:
        for link in self.index.links:
            near, far = self.index.carried(link.near), self.index.carried(link.far)
            if near == far:
                continue
            lacking, other = (link.far, link.near) if near - far else (link.near, link.far)
            missing = sorted((near | far) - self.index.carried(lacking))
            extra = sorted(self.index.carried(lacking) - self.index.carried(other))
            path = lacking.profile.at("segments") if lacking.profile.segments is not None else lacking.profile.at()
            yield self.finding(path, here=str(lacking), there=str(other), missing=some(missing), extra=some(extra))


class NativeMismatch(Rule):
    """Both ends of a trunk leave the same segment untagged."""

    id = "LINK-05"

    def check(self) -> Iterator[Finding]:
        for link in self.index.links:
            near, far = link.near.profile, link.far.profile
            if near.native != far.native:
                fault, other = (link.near, link.far) if far.native is None else (link.far, link.near)
                yield self.finding(
                    fault.profile.at("native"),
                    here=str(fault),
                    there=str(other),
                    native=fault.profile.native,
                    other=other.profile.native or f"VLAN {self.city.settings.native_vlan}",
                )


class UserNative(Rule):
    """No trunk leaves a segment of users untagged: a doubly tagged frame could jump into another VLAN."""

    id = "LINK-06"

    def check(self) -> Iterator[Finding]:
        for device in self.city.devices.values():
            for port in device.ports.values():
                if not isinstance(port, TrunkPort | UplinkPort | HypervisorPort) or port.native is None:
                    continue
                layer = self.index.layers.get(port.native)
                if layer not in {None, Layer.MANAGEMENT}:
                    native = self.city.settings.native_vlan
                    yield self.finding(port.at("native"), segment=port.native, layer=layer, vlan=native)


class LinkBetweenSites(Rule):
    """A trunk stays within its site; sites are joined by routing."""

    id = "LINK-07"

    def check(self) -> Iterator[Finding]:
        for end in self.index.ends.values():
            other = self.city.devices.get(end.profile.to or "")
            if other is not None and other.site != end.device.site:
                yield self.finding(
                    end.profile.at("to"), here=str(end), site=end.device.site, device=other.hostname, other=other.site
                )
