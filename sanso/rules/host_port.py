"""What rules on hosts of the network share: the switch port that such a host hangs on."""

from __future__ import annotations

from collections.abc import Iterator

from sanso.city.virtual import Uplink
from sanso.city.wireless import AccessPoint, Controller
from sanso.messages import Finding
from sanso.rules.rule import Rule
from sanso.rules.words import nearest, some


class HostPort(Rule):
    """A rule on the switch port that a host hangs on."""

    def reached(self, name: str, site: str, cable: AccessPoint | Controller | Uplink) -> Iterator[Finding]:
        """What is wrong with the way to the port: no such switch, no such port, or a switch of another site."""
        switch = self.city.devices.get(cable.switch)
        args = {"host": name, "switch": cable.switch}
        if switch is None:
            near = nearest(cable.switch, self.city.devices)
            yield self.finding(cable.at("switch"), "switch", **args, near=near)
        elif cable.port not in self.index.ports[cable.switch]:
            near = nearest(cable.port, self.index.ports[cable.switch])
            yield self.finding(cable.at("port"), "port", **args, port=cable.port, near=near)
        elif switch.site != site:
            here = some(device.hostname for device in self.city.devices_at.get(site, []))
            yield self.finding(cable.at("switch"), "site", **args, site=site, other=switch.site, here=here)
